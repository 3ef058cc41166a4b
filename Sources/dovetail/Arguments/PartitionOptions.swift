import ArgumentParser
import IncrementalJoin
import Operations
import PartitionPredicate

/// Chooses output partitions; a partition must meet all conditions.
struct PartitionOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Output partitions as paths in any spelling (month=01/day=3), or ranges A..B of them.",
      valueName: "partition"))
  var partitions: [String] = []

  @OptionGroup var filter: WhereOption

  /// Whether nothing restricts the partitions.
  var isEmpty: Bool { partitions.isEmpty && filter.text == nil }

  func choice(_ session: Session, _ job: JobDefinition) throws -> PartitionChoice {
    PartitionChoice(
      paths: partitions.map(\.exact),
      predicate: try filter.predicate(session, keys: job.output.keys))
  }

  /// The chosen partitions of a job; nil when the options do not restrict them.
  func resolve(_ session: Session, _ job: JobDefinition) async throws -> [Partition]? {
    guard !isEmpty else { return nil }
    return try await session.partitions(choice(session, job), of: job)
  }
}
