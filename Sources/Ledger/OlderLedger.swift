import GRDB

/// A ledger that an earlier Dovetail made, brought up to date in memory for readers.
struct OlderLedger {
  /// What the ledger said when it was copied, in today's tables.
  let copy: DatabaseQueue
  private let source: DatabaseQueue
  private let state: Int?

  init(path: String) throws {
    var configuration = Configuration.ledger
    configuration.readonly = true
    source = try DatabaseQueue(path: path, configuration: configuration)
    ReadOnlyLedger.note(source, at: path)
    // Looked at first: what is committed while the copy is made lets it be made again.
    state = try source.read(Self.state)
    copy = try DatabaseQueue(configuration: .ledger)
    try source.backup(to: copy)
    try DatabaseMigrator.ledger.migrate(copy)
  }

  /// Whether nobody has written the ledger since it was copied: that Dovetail may still be in use.
  func isUpToDate() throws -> Bool {
    try source.read(Self.state) == state
  }

  /// A number that is another one on the same connection once somebody else has committed.
  private static func state(_ database: Database) throws -> Int? {
    try Int.fetchOne(database, sql: "PRAGMA data_version")
  }
}
