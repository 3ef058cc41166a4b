import IncrementalJoin

/// One step of a publish.
///
/// A process may be killed before and after each of them, and within those that
/// only create or remove folders without data.
enum PublishStep: Hashable {
  /// Creates the missing folders above a path.
  case createParents(of: String)
  /// Removes what lies in a place for kept folders: another workspace's run of the same number.
  case clear(String)
  /// Swaps two folders.
  case exchange(String, String)
  /// Renames a folder; the new name must be free.
  case move(String, to: String)
  /// Removes the folders above a path that became empty, as far as the root, which stays.
  case removeEmptyParents(of: String, root: String)

  /// The steps that carry out an action.
  static func steps(
    for action: PublishAction, of partition: PartitionLocations, in output: OutputLocations,
    exchanging: Bool
  ) -> [PublishStep] {
    switch action {
    case .publish(_, replaced: nil):
      return [
        .createParents(of: partition.published),
        .move(partition.staged, to: partition.published),
      ]
    case .publish where exchanging:
      return [
        .createParents(of: partition.kept), .clear(partition.kept),
        .exchange(partition.staged, partition.published),
        .move(partition.staged, to: partition.kept),
      ]
    case .publish:
      return [
        .createParents(of: partition.kept), .clear(partition.kept),
        .move(partition.published, to: partition.kept),
        .move(partition.staged, to: partition.published),
      ]
    case .remove:
      return [
        .createParents(of: partition.kept), .clear(partition.kept),
        .move(partition.published, to: partition.kept),
        .removeEmptyParents(of: partition.published, root: output.location),
      ]
    }
  }

  /// The step that takes this one back; nil when nothing needs to be.
  var reversed: PublishStep? {
    switch self {
    case .exchange: self
    case .move(let from, let to): .move(to, to: from)
    case .createParents, .clear, .removeEmptyParents: nil
    }
  }
}
