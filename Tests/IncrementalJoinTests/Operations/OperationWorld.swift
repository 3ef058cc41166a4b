import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport

/// A job with files, a ledger and an engine in memory, all of which can be told to fail.
struct OperationWorld {
  static let keys = [PartitionKey(name: "k", type: .int)]

  let storage = MemoryStorage()
  let ledgerFaults = Faults()
  let engineFaults = Faults()
  let ledger: MemoryLedger
  let job: JobDefinition
  let runner: JobRunner
  /// Who writes the outputs.
  let holder = LockHolder(
    user: "ada", host: "mill", process: 1, workspace: "/w",
    since: Date(timeIntervalSince1970: 1_700_000_000))

  init(size: Int = 3) {
    ledger = MemoryLedger(faults: ledgerFaults)
    func table(_ name: String) -> JobInput {
      JobInput(
        name: name,
        table: TableDefinition(
          name: name, location: Location("/w/\(name)"), format: .parquet, keys: Self.keys,
          columns: [Column(name: "line", type: "VARCHAR")]))
    }
    job = JobDefinition(
      name: "joined", inputs: [table("a"), table("b")],
      transformation: .join(type: .inner, on: ["line"], select: nil),
      output: OutputDefinition(location: Location("/w/out"), keys: Self.keys))
    runner = JobRunner(
      storage: storage.reader, outputs: storage, ledger: ledger,
      engine: LineEngine(over: storage, faults: engineFaults), holder: holder)
    for key in 1...size { land(key, ["x", "y"], in: "ab") }
  }

  static func partition(_ key: Int) -> Partition {
    Partition(keys: keys, values: [.integer(Int64(key))])
  }

  /// Writes the file of a partition of tables, named by a letter each.
  func land(_ key: Int, _ lines: [String], in tables: String) {
    for table in tables {
      storage.write(
        lines.map { $0 + "\n" }.joined(), to: "/w/\(table)/k=\(key)/f.parquet")
    }
  }

  /// What somebody else writes.
  static let foreign = ["by hand"]

  /// Puts something in the place of a published partition, as somebody else would.
  func replace(_ partition: ExactText) {
    storage.replace(job.output.location.folder(partition), by: Self.foreign[0] + "\n")
  }

  /// Waits for the end of a run, and cancels the run when the task is cancelled.
  @discardableResult
  func finish(_ run: JobRun) async throws -> RunSummary? {
    let end = Task {
      var summary: RunSummary?
      for try await event in run.events { if case .finished(let last) = event { summary = last } }
      return summary
    }
    return try await withTaskCancellationHandler {
      try await end.value
    } onCancel: {
      run.cancel()
    }
  }

  @discardableResult
  func run(_ request: RunRequest = RunRequest()) async throws -> RunSummary? {
    try await finish(runner.start(job, request))
  }

  /// The published lines by key.
  func published() -> [Int: [String]] {
    var found: [Int: [String]] = [:]
    for (path, text) in storage.texts(below: job.output.location) {
      let key = Int(path.text.dropFirst(2).prefix { $0 != "/" })
      if let key { found[key, default: []] += text.split(separator: "\n").map(String.init) }
    }
    return found.mapValues { $0.sorted() }
  }
}
