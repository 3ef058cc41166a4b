import DuckDBEngine
import Foundation
import IncrementalJoin
import Ledger
import LocalStorage
import TestSupport
import Testing
import Workspace

/// Random tables in random layouts, joined by time from the listing to the published files: what lies in the output
/// is the join of the whole tables, whatever arrives, is rewritten or goes in between.
@Suite("Joins by time in any layout, from the listing to the output")
struct LayoutTests {
  private static var rounds: Int {
    ProcessInfo.processInfo.environment["TIME_LAYOUTS"].flatMap { Int($0) } ?? 100
  }

  @Test(
    "the output is the join of the whole tables after every arrival",
    arguments: [1, nil] as [UInt64?])
  func layouts(seed: UInt64?) async throws {
    var random = SeededGenerator(seed: seed ?? SeededGenerator.chooseSeed())
    let engine = DuckDBEngine(settings: EngineSettings(threads: 1))
    // Layouts of few matches have few rows, so that more are tried until there was enough to compare.
    var (rows, outOfReach, round) = (0, 0, 0)
    while round < Self.rounds || rows <= 10 * Self.rounds && round < 3 * Self.rounds {
      round += 1
      let found = try await layout("seed \(random.seed), round \(round)", engine, &random)
      rows += found.rows
      outOfReach += found.outOfReach
    }
    #expect(rows > 10 * Self.rounds)
    // Partitions that new files cannot change are not built, and their rows are right all the same.
    #expect(outOfReach > 0)
  }

  private func layout(_ place: String, _ engine: DuckDBEngine, _ random: inout SeededGenerator)
    async throws -> (rows: Int, outOfReach: Int)
  {
    var tables = (0..<Int.random(in: 2...3, using: &random)).map {
      LayoutTable("t\($0)", &random)
    }
    for index in tables.indices {
      for _ in 0..<Int.random(in: 1...8, using: &random) { tables[index].add(&random) }
    }
    let job = LayoutJob(of: tables, &random)
    let bench = try Workbench(job.declaration)
    var written: [String: String] = [:]
    var (rows, outOfReach) = (0, 0)
    for step in 0..<3 {
      if step > 0 {
        for index in tables.indices where Bool.random(using: &random) {
          switch Int.random(in: 0..<4, using: &random) {
          case 0: tables[index].remove(&random)
          case 1: tables[index].rewrite(&random)
          default: tables[index].add(&random)
          }
        }
      }
      try await write(tables, to: bench, engine, &written)
      outOfReach += try await report(bench).known.count { !$0.outOfReach.isEmpty }
      let pending = try await run(bench, engine)
      let found = try await published(in: bench, job, engine)
      let expected = try await whole(tables, job, engine)
      rows += found.count
      #expect(found == expected, "\(place), step \(step) in\n\(job.declaration)\n\(written)")
      #expect(
        pending == 0, "\(place), step \(step) leaves partitions pending in\n\(job.declaration)")
    }
    return (rows, outOfReach)
  }

  private func write(
    _ tables: [LayoutTable], to bench: Workbench, _ engine: DuckDBEngine,
    _ written: inout [String: String]
  ) async throws {
    var files: [String: String] = [:]
    var selects: [String: String] = [:]
    for table in tables {
      try bench.makeFolder("data/\(table.name)")
      for (path, rows) in table.files {
        let place = "data/\(table.name)/\(path)"
        files[place] = table.text(of: rows)
        if table.format == "parquet" { selects[place] = table.select(rows) }
      }
    }
    for path in written.keys where files[path] == nil { try bench.remove(path) }
    for (path, text) in files where written[path] != text {
      try bench.write(path, text)
      guard let select = selects[path] else { continue }
      try await engine.execute("COPY (\(select)) TO '\(bench.path(path))' (FORMAT parquet)")
    }
    written = files
  }

  private var storage: StorageReader {
    let local = LocalStorage()
    return StorageReader(
      tables: HiveTables(over: local), files: local, outputs: local, times: ParquetTimes())
  }

  private func report(_ bench: Workbench) async throws -> PendingReport {
    let workspace = try Workspace.load(from: bench.folder)
    let ledger = try Ledger(path: workspace.ledgerPath)
    return try await PendingDetector(storage: storage, ledger: ledger).detect(workspace.jobs[0])
  }

  /// Runs the job; how many partitions are pending afterwards.
  private func run(_ bench: Workbench, _ engine: DuckDBEngine) async throws -> Int {
    let workspace = try Workspace.load(from: bench.folder)
    let (local, ledger) = (LocalStorage(), try Ledger(path: workspace.ledgerPath))
    let runner = JobRunner(
      storage: storage, outputs: local, ledger: ledger, engine: engine,
      holder: LockHolder(
        user: "", host: "", process: 1, workspace: workspace.folder, since: Date()))
    let job = workspace.jobs[0]
    for try await event in runner.start(job, RunRequest(allowsRemovals: true)).events {
      if case .failed(let partition, let error) = event {
        Issue.record(
          "\(partition): \(error) in\n\(try String(contentsOfFile: bench.path("dovetail.yaml"), encoding: .utf8))"
        )
      }
    }
    // Nothing is left to be judged by its times either.
    return try await PendingDetector(storage: storage, ledger: ledger).detect(job)
      .known.count { !$0.reasons.isEmpty || !$0.outOfReach.isEmpty }
  }

  private func published(in bench: Workbench, _ job: LayoutJob, _ engine: DuckDBEngine)
    async throws -> [String]
  {
    let files = bench.files("out/j").filter {
      !$0.split(separator: "/").contains { $0.hasPrefix(".") }
    }
    .filter { $0.hasSuffix(".parquet") }.map { "'\(bench.path("out/j/\($0)"))'" }
    guard !files.isEmpty else { return [] }
    return lines(
      try await engine.execute(
        """
        SELECT \(job.ids.map { "CAST(\($0) AS BIGINT)" }.joined(separator: ", ")) \
        FROM read_parquet([\(files.joined(separator: ", "))], hive_partitioning = false)
        """))
  }

  private func whole(_ tables: [LayoutTable], _ job: LayoutJob, _ engine: DuckDBEngine)
    async throws -> [String]
  {
    for (number, table) in tables.enumerated() {
      let rows = table.placed.map { row in
        let symbol = row.symbol.map { "'\($0)'" } ?? "NULL"
        return "(\(row.id), \(row.time.map { "\($0)" } ?? "NULL"), \(symbol), '\(row.region)')"
      }
      try await engine.execute(
        """
        CREATE OR REPLACE TABLE t\(number) (id BIGINT, ts BIGINT, symbol VARCHAR, region VARCHAR)
        """)
      guard !rows.isEmpty else { continue }
      try await engine.execute("INSERT INTO t\(number) VALUES \(rows.joined(separator: ", "))")
    }
    return lines(try await engine.execute(job.wholeJoin))
  }

  private func lines(_ rows: [[String?]]) -> [String] {
    rows.map { $0.map { $0 ?? "none" }.joined(separator: " ") }.sorted()
  }
}
