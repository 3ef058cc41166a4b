public import PartitionPredicate

/// One output partition of a plan, with the exact files that it will read.
public struct WorkUnit: Hashable, Sendable {
  /// What is built; its values are in the order of the output's keys.
  public let partition: Partition
  /// Why it is built; in a rerun `.requested` comes first.
  public let reasons: [Reason]
  /// Every input of the job, in its order; the listings pin the files.
  public let inputs: [PendingInput]
  /// The rows that the output has of this partition now; 0 when nothing is published.
  public let publishedRows: Int64
  /// Whether the join must be empty because an input that it cannot do without has no file here.
  public let isSurelyEmpty: Bool
  /// Whether an operator has allowed that the published partition goes, should the join be empty.
  public let isRemovalAllowed: Bool

  /// Whether the output has rows of this partition now.
  public var isPublished: Bool { publishedRows > 0 }

  /// Files that the unit reads.
  public var fileCount: Int { inputs.reduce(0) { $0 + ($1.listing?.version.files.count ?? 0) } }

  /// Bytes that the unit reads.
  public var bytes: Int64 { inputs.reduce(0) { $0 + ($1.listing?.version.bytes ?? 0) } }

  /// The versions that it pins, by input name.
  public var versions: [String: PartitionVersion] {
    Dictionary(
      inputs.compactMap { input in input.listing.map { (input.input.name, $0.version) } },
      uniquingKeysWith: { $1 })
  }

  /// All reasons in one line.
  public var reasonText: String { reasons.map(\.description).joined(separator: "; ") }
}
