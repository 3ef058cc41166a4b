import Foundation
import IncrementalJoin
import Ledger
import PartitionPredicate

/// One numbered object of a ledger in a store: what one commit changed, or that the ledger is a snapshot from here on.
///
/// It begins with a line of JSON, the `Header`; the rest are the changes.
struct StoredChange {
  struct Header: Codable, Equatable {
    /// Of this layout of objects.
    static let current: ExactText = "dovetail-ledger-1"

    var format = Self.current
    /// Of the state with the change; the same as in the object's name.
    let number: Int
    /// Of the state with the change.
    let id: ExactText
    /// The id of the state before; nil of the first one.
    let after: ExactText?
    /// The SHA-256 of the changes, or of the snapshot.
    let digest: ExactText
    /// Whether the snapshot of this number and digest is the ledger from here on, whatever was before.
    let isSnapshot: Bool
  }

  let header: Header
  let changes: Data

  /// A commit after a state.
  init(_ changes: Data, to state: LedgerState, after before: LedgerState) {
    self.changes = changes
    header = Header(
      number: state.number, id: state.id, after: before.id, digest: Self.digest(changes),
      isSnapshot: false)
  }

  /// A snapshot that becomes the ledger.
  init(snapshot digest: ExactText, of state: LedgerState, after before: LedgerState?) {
    changes = Data()
    header = Header(
      number: state.number, id: state.id, after: before?.id, digest: digest,
      isSnapshot: true)
  }

  /// Reads an object.
  ///
  /// - Throws: `Misfit` where it is not what was written for this number; `LedgerError.newer`.
  init(_ content: Data, number: Int, place: String) throws {
    guard let end = content.firstIndex(of: UInt8(ascii: "\n")) else {
      throw Misfit("change \(number) has no header")
    }
    let line = content[..<end]
    struct Format: Decodable { let format: ExactText }
    if let format = try? JSONDecoder().decode(Format.self, from: line).format,
      format != Header.current
    {
      throw LedgerError.newer(path: place, schema: format.text)
    }
    guard let header = try? JSONDecoder().decode(Header.self, from: line) else {
      throw Misfit("the header of change \(number) cannot be read")
    }
    self.header = header
    changes = Data(content[content.index(after: end)...])
    guard header.number == number else {
      throw Misfit("change \(number) has the number \(header.number) inside")
    }
    guard header.isSnapshot || header.digest == Self.digest(changes) else {
      throw Misfit("the content of change \(number) is not that of its checksum")
    }
  }

  /// As an object.
  var content: Data {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return try encoder.encode(header) + Data("\n".utf8) + changes
    }
  }

  private static func digest(_ bytes: Data) -> ExactText {
    var digest = SHA256()
    bytes.withUnsafeBytes { digest.update($0) }
    return ExactText(digest.finalize())
  }
}

/// That what was found does not continue what was known: who has a copy begins anew without it.
struct Misfit: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}
