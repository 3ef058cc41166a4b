public import PartitionPredicate
import Wording

/// The content of one output partition that is taken over as it is: no run of this workspace wrote it, so its origin is
/// unknown.
public struct AdoptedContent: Hashable, Sendable {
  /// The output partition.
  public let partition: Partition
  /// The files, at least one; their paths are relative to the output's location.
  public let content: PartitionVersion

  /// Creates the content of a partition.
  public init(partition: Partition, content: PartitionVersion) {
    self.partition = partition
    self.content = content
  }

  /// The reason that the ledger keeps of the work unit.
  public var reason: String {
    let count = content.files.count
    return "\(Quantity.count(count, "file")) of unknown origin"
  }
}
