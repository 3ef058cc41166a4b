import IncrementalJoin
import PartitionPredicate

/// The paths that belong to one output.
struct OutputPlaces: Hashable {
  /// The output's location, without symbolic links: two names of one output share one lock.
  let location: String
  /// The hidden folder beside the location: `.NAME.dovetail`.
  let hidden: String

  init(_ output: OutputDefinition) {
    location = FileSystem.resolved(output.location.description)
    hidden = Location(location).hiddenFolder.description
  }

  var lock: String { "\(hidden)/lock" }
  var staging: String { "\(hidden)/staging" }
  var kept: String { "\(hidden)/kept" }
  var owner: String { "\(hidden)/owner" }
  var probe: String { "\(hidden)/probe" }

  /// The three places where the folders of one partition can be.
  func places(of partition: Partition, run: RunID) -> PartitionPlaces {
    PartitionPlaces(
      staged: FileSystem.joined("\(staging)/\(run)", partition.path.text),
      published: published(partition),
      kept: FileSystem.joined("\(kept)/\(run)", partition.path.text))
  }

  /// The published folder of a partition.
  func published(_ partition: Partition) -> String {
    FileSystem.joined(location, partition.path.text)
  }
}

/// The three places where the folders of one partition can be.
struct PartitionPlaces: Hashable {
  let staged: String
  let published: String
  /// Where the run that replaces or removes the published folder keeps it for undo.
  let kept: String
}
