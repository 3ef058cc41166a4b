import GRDB
import IncrementalJoin
import Ledger
import PartitionPredicate
import TestSupport
import Testing

@Suite("Values that no ledger can hold")
struct DamageTests {
  private let folder: TemporaryFolder
  private let ledger: Ledger
  private let run: RunID

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
    run = try ledger.build(["day=1"])
    try ledger.log([LogLine(instant: listedAt, level: .info, text: "begun")], run: run)
    let staging = try ledger.begin()
    try ledger.keep([publish("day=2", run: staging)])
  }

  /// Takes the checks of a table away and changes a value, as a damaged disk or a hand may.
  private func poke(_ table: String, _ change: String) throws {
    let database = try DatabaseQueue(path: folder.ledger)
    try database.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
      let triggers = try String.fetchAll(
        database, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?",
        arguments: [table])
      for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger)") }
      // A table that is not strict takes values of every type, and NULL.
      try database.execute(sql: "CREATE TABLE copy AS SELECT * FROM \(table)")
      try database.execute(sql: "DROP TABLE \(table); ALTER TABLE copy RENAME TO \(table)")
      try database.execute(sql: "UPDATE \(table) SET \(change)")
    }
  }

  private func damage(_ read: (any LedgerReader) throws -> Void) -> String? {
    let error = #expect(throws: LedgerError.self) {
      try read(ReadOnlyLedger(path: folder.ledger))
    }
    guard case .corrupt(_, let detail) = error else { return error?.description }
    return detail
  }

  @Test("runs")
  func runs() throws {
    try poke("run", "state = 'done'")
    #expect(damage { _ = try $0.runs(job: nil, limit: 9) } == "run.state cannot be \"done\"")
    try poke("run", "state = 'succeeded', bytes_read = 'many'")
    #expect(damage { _ = try $0.run(run) } == "run.bytes_read cannot be \"many\"")
    try poke("run", "bytes_read = 1, listed_at = NULL")
    #expect(damage { _ = try $0.run(run) } == "run.listed_at cannot be NULL")
  }

  @Test("lineages: a count that cannot be read is not 0")
  func lineages() throws {
    try poke("lineage", "rows = NULL")
    #expect(damage { _ = try $0.lineages(job: "joined") } == "lineage.rows cannot be NULL")
    try poke("lineage", "rows = 1, types = 'glue'")
    #expect(damage { _ = try $0.lineages(job: "joined") } == "lineage.types cannot be \"glue\"")
    try poke("lineage", "types = NULL")
    try poke("version", "identity = NULL")
    #expect(damage { _ = try $0.lineages(job: "joined") } == "version.identity cannot be NULL")
  }

  @Test("positions")
  func positions() throws {
    try poke("position_input", "role = 'eaten'")
    #expect(
      damage { _ = try $0.positions(job: "joined") } == "position_input.role cannot be \"eaten\"")
    try poke("position_input", "role = 'consumed', version = 99")
    #expect(damage { _ = try $0.positions(job: "joined") } == "version.id cannot be NULL")
  }

  @Test("what is staged")
  func staged() throws {
    let staging = run.next
    try poke("publish_input", "version = 99")
    #expect(damage { _ = try $0.staged(run: staging) } == "version.id cannot be NULL")
    try poke("publish", "rows = NULL")
    try poke("publish_input", "version = 1")
    #expect(damage { _ = try $0.staged(run: staging) } == "publish.rows cannot be NULL")
    try poke("publish", "rows = 1, action = 'remove'")
    #expect(
      damage { _ = try $0.staged(run: staging) }
        == "publish.action cannot be remove with the folders that its entry names")
  }

  @Test("files, work units, logs and sources")
  func others() throws {
    try poke("version_file", "size = NULL")
    let version = try #require(
      ReadOnlyLedger(path: folder.ledger).lineages(job: "joined")["day=1"]?.inputs["flights"])
    #expect(damage { _ = try $0.files(of: [version]) } == "version_file.size cannot be NULL")
    try poke("work_unit", "state = 'done'")
    #expect(damage { _ = try $0.workUnits(run: run) } == "work_unit.state cannot be \"done\"")
    try poke("run_log", "level = 'loud'")
    #expect(damage { _ = try $0.log(run: run) } == "run_log.level cannot be \"loud\"")
    try ledger.accept(["flights": source("a")], run: run.next)
    try poke("source", "description = '[]'")
    #expect(
      damage { _ = try $0.sources(job: "joined") } == "source.description cannot be []")
  }
}
