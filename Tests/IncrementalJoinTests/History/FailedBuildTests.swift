import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("The ledger tells which partitions failed last")
struct FailedBuildTests {
  private func record(_ id: RunID, failed: Int) -> RunRecord {
    let instant = Date(timeIntervalSince1970: 0)
    return RunRecord(
      id: id, job: "flights_weather", kind: .run, plan: "p",
      state: failed > 0 ? .partial : .succeeded, listedAt: instant, startedAt: instant,
      finishedAt: instant, user: "u", committed: 1, failed: failed, rows: 0, bytesRead: 0,
      filesRead: 0)
  }

  private func unit(_ day: Int, _ state: WorkUnitState, _ message: String? = nil)
    -> WorkUnitRecord
  {
    WorkUnitRecord(
      partition: Partition(
        keys: FlightsAndWeather.keys, values: [.integer(1), .integer(Int64(day))]),
      state: state, rows: 0, bytes: 0, reason: "new", message: message)
  }

  /// Three days, of which run 1 built the first, and run 2 could not build the second.
  private func tables() async throws -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: 1...3)
    try await tables.commit(["month=1/day=1"])
    tables.ledger.history = [record(2, failed: 1), record(1, failed: 0)]
    tables.ledger.units[2] = [unit(2, .failed, "truncated"), unit(3, .cancelled)]
    return tables
  }

  private func failures(_ tables: FlightsAndWeather) async throws -> [ExactText: FailedBuild] {
    let status = try await JobStatus(
      of: tables.job, storage: tables.storage, ledger: tables.ledger)
    return Dictionary(
      status.failures.map { ($0.key.path, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  @Test("a partition that the newest run which tried could not build, with the run and the reason")
  func failed() async throws {
    let failures = try await failures(tables())
    #expect(failures.keys.sorted() == ["month=1/day=2"])
    #expect(failures["month=1/day=2"]?.run == 2)
    #expect(failures["month=1/day=2"]?.message == "truncated")
  }

  @Test("a later run that built other partitions changes nothing about it")
  func others() async throws {
    var tables = try await tables()
    tables.ledger.history.insert(record(3, failed: 0), at: 0)
    #expect(try await failures(tables)["month=1/day=2"]?.run == 2)
  }

  @Test("of several runs that failed, the newest counts")
  func again() async throws {
    var tables = try await tables()
    tables.ledger.history.insert(record(3, failed: 1), at: 0)
    tables.ledger.units[3] = [unit(2, .failed, "gone")]
    #expect(try await failures(tables).values.map(\.run) == [3])
  }

  @Test("what a later run has published has not failed, nor has it when a change makes it pending")
  func published() async throws {
    var tables = try await tables()
    try await tables.commit([])
    try await tables.commit(["month=1/day=2"])
    tables.ledger.history.insert(record(3, failed: 0), at: 0)
    #expect(try await failures(tables).isEmpty)
    tables.put("flights", "month=1/day=2/late.parquet")
    #expect(try await failures(tables).isEmpty)
  }

  @Test("what is held has not failed: no run would try it")
  func held() async throws {
    var tables = try await tables()
    tables.remove("weather", "month=1/day=2/a.parquet")
    tables.wait = .allInputs(deadline: nil)
    #expect(try await failures(tables).isEmpty)
  }
}
