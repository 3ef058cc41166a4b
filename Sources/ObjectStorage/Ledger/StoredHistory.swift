import Foundation
import PartitionPredicate

/// What a listing tells of a ledger in a store.
struct StoredHistory {
  struct Snapshot {
    let number: Int
    /// Of its content, and a part of its name.
    let digest: ExactText
    let object: ObjectSummary
  }

  /// The numbered objects, by number.
  private(set) var changes: [Int: ObjectSummary] = [:]
  /// In the order of their numbers, among them such as were never made the ledger.
  private(set) var snapshots: [Snapshot] = []

  var isEmpty: Bool { changes.isEmpty && snapshots.isEmpty }

  /// The last snapshot that a commit leads to.
  var newest: Snapshot? { snapshots.last { changes[$0.number] != nil } }

  /// Takes in an object; one of another name is none of ours.
  mutating func add(_ object: ObjectSummary, below folder: ExactText) {
    let name = object.key.text.utf8.dropFirst(folder.text.utf8.count)
    let parts = name.split(separator: UInt8(ascii: "-")).map { ExactText(Substring($0)) }
    guard parts.count >= 2, let number = Int(parts[1].text), parts[1] == Self.digits(number) else {
      return
    }
    if parts.count == 2, parts[0] == "change" {
      changes[number] = object
    } else if parts.count == 3, parts[0] == "snapshot" {
      snapshots.append(Snapshot(number: number, digest: parts[2], object: object))
    }
  }

  static func change(_ number: Int) -> ExactText { "change-\(digits(number))" }

  static func snapshot(_ number: Int, digest: ExactText) -> ExactText {
    "snapshot-\(digits(number))-\(digest)"
  }

  /// Twelve digits, so that names are in the order of their numbers.
  private static func digits(_ number: Int) -> ExactText {
    let digits = "\(number)"
    return ExactText(String(repeating: "0", count: max(0, 12 - digits.count)) + digits)
  }
}
