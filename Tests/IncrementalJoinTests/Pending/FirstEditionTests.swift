import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("What the first edition recorded")
struct FirstEditionTests {
  /// The definition with a column `temp int8`, and with `temp BIGINT`, as the first edition recorded it.
  static let first = "7a69a11467893e8c48f1def28e89a6efd3de736709a99ae6919c8d092db35cc8"
  static let firstOfBigint = "6f1d19a9508fab660a16a93e5c5f69528b675ff6c457a536e7bd4a238d5d26cd"
  static let path: ExactText = "month=1/day=1"

  private func tables(type: String = "int8") -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: 1...2)
    tables.declare(temp: type)
    return tables
  }

  /// Two partitions, built by run 1 with a definition that is recorded in the first edition's way.
  private func old() async throws -> FlightsAndWeather {
    var tables = tables()
    try await tables.commit()
    tables.ledger = tables.ledger.recording(Self.first)
    return tables
  }

  @Test("leaves nothing pending, and nothing to account for")
  func nothing() async throws {
    let report = try await old().report()
    #expect(report.known.count == 2)
    #expect(report.lines.isEmpty)
    let account = try await PartitionAccount.read(
      report.known[0].partition, in: report, ledger: old().ledger)
    #expect(account.divergence == nil)
  }

  @Test("is compared with the definition as it is written now")
  func changed() async throws {
    var tables = try await old()
    tables.declare(temp: "BIGINT")
    await #expect(
      try tables.report().pending.map(\.reasons) == [[.definitionChanged], [.definitionChanged]])
    tables.ledger = tables.ledger.recording(Self.firstOfBigint)
    await #expect(try tables.report().lines.isEmpty)
  }

  @Test("a type spelled in another way leaves nothing pending", arguments: ["BIGINT", "long"])
  func spelled(_ type: String) async throws {
    var tables = tables()
    try await tables.commit()
    tables.declare(temp: type)
    await #expect(try tables.report().lines.isEmpty)
    tables.declare(temp: "INTEGER")
    await #expect(try tables.report().pending.count == 2)
  }

  @Test("a position of today over a lineage of then is not behind it, nor the other way round")
  func mixed() async throws {
    for isPositionOld in [true, false] {
      var tables = tables()
      try await tables.commit()
      let old = tables.ledger.recording(
        Self.first, positions: isPositionOld, lineages: !isPositionOld)
      tables.ledger = old
      // A rewind that moved the position to where it was.
      let position = try #require(old.consumed[Self.path])
      tables.ledger.consumed[Self.path] = Position(
        run: 2, definition: position.definition, inputs: position.inputs)
      tables.ledger.history = [.test(2, kind: .rewind)]
      await #expect(try tables.report().behind.isEmpty)
    }
  }

  @Test("setting the bookmark to now has nothing to move")
  func set() async throws {
    let tables = try await old()
    let preview = try await BookmarkPlanner(storage: tables.storage, ledger: tables.ledger).preview(
      BookmarkChange(.set), of: tables.job)
    #expect(preview.moves.isEmpty)
  }
}

extension FlightsAndWeather {
  /// Declares the one column of the weather.
  fileprivate mutating func declare(temp type: String) {
    weather = TableDefinition(
      name: "weather", location: "/data/weather", format: .parquet, keys: Self.keys,
      columns: [Column(name: "temp", type: type)])
  }
}
