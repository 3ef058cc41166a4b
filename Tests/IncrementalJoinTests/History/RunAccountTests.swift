import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@Suite struct RunAccountTests {
  private func committed(
    _ path: ExactText, state: WorkUnitState = .committed
  ) throws -> WorkUnitRecord {
    WorkUnitRecord(
      partition: try Partition(recorded: path, keys: nil), state: state, rows: 10, bytes: 1_000,
      reason: "flights: 1 added",
      message: nil)
  }

  @Test("there is no account of a run that there is not")
  func unknown() throws {
    #expect(try RunAccount.read(7, in: ToldLedger(ledger: FakeLedger())) == nil)
  }

  @Test("a run is told with what it read, wrote, logged and matched")
  func build() async throws {
    var tables = FlightsAndWeather(days: 1...2)
    try await tables.commit()
    try tables.publish(1)
    tables.ledger.history = [.test(1)]
    tables.ledger.units[1] = [
      try committed("month=1/day=1"), try committed("month=1/day=2", state: .unchanged),
      try committed("month=1/day=3", state: .failed),
    ]
    let met = MatchRecord(
      run: 1, partition: "month=1/day=1",
      match: InputMatch(
        left: "flights", right: "weather", leftRows: 1, rightRows: 1, leftMatched: 1,
        rightMatched: 1, pairs: 1, fanOut: 1))
    tables.ledger.met = [met]
    let line = LogLine(
      instant: Date(timeIntervalSince1970: 0), level: .info, text: "2 partitions")
    let account = try #require(
      try RunAccount.read(1, in: ToldLedger(ledger: tables.ledger, logs: [1: [line]])))
    #expect(account.run.id == 1)
    #expect(account.units.count == 3)
    #expect(account.log == [line])
    #expect(account.matches == [met])
    #expect(
      account.readings.map {
        "\($0.partition) \($0.input) \($0.files.map(\.path.text)) \($0.bytes)"
      }
        == [
          "month=1/day=1 flights [\"month=1/day=1/a.parquet\"] 100",
          "month=1/day=1 weather [\"month=1/day=1/a.parquet\"] 100",
          "month=1/day=2 flights [\"month=1/day=2/a.parquet\"] 100",
          "month=1/day=2 weather [\"month=1/day=2/a.parquet\"] 100",
        ])
    #expect(account.writings.map(\.state) == [.committed, .unchanged])
    #expect(
      account.writings.map { $0.files?.map(\.path) } == [["month=1/day=1/p.parquet"], nil])
    #expect(account.writings.map(\.rows) == [10, 10])
  }

  @Test("an undo wrote what it brought back, and read nothing")
  func undo() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    try await tables.commit()
    tables.ledger.history = [.test(1, kind: .undo)]
    let account = try #require(try RunAccount.read(1, in: tables.ledger))
    #expect(account.readings.isEmpty)
    #expect(account.writings.map(\.partition.path) == ["month=1/day=1"])
  }

  @Test("a partition that is rightly empty has no files")
  func emptied() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    try await tables.commit(rows: 0)
    tables.ledger.history = [.test(1)]
    let writing = try #require(try RunAccount.read(1, in: tables.ledger)?.writings.first)
    #expect(writing.files == [])
    #expect(writing.state == .removed)
  }

  @Test("what waits for the operator was read, and is staged")
  func staged() throws {
    let file = DataFile(path: "day=1/a.csv", size: 5, modified: 1, inode: 1, changed: 1)
    let content = DataFile(path: "day=1/p.parquet", size: 9, modified: 1, inode: 2, changed: 1)
    let publish = PreparedPublish(
      run: 4, partition: "day=1", action: nil, state: .committed, definition: "d",
      inputs: ["flights": PartitionVersion(files: [file])], position: nil,
      content: PartitionVersion(files: [content]), rows: 3, bytes: 9, reason: "r")
    var ledger = ToldLedger(ledger: FakeLedger(), kept: [4: [publish]])
    ledger.ledger.history = [.test(4, state: .staged)]
    let account = try #require(try RunAccount.read(4, in: ledger))
    #expect(account.readings.map(\.files) == [[file]])
    #expect(account.writings.map(\.state) == [.staged])
    #expect(account.writings.first?.files == [content])
  }
}
