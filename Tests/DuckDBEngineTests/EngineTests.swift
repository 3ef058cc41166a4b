import Foundation
import IncrementalJoin
import PartitionPredicate
import Synchronization
import Testing

@testable import DuckDBEngine

@Suite("The engine")
struct EngineTests {
  @Test("types survive the way through a job")
  func types() async throws {
    let bench = try Workbench()
    let file = try await bench.parquet(
      "t.parquet",
      """
      SELECT 1 AS id, TIMESTAMPTZ '2013-01-01 05:00:00.123456+00' AS tz, 1.50::DECIMAL(18,3) AS d,
        {'u': 1, 'V w': [1, NULL]} AS s, MAP {'k': DATE '2013-01-01'} AS m, '\\x00\\xFF'::BLOB AS b,
        '7f2c5d9e-0b1a-4c3d-8e9f-0123456789ab'::UUID AS u, INTERVAL '1 month 2 days 3 ms' AS i,
        TIMESTAMP_NS '2013-01-01 00:00:00.123456789' AS ns, 18446744073709551615::UBIGINT AS ub,
        TIME '01:02:03' AS t, '{"a": 1}'::JSON AS j, 'nan'::DOUBLE AS nan, 'é''"\u{1F6EB}' AS text
      """)
    let columns = try await bench.columns(ofFile: file, format: .parquet, keys: [])
    #expect(
      columns.map(\.type) == [
        "INTEGER", "TIMESTAMP WITH TIME ZONE", "DECIMAL(18,3)",
        "STRUCT(u INTEGER, \"V w\" INTEGER[])", "MAP(VARCHAR, DATE)", "BLOB", "UUID", "INTERVAL",
        "TIMESTAMP_NS", "UBIGINT", "TIME", "JSON", "DOUBLE", "VARCHAR",
      ])
    let input = JoinUnit.Input(
      name: "t", format: .parquet, columns: columns, partition: .month(1), files: [file])
    let other = JoinUnit.Input.named("o", "id INTEGER", files: [file], schema: .strict)
    let alone = JoinUnit(
      transformation: .join(type: .inner, on: [], select: nil), inputs: [input],
      partition: .month(1), types: .duckdb)
    let folder = "\(bench.folder)/out"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = try await bench.engine.stage(alone, into: folder, countsMatches: false) { _ in }
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    let written = "\(folder)/\(name)"
    #expect(
      try await bench.columns(ofFile: written, format: .parquet, keys: []) == columns)
    let difference = "SELECT * FROM read_parquet(\(file.sqlPath)) "
    #expect(
      try await bench.sql("\(difference) EXCEPT SELECT * FROM read_parquet(\(written.sqlPath))")
        .isEmpty)
    // The other input's file has columns that it did not declare.
    #expect(await bench.failure(.join(on: ["id"], [input, other])) != nil)
  }

  @Test("a HUGEINT, which Parquet does not have, becomes an exact DECIMAL")
  func hugeint() async throws {
    let bench = try Workbench()
    let file = try await bench.parquet(
      "t.parquet", "SELECT 9223372036854775807 AS n FROM range(3)")
    let input = JoinUnit.Input.named("t", "n BIGINT", files: [file])
    let unit = JoinUnit.sql(
      "SELECT sum(n) AS total, [sum(n)] AS list, {'HUGEINT x': sum(n)} AS s FROM t", [input])
    #expect(
      try await bench.engine.validate(unit).columns.map(\.type) == [
        "DECIMAL(38,0)", "DECIMAL(38,0)[]", "STRUCT(\"HUGEINT x\" DECIMAL(38,0))",
      ])
    #expect(
      try await bench.staged(unit).rows == [
        [
          "27670116110564327421", "[27670116110564327421]",
          "{'HUGEINT x': 27670116110564327421}",
        ]
      ])
  }

  @Test("quotes, patterns and attempts at injection in paths, names and keys stay text")
  func hostileText() async throws {
    // Every mark has a combining one behind it too, with which it is one character to a reader.
    let hostile =
      "x'); DROP TABLE t; -- \" [a]*?{b} é\u{1F6EB} %41 '\u{301}\"\u{301}*\u{301}?\u{301}[\u{301}"
    let bench = try Workbench(name: hostile)
    let column = "a\"b'; --\"\u{301}'\u{301}"
    let file = try await bench.parquet(
      "k=\(hostile)/[1]*\u{301}.parquet", "SELECT 1 AS \(column.sqlIdentifier)")
    _ = try await bench.parquet("k=\(hostile)/1x\u{301}.parquet", "SELECT 2 AS wrong")
    let csv = try bench.text("\(hostile).csv", "\"a\"\"b'; --\"\"\u{301}'\u{301}\"\n1\n")
    for value in [hostile, "nul\0byte", "'", "'\u{301}", "\0\u{301}", "e\u{301}"] {
      let key = PartitionKey(name: "key \"'; --", type: .string)
      let partition = Partition(keys: [key], values: [.string(value)])
      let inputs = [(DataFormat.parquet, file), (.csv, csv)].map { format, file in
        JoinUnit.Input(
          name: "in \(format)\"'; --", format: format,
          columns: [Column(name: column, type: "INTEGER")], partition: partition, files: [file])
      }
      let joined = JoinUnit.join(on: [column], inputs, partition: partition)
      #expect(try await bench.staged(joined).rows == [["1"]])
      let sample = try await bench.engine.preview(joined, limit: 1)
      #expect(sample.columns.map(\.name) == [column, key.name])
      #expect(sample.rows == [["1", value]])
      let selected = JoinUnit.join(
        on: [column], select: ["\(key.name.sqlIdentifier) AS v"], inputs, partition: partition)
      #expect(try await bench.staged(selected).rows == [[value]])
    }
  }

  @Test("a name with a zero byte is refused")
  func zeroByte() async throws {
    let bench = try Workbench()
    let input = JoinUnit.Input(
      name: "t", format: .parquet, columns: [Column(name: "a\0b", type: "INTEGER")],
      partition: .month(1), files: [])
    #expect(
      await bench.rejection(.join(on: [], [input]))?.description.contains("zero byte") == true)
  }

  @Test("cancelling the task stops a query that would take hours, and leaves no file")
  func cancel() async throws {
    let bench = try Workbench(settings: EngineSettings(threads: 2, connections: 1))
    // Large enough for reports of progress.
    let rows = 2_000_000
    let file = try await bench.parquet("t.parquet", "SELECT hash(n) AS n FROM range(\(rows)) r(n)")
    let input = JoinUnit.Input.named("t", "n UBIGINT", files: [file])
    let endless = JoinUnit.sql(
      "SELECT max(hash(a.n, b.n, c.n)) AS h FROM t a, t b, t c", [input])
    let folder = (try bench.file("staged/x") as NSString).deletingLastPathComponent
    let (reports, continuation) = AsyncStream.makeStream(of: Double.self)
    let task = Task {
      try await bench.engine.stage(endless, into: folder, countsMatches: false) {
        continuation.yield($0)
      }
    }
    // A first report of progress says that the query runs.
    for await _ in reports { break }
    // The only connection is taken, so this one waits in vain.
    let waiting = Task { try await bench.engine.preview(endless, limit: 1) }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    // The connection serves the next unit.
    #expect(try await bench.staged(.join(on: [], [input])).account.rows == Int64(rows))
  }

  @Test("a task that is cancelled already does nothing")
  func cancelledBefore() async throws {
    let bench = try Workbench()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await bench.engine.validate(.join(on: [], [.named("t", "n BIGINT")])).columns
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test("progress ends at 1 and stays between 0 and 1")
  func progress() async throws {
    let bench = try Workbench()
    let file = try await bench.parquet("t.parquet", "SELECT range AS n FROM range(1000)")
    let reports = Mutex<[Double]>([])
    let folder = (try bench.file("staged/x") as NSString).deletingLastPathComponent
    _ = try await bench.engine.stage(
      .join(on: [], [.named("t", "n BIGINT", files: [file])]), into: folder, countsMatches: false
    ) { share in reports.withLock { $0.append(share) } }
    let shares = reports.withLock { $0 }
    #expect(shares.last == 1)
    #expect(shares.allSatisfy { (0...1).contains($0) })
  }

  @Test("DuckDB's other threads help while a large unit is read, and only then")
  func help() async throws {
    let engine = try Workbench(settings: EngineSettings(threads: 3, connections: 2)).engine
    let files = try Workbench()
    let small = JoinUnit(reading: [try files.text("small", "x")])
    let large = JoinUnit(reading: [try files.text("large", String(repeating: "x", count: 8 << 20))])
    func threads(_ connection: Connection) async throws -> String? {
      try await connection.query("SELECT CAST(current_setting('threads') AS VARCHAR) AS n")
        .onlyRow().text("n")
    }
    #expect(try await engine.withConnection(for: small, threads) == "1")
    let both = try await engine.withConnection(for: large) { connection in
      [
        try await threads(connection), try await engine.withConnection(for: small, threads),
        try await threads(connection),
      ]
    }
    #expect(both == ["3", "3", "3"])
    #expect(try await engine.withConnection(for: small, threads) == "1")
  }

  @Test("more units than connections are staged side by side, each with its own rows")
  func concurrency() async throws {
    let bench = try Workbench(settings: EngineSettings(threads: 2, connections: 2))
    let months = Array(1...12) as [Int64]
    var files: [Int64: String] = [:]
    for month in months {
      files[month] = try await bench.parquet("\(month).parquet", "SELECT \(month) AS n")
    }
    let pinned = files
    try await withThrowingTaskGroup(of: (Int64, [[String?]]).self) { group in
      for month in months {
        group.addTask {
          let input = JoinUnit.Input.named(
            "t", "n INTEGER", partition: .month(month), files: [pinned[month] ?? ""])
          let unit = JoinUnit.sql(
            "SELECT n, month AS same FROM t", [input], partition: .month(month))
          return (month, try await bench.staged(unit).rows)
        }
      }
      for try await (month, rows) in group { #expect(rows == [["\(month)", "\(month)"]]) }
    }
  }

  @Test("what does not fit into memory spills, and fails clearly where it may not")
  func memory() async throws {
    let sorted = "SELECT hash(n) AS h, md5(n::VARCHAR) AS t, n FROM t ORDER BY 1"
    let limit = 40_000_000 as Int64
    let tight = try Workbench(settings: EngineSettings(memoryLimit: limit, threads: 1))
    let file = try await tight.parquet("t.parquet", "SELECT range AS n FROM range(700000)")
    let input = JoinUnit.Input.named("t", "n BIGINT", files: [file])
    let unit = JoinUnit.sql(sorted, [input])
    let sentence = await tight.failure(unit)?.description ?? ""
    #expect(sentence.hasPrefix("Partition month=1: DuckDB ran out of memory: "))
    #expect(
      sentence.hasSuffix("Raise the memory limit, or give the engine a spill folder with space."))
    let spilling = try Workbench(
      settings: EngineSettings(
        memoryLimit: limit, spillFolder: "\(tight.folder)/spill", threads: 1))
    #expect(try await spilling.staged(unit).account.rows == 700_000)
  }

  @Test("a setting that DuckDB refuses is named, for every unit")
  func settings() async {
    let engine = DuckDBEngine(settings: EngineSettings(threads: -1))
    for _ in 1...2 {
      let error = await #expect(throws: EngineError.self) {
        try await engine.preview(.sql("SELECT 1 AS one", []), limit: 1)
      }
      let sentence = error?.description ?? ""
      #expect(sentence.hasPrefix("DuckDB cannot start: "), Comment(rawValue: sentence))
      #expect(sentence.hasSuffix(" Change the engine's settings."), Comment(rawValue: sentence))
    }
  }

  @Test("a folder that cannot be written is named")
  func unwritable() async throws {
    let bench = try Workbench()
    let file = try await bench.parquet("t.parquet", "SELECT 1 AS n")
    let unit = JoinUnit.join(on: [], [.named("t", "n INTEGER", files: [file])])
    let error = await #expect(throws: EngineError.self) {
      try await bench.engine.stage(unit, into: "\(bench.folder)/none", countsMatches: false) { _ in
      }
    }
    #expect(error?.description.contains("\(bench.folder)/none/") == true)
  }
}
