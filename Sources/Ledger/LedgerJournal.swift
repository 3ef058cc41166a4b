public import Foundation
public import PartitionPredicate

/// Where the changes of a ledger go before they are committed here: a ledger that is kept elsewhere, of which the database
/// is a copy.
public protocol LedgerJournal: Sendable {
  /// Makes the changes of one transaction durable.
  ///
  /// The transaction is committed once this returns, and changes nothing when it throws.
  ///
  /// - Parameters:
  ///   - changes: What `LedgerCopy.apply` does to another copy.
  ///   - state: What the ledger is before them.
  /// - Returns: What it is with them.
  /// - Throws: `LedgerError`, `.overtaken` most often.
  func append(_ changes: Data, after state: LedgerState) throws(LedgerError) -> LedgerState

  /// Brings the database up to date with what others have committed, so that a transaction can be made after theirs.
  func follow() throws(LedgerError)

  /// Is told that a run has ended, as the time to put things in order; a failure is no failure of the run.
  func tidy()
}

/// Which of the states that a ledger has gone through a copy has.
public struct LedgerState: Hashable, Sendable {
  /// The number of commits before it, and of its own among them.
  public let number: Int
  /// What tells it from every other state of this or another ledger.
  public let id: ExactText
  /// What the store calls the content of the object that leads to it; nil while it has not been asked.
  public var tag: ExactText?

  /// Names a state.
  public init(number: Int, id: ExactText, tag: ExactText?) {
    self.number = number
    self.id = id
    self.tag = tag
  }

  /// The state that a new commit leads to.
  public init(after state: LedgerState?) {
    let bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
    let digits = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
    self.init(number: (state?.number ?? -1) + 1, id: ExactText(digits.joined()), tag: nil)
  }
}
