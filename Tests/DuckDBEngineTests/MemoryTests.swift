import Foundation
import IncrementalJoin
import Synchronization
import Testing

@testable import DuckDBEngine

/// What a process seems to hold.
private final class FakeProcess: Sendable {
  private let resident = Mutex<Int64>(100_000_000)

  /// The bound for a limit of 64 MB: 100 of before, 64 of the limit, 256 beside it.
  func bound() -> MemoryBound? { MemoryBound(limit: 64_000_000) { self.resident.withLock { $0 } } }

  func hold(megabytes: Int64) { resident.withLock { $0 = megabytes * 1_000_000 } }
}

/// Two pieces of work that are too much for a process together.
private final class Pair: Sendable {
  private let engine: DuckDBEngine
  private let process: FakeProcess
  private let begun = Mutex(0)

  init(_ engine: DuckDBEngine, _ process: FakeProcess) {
    self.engine = engine
    self.process = process
  }

  /// How often a piece was begun.
  var attempts: Int { begun.withLock { $0 } }

  /// A piece that is too much beside the other one, and answers 7 alone.
  func work(_ long: String) async throws -> Int64 {
    try await engine.withConnection(for: JoinUnit(reading: [])) { connection in
      let attempt = self.begun.withLock { begun in
        begun += 1
        return begun
      }
      guard attempt <= 2 else {
        return try await connection.query("SELECT 7::BIGINT AS n").onlyRow().number("n")
      }
      if attempt == 2 { self.process.hold(megabytes: 421) }
      defer { self.process.hold(megabytes: 100) }
      _ = try await connection.query(long)
      return 0
    }
  }
}

@Suite("The bound of memory")
struct MemoryTests {
  /// Computes for minutes, and stops at once when it is told to.
  private static let long =
    "SELECT sum(a.range * b.range) AS n FROM range(1000000) a, range(1000000) b"

  private let process = FakeProcess()

  @Test("the bound is what was held before, the limit, and a quarter of it or 256 MB beside it")
  func bound() {
    #expect(process.bound()?.bound == 420_000_000)
    #expect(MemoryBound(limit: 4_000_000_000) { 7 }?.bound == 5_000_000_007)
    #expect(MemoryBound(limit: .max) { 1 << 20 }?.bound == .max)
    #expect(MemoryBound(limit: 1) { nil } == nil)
    #expect(MemoryBound(limit: 64 << 20)?.excess() == nil)
  }

  @Test("a unit beyond the bound is stopped with what was held, what may be, and what to do")
  func stopped() async throws {
    let engine = DuckDBEngine(settings: EngineSettings(threads: 1), memory: process.bound())
    process.hold(megabytes: 421)
    let input = JoinUnit.Input.named("t", "id INTEGER")
    let unit = JoinUnit.sql(Self.long, [input])
    let error = await #expect(throws: EngineError.self) { try await engine.preview(unit, limit: 1) }
    #expect(
      error?.description == """
        Partition month=1: stopped, since the process held 421 MB of memory, and with a limit of 64 MB it \
        may hold 420 MB. DuckDB does not count long text and lists while it computes them: compute less of \
        them at once, or raise `limits: { memory: }`.
        """)
    process.hold(megabytes: 100)
    let small = JoinUnit.sql("SELECT 1 AS one", [input])
    #expect(try await engine.preview(small, limit: 1).rows == [["1", "1"]])
  }

  @Test("of several units beyond the bound none is blamed before it was run alone")
  func several() async throws {
    let pair = Pair(
      DuckDBEngine(settings: EngineSettings(threads: 1), memory: process.bound()), process)
    let answers = try await withThrowingTaskGroup(of: Int64.self) { group in
      for _ in 1...2 { group.addTask { try await pair.work(Self.long) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers == [7, 7])
    #expect(pair.attempts == 4)
  }

  @Test("a unit that does not stop ends the engine: later ones are not begun, and say why")
  func doesNotStop() async throws {
    let engine = DuckDBEngine(
      settings: EngineSettings(threads: 1), memory: process.bound(), patience: .zero)
    let input = JoinUnit.Input.named("t", "id INTEGER")
    let unit = JoinUnit.sql("SELECT 1 AS one", [input])
    let error = await #expect(throws: EngineError.self) {
      try await engine.withConnection(for: unit) { connection in
        process.hold(megabytes: 421)
        _ = try await connection.query(Self.long)
      }
    }
    #expect(
      error?.description == """
        Partition month=1: the process held 421 MB of memory, and with a limit of 64 MB it may hold 420 \
        MB; DuckDB was told to stop and did not, so that this process ends. Compute less text or shorter \
        lists at once, or raise `limits: { memory: }`.
        """)
    let later = JoinUnit.sql("SELECT 1 AS one", [input], partition: .month(2))
    let refusal = await #expect(throws: EngineError.self) {
      try await engine.preview(later, limit: 1)
    }
    #expect(
      refusal
        == .ended(
          "Partition month=2: not started, because this process is ending: an earlier partition uses too "
            + "much memory, and DuckDB does not stop."))
  }

  @Test("too little memory for a unit beside another one is no fault of it")
  func outOfMemory() async throws {
    let engine = DuckDBEngine(
      settings: EngineSettings(memoryLimit: 20 << 20, threads: 1), memory: nil)
    let attempts = Mutex(0)
    let isBusy = AsyncStream.makeStream(of: Void.self)
    let mayEnd = AsyncStream.makeStream(of: Void.self)
    async let neighbor: Void = engine.withConnection(for: JoinUnit(reading: [])) { _ in
      isBusy.continuation.finish()
      for await _ in mayEnd.stream {}
    }
    for await _ in isBusy.stream {}
    let answer = try await engine.withConnection(for: JoinUnit(reading: [])) { connection in
      let attempt = attempts.withLock { attempts in
        attempts += 1
        return attempts
      }
      if attempt == 1 {
        mayEnd.continuation.finish()
        _ = try await connection.query(
          "SELECT count(*) FROM (SELECT DISTINCT range FROM range(9000000))")
      }
      return try await connection.query("SELECT 7::BIGINT AS n").onlyRow().number("n")
    }
    try await neighbor
    #expect(answer == 7 && attempts.withLock { $0 } == 2)
  }
}
