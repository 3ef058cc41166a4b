public import PartitionPredicate

/// What is known of a file's content: checksums of the whole of it.
///
/// As text, which ledgers keep, it is the SHA-256 in hexadecimal, and behind it what else is known, such as
/// `crc64nvme:ae8b14860a799888`, with a blank between two. A store may know any of them, and not the SHA-256.
public struct ContentDigest: Hashable, Sendable {
  private static let sha256: ExactText = "sha256"

  /// In hexadecimal, by the algorithms' names in small letters.
  private var checksums: [ExactText: ExactText] = [:]

  /// Reads a text; of two words of one algorithm the last one counts.
  public init(_ text: ExactText) {
    for word in text.parts(separatedBy: " ") {
      let parts = word.parts(separatedBy: ":", maxSplits: 1)
      if parts.count == 2 {
        checksums[parts[0]] = parts[1]
      } else {
        checksums[Self.sha256] = word
      }
    }
  }

  /// The SHA-256 in hexadecimal; nil where it is not known.
  public var sha256: String? { checksums[Self.sha256]?.text }

  /// As a ledger keeps it: the same whatever the order of the words that were read.
  public var text: String {
    let others = checksums.keys.filter { $0 != Self.sha256 }.sorted()
      .compactMap { name in checksums[name].map { "\(name):\($0)" } }
    return ((sha256.map { [$0] } ?? []) + others).joined(separator: " ")
  }

  /// Whether both are of the same content: there is an algorithm of which both have the checksum, and no such checksums
  /// differ.
  public func isSameContent(as other: ContentDigest) -> Bool {
    let shared = checksums.keys.filter { other.checksums[$0] != nil }
    return !shared.isEmpty && shared.allSatisfy { checksums[$0] == other.checksums[$0] }
  }
}
