public import PartitionPredicate
import Wording

/// A partition of adopted content that no run can replace as it is.
public struct FixedPartition: Hashable, Sendable {
  /// The output partition.
  public let partition: Partition
  /// Why, as a part of a sentence.
  public let reason: String
}

extension FixedPartition: CustomStringConvertible {
  /// The sentence for the operator: what will fail, why, and what to do about it.
  public var description: String {
    "\(partition.path) \(reason), so that a run cannot replace it. It is adopted and can be read; once it is pending, "
      + "its run fails until these files are moved to another prefix, or the output has a table with `glue:`, where a "
      + "partition may be several objects."
  }
}

extension [FixedPartition] {
  /// The sentence about the first one, with how many more there are; nil without any.
  public var sentence: String? {
    guard let first else { return nil }
    let others =
      count > 1 ? " So it is with \(Quantity.count(count - 1, "other partition"))." : ""
    return "\(first)\(others)"
  }
}
