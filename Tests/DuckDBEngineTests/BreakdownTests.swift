import Foundation
import IncrementalJoin
import Synchronization
import TestSupport
import Testing

@testable import DuckDBEngine

@Suite("Breakdowns of DuckDB")
struct BreakdownTests {
  private let bench: Workbench
  private let bad: String

  init() throws {
    bench = try Workbench(settings: EngineSettings(threads: 2, connections: 4))
    bad = try bench.file("bad.parquet")
    try BreakingFile.data.write(to: URL(filePath: bad))
  }

  private var sentence: String {
    "\(bad) cannot be read: DuckDB fails on it with an internal error: \(BreakingFile.reason). "
      + "Replace the file; the partition stays pending."
  }

  private func unit(_ files: [String], month: Int64) -> JoinUnit {
    let input = JoinUnit.Input.named(
      "t", "id INTEGER, var VARIANT", partition: .month(month), files: files)
    return .sql("SELECT id FROM t", [input], partition: .month(month))
  }

  private func reading(_ files: [String], month: Int64) -> JoinUnit {
    let input = JoinUnit.Input.named(
      "t", "id INTEGER, var VARIANT", partition: .month(month), files: files)
    return .sql("SELECT id, CAST(var AS VARCHAR) AS text FROM t", [input], partition: .month(month))
  }

  private func good(_ name: String) async throws -> String {
    try await bench.parquet("\(name).parquet", "SELECT 7::INTEGER AS id, NULL::VARIANT AS var")
  }

  @Test("a file on which DuckDB breaks down fails its own partition, with the reason, and no other")
  func otherPartitions() async throws {
    let file = try await good("good")
    let outcomes = await withTaskGroup(of: (Int64, String).self) { group in
      for month in Int64(1)...24 {
        let unit = reading([month % 6 == 2 ? bad : file], month: month)
        group.addTask { [bench] in
          do {
            return (month, "\(try await bench.staged(unit).rows.count) rows")
          } catch {
            return (month, "\(error)")
          }
        }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    for month in Int64(1)...24 {
      #expect(outcomes[month] == (month % 6 == 2 ? sentence : "1 rows"), "month \(month)")
    }
  }

  @Test(
    "who asks for a connection while another unit has broken the database down had company, and is tried again"
  )
  func comesMeanwhile() async throws {
    let (bad, pool) = (bad, bench.engine.pool)
    let later = Mutex<(any Error)?>(nil)
    await #expect(throws: BrokenLoan.self) {
      try await pool.withConnection(isLarge: false) { connection in
        _ = try? await connection.query("SELECT CAST(var AS VARCHAR) FROM read_parquet('\(bad)')")
        do {
          try await pool.withConnection(isLarge: false) { _ in }
        } catch {
          later.withLock { $0 = error }
        }
      }
    }
    #expect((later.withLock { $0 } as? BrokenLoan)?.hadCompany == true)
    let file = try await good("good")
    #expect(try await bench.staged(reading([file], month: 1)).rows == [["7", nil]])
  }

  @Test("among the files of a partition the one at fault is named, and the engine goes on")
  func namedFile() async throws {
    let file = try await good("good")
    let unit = reading([file, bad], month: 1)
    #expect(await bench.failure(unit)?.description == sentence)
    let preview = await #expect(throws: EngineError.self) {
      try await bench.engine.preview(unit, limit: 3)
    }
    #expect(preview?.description == sentence)
    let same = await #expect(throws: EngineError.self) {
      try await bench.engine.hasSameRows([bad], as: [bad])
    }
    #expect(same?.description == sentence)
    let difference = await #expect(throws: EngineError.self) {
      try await bench.engine.difference(from: [file], to: [bad], key: ["id"], samples: 3)
    }
    #expect(difference?.description == sentence)
    let digest = await #expect(throws: EngineError.self) {
      try await bench.engine.rowDigest(of: unit.inputs[0])
    }
    #expect(digest?.description == sentence)
    #expect(try await bench.staged(reading([file], month: 1)).rows == [["7", nil]])
  }

  @Test("a column that nobody reads breaks nothing")
  func columnThatNobodyReads() async throws {
    #expect(try await bench.staged(unit([bad], month: 1)).account.rows > 0)
  }

  @Test("counting how rows meet names the file as well")
  func matches() async throws {
    let file = try await good("good")
    let left = JoinUnit.Input.named("l", "id INTEGER, var VARIANT", files: [file])
    let right = JoinUnit.Input.named("r", "id INTEGER, var VARIANT", files: [bad])
    let unit = JoinUnit.join(on: ["var"], [left, right])
    let error = await #expect(throws: EngineError.self) { try await bench.engine.matches(of: unit) }
    #expect(error?.description == sentence)
  }

  @Test("what files show of a table comes from those on which DuckDB does not break down")
  func seenColumns() async throws {
    let table = TableDefinition(name: "t", location: "/", format: .parquet, keys: [])
    let file = try await good("good")
    let seen = try await bench.engine.columns(ofFiles: [file, bad], of: table)
    #expect(seen.columns.map(\.name) == ["id", "var"])
  }

  @Test("the reason is the one of the first error, without DuckDB's stack trace")
  func reasons() {
    let first = DatabaseError(
      text: """
        INTERNAL Error: {"exception_type":"INTERNAL","exception_message":"Broken.",\
        "stack_trace":"\\n/usr/lib/libduckdb.so(_ZN6duckdb9Exception+0x5b) [0x7f]"}
        """)
    #expect(first.isFatal && first.originalReason == "Broken")
    let later = DatabaseError(
      text: """
        FATAL Error: {"exception_type":"FATAL","exception_message":"Failed: database has been \
        invalidated because of a previous fatal error. The database must be restarted prior to being \
        used again.\\nOriginal error: \\"It is \\"broken\\"\\""}
        """)
    #expect(later.isFatal && later.originalReason == "It is \"broken\"")
    let plain = DatabaseError(
      text: """
        INTERNAL Error: Attempted to dereference unique_ptr that is NULL!

        Stack Trace:

        0        _ZN6duckdb9ExceptionC2ENS_13ExceptionTypeE + 64
        """)
    #expect(plain.originalReason == "Attempted to dereference unique_ptr that is NULL!")
    let assertion = DatabaseError(
      text: """
        INTERNAL Error: Assertion triggered in file "x.cpp" on line 7: a == b
        This error signals an assertion failure within DuckDB. This usually occurs due to bugs.
        """)
    #expect(assertion.originalReason == "Assertion triggered in file \"x.cpp\" on line 7: a == b")
    for kind in ["Out of Memory", "IO", "Invalid Input", "Conversion", "INTERRUPT"] {
      #expect(!DatabaseError(kind: kind, message: "x", position: nil).isFatal, "\(kind)")
    }
  }
}
