import DuckDBEngine
import Foundation
import IncrementalJoin
import Ledger
import LocalStorage
import TestSupport
import Testing
import Workspace

/// The console runs many runs in one process.
@Suite("A run that has ended in a process that goes on")
struct EndedRunTests {
  /// What a run was given.
  private struct Lent {
    weak var ledger: Ledger?
    weak var engine: DuckDBEngine?
  }

  @Test("holds neither the ledger nor the engine", .timeLimit(.minutes(10)))
  func letsGo() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    let lent = try await run(in: bench)
    // Who runs it may still be about to end.
    while lent.ledger != nil || lent.engine != nil { await Task.yield() }
  }

  private func run(in bench: Workbench) async throws -> Lent {
    let workspace = try Workspace.load(from: bench.folder)
    let (local, ledger, engine) = (
      LocalStorage(), try Ledger(path: workspace.ledgerPath), DuckDBEngine()
    )
    let storage = StorageReader(tables: HiveTables(over: local), files: local, outputs: local)
    let runner = JobRunner(
      storage: storage, outputs: local, ledger: ledger, engine: engine,
      holder: LockHolder(
        user: "ann", host: "mill", process: 1, workspace: workspace.folder,
        since: Date()))
    var committed = 0
    for try await event in runner.start(workspace.jobs[0]).events {
      if case .finished(let summary) = event { committed = summary.committed }
    }
    #expect(committed == 3)
    return Lent(ledger: ledger, engine: engine)
  }
}
