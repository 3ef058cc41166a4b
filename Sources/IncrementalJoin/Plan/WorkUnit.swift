/// A pending partition that a plan takes: one output partition, with the exact files that it will read.
///
/// All that is known of a pending partition is known of the unit: `unit.partition`, `unit.inputs`, `unit.bytes`.
@dynamicMemberLookup
public struct WorkUnit: Hashable, Sendable {
  /// What is built and why, with the listings that pin the files.
  ///
  /// In a rerun the first reason is `.requested`.
  public let pending: PendingPartition
  /// What is known of the partition's published content; nil when nothing was ever built or adopted.
  public let published: Lineage?
  /// Whether the join must be empty because an input that it cannot do without has no file here.
  public let isSurelyEmpty: Bool
  /// Whether an operator has allowed that the published partition goes, should the join be empty.
  public let isRemovalAllowed: Bool

  /// What the pending partition says.
  public subscript<Value>(dynamicMember member: KeyPath<PendingPartition, Value>) -> Value {
    pending[keyPath: member]
  }

  /// Whether the output has files of this partition now.
  public var isPublished: Bool { published?.isPublished ?? false }
}
