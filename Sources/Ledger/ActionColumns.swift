public import GRDB
public import IncrementalJoin
import PartitionPredicate

/// A publish action as the columns of the journal.
struct ActionColumns {
  let name: String
  let staged: StoreToken?
  let published: StoreToken?

  init(name: String, staged: StoreToken?, published: StoreToken?) {
    self.name = name
    self.staged = staged
    self.published = published
  }

  init(_ action: PublishAction?) {
    switch action {
    case .publish(let staged, let replaced):
      self.init(name: "publish", staged: staged, published: replaced)
    case .remove(let published):
      self.init(name: "remove", staged: nil, published: published)
    case nil:
      self.init(name: "none", staged: nil, published: nil)
    }
  }

  /// The action that the columns stand for; nil for none.
  ///
  /// - Throws: `DatabaseError` of a damaged ledger for another combination.
  func action() throws -> PublishAction? {
    switch (name, staged, published) {
    case ("publish", let staged?, let published):
      return .publish(staged: staged, replaced: published)
    case ("remove", nil, let published?): return .remove(published: published)
    case ("none", nil, nil): return nil
    default:
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT,
        message: "publish.action cannot be \(name) with the folders that its entry names")
    }
  }
}

extension StoreToken: DatabaseValueConvertible {
  /// The token as its store spells it.
  public var databaseValue: DatabaseValue { text.databaseValue }

  /// Reads a token.
  public static func fromDatabaseValue(_ value: DatabaseValue) -> StoreToken? {
    ExactText.fromDatabaseValue(value).map { StoreToken($0) }
  }
}

extension RunID: DatabaseValueConvertible {
  /// The number.
  public var databaseValue: DatabaseValue { number.databaseValue }

  /// Reads a number.
  public static func fromDatabaseValue(_ value: DatabaseValue) -> RunID? {
    Int64.fromDatabaseValue(value).map { RunID($0) }
  }
}
