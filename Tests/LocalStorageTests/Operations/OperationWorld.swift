import Foundation
import IncrementalJoin
import LocalStorage
import PartitionPredicate
import TestSupport

/// A job over real folders, with a ledger in memory and an engine of lines, both of which can be told to fail.
struct OperationWorld {
  static let keys = [PartitionKey(name: "k", type: .int)]

  let folder: TemporaryFolder
  let ledgerFaults = Faults()
  let engineFaults = Faults()
  let ledger: MemoryLedger
  let job: JobDefinition
  let runner: JobRunner

  init(size: Int = 3) throws {
    folder = try TemporaryFolder()
    ledger = MemoryLedger(faults: ledgerFaults)
    let path = folder.path
    func table(_ name: String) -> JobInput {
      JobInput(
        name: name,
        table: TableDefinition(
          name: name, location: Location("\(path)/\(name)"), format: .parquet, keys: Self.keys,
          columns: [Column(name: "line", type: "VARCHAR")]))
    }
    job = JobDefinition(
      name: "joined", inputs: [table("a"), table("b")],
      transformation: .join(type: .inner, on: ["line"], select: nil),
      output: OutputDefinition(location: Location("\(path)/out"), keys: Self.keys))
    runner = JobRunner(
      storage: LocalStorage(), ledger: ledger, engine: LineEngine(faults: engineFaults),
      holder: LockHolder(
        user: "ada", host: "mill", process: 1, workspace: path,
        since: Date(timeIntervalSince1970: 1_700_000_000)))
    for key in 1...size { try land(key, ["x", "y"], in: "ab") }
  }

  static func partition(_ key: Int) -> Partition {
    Partition(keys: keys, values: [.integer(Int64(key))])
  }

  /// Writes the file of a partition of tables, named by a letter each.
  func land(_ key: Int, _ lines: [String], in tables: String) throws {
    for table in tables {
      let place = "\(folder.path)/\(table)/k=\(key)"
      try FileManager.default.createDirectory(
        atPath: place, withIntermediateDirectories: true)
      try lines.map { $0 + "\n" }.joined()
        .write(toFile: "\(place)/f.parquet", atomically: true, encoding: .utf8)
    }
  }

  /// Waits for the end of a run.
  @discardableResult
  func finish(_ run: JobRun) async throws -> RunSummary? {
    var summary: RunSummary?
    for try await event in run.events { if case .finished(let last) = event { summary = last } }
    return summary
  }

  @discardableResult
  func run(_ request: RunRequest = RunRequest()) async throws -> RunSummary? {
    try await finish(runner.start(job, request))
  }

  /// The published lines by key, read from the disk.
  func published() throws -> [Int: [String]] {
    var found: [Int: [String]] = [:]
    let out = "\(folder.path)/out"
    for name in (try? FileManager.default.contentsOfDirectory(atPath: out)) ?? [] {
      guard let key = Int(name.dropFirst(2)) else { continue }
      let files = try FileManager.default.contentsOfDirectory(atPath: "\(out)/\(name)")
      found[key] = try files.flatMap {
        try String(contentsOfFile: "\(out)/\(name)/\($0)", encoding: .utf8)
          .split(separator: "\n").map(String.init)
      }.sorted()
    }
    return found
  }
}
