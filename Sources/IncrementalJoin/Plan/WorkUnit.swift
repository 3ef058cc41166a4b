/// A pending partition that a plan builds: one output partition, with the exact files that it will read.
///
/// Everything known about the pending partition is available on the unit: `unit.partition`, `unit.inputs`,
/// `unit.bytes`.
@dynamicMemberLookup
public struct WorkUnit: Hashable, Sendable {
  /// What is built and why, with the listings that pin the files.
  ///
  /// In a rerun the first reason is `.requested`.
  public let pending: PendingPartition
  /// What is known about the partition's published content; nil when nothing was ever built or adopted.
  public let published: Lineage?
  /// Whether the join must be empty because an input that it cannot do without has no file here.
  public let isSurelyEmpty: Bool
  /// Whether an operator has allowed removing the published partition, should the join be empty.
  public let isRemovalAllowed: Bool

  /// A property of the pending partition.
  public subscript<Value>(dynamicMember member: KeyPath<PendingPartition, Value>) -> Value {
    pending[keyPath: member]
  }

  /// Whether the output has files of this partition now.
  public var isPublished: Bool { published?.isPublished ?? false }
}
