import Foundation
import IncrementalJoin
import Ledger
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

/// Random commits by several machines, with requests that fail, answers that are lost, and machines that vanish.
struct RandomHistoryTests {
  @Test("what counts as recorded is there, once, on every machine", arguments: 1...2)
  func history(_ round: Int) throws {
    var random = SeededGenerator()
    let store = MemoryObjects(pageSize: Int.random(in: 3...50, using: &random))
    var machines = [try Machine(store), try Machine(store), try Machine(store)]
    /// The texts of commits that succeeded, and of those of which nobody could tell.
    var (recorded, uncertain): ([String], Set<ExactText>) = ([], [])
    for step in 1...70 {
      let index = Int.random(in: 0..<machines.count, using: &random)
      switch Int.random(in: 0..<20, using: &random) {
      case 0: machines[index] = try Machine(store)
      case 1: store.faults.fail(at: Int.random(in: 0..<6, using: &random))
      case 2: store.losses.fail(at: Int.random(in: 0..<6, using: &random))
      case 3:
        let failures: [ObjectError] = [
          .lost(reason: "cut"), .busy(status: 503, attempts: 4), .expiredToken,
          .unreachable(endpoint: "lake", reason: "cut"),
        ]
        store.failure = failures[Int.random(in: 0..<failures.count, using: &random)]
      default: break
      }
      let text = "step \(step)"
      do {
        let remote = machines[index].remote
        // Who does not look first is overtaken as often as not.
        if Bool.random(using: &random) || !FileManager.default.fileExists(atPath: remote.path) {
          _ = try remote.open()
        }
        let ledger = try Ledger(path: remote.path, journal: remote)
        try commit(text, to: ledger, content: step)
        recorded.append(text)
        // So much that there are snapshots; whether it succeeds does not matter.
        if step % 8 == 0 { try? ledger.build(many, content: step) }
      } catch let error as LedgerError {
        switch error {
        case .uncertain: uncertain.insert(ExactText(text))
        case .overtaken, .unreachable: break
        default: Issue.record("seed \(random.seed), step \(step): \(error)")
        }
      }
    }
    store.faults.stop()
    store.losses.stop()
    let fresh = try Machine(store)
    try fresh.remote.refresh()
    let rows = try fresh.rows()
    for machine in machines {
      try machine.remote.refresh()
      #expect(try machine.rows() == rows, "seed \(random.seed)")
    }
    let found = try ReadOnlyLedger(path: fresh.remote.path).log(run: 1).map(\.text)
    #expect(Set(found).count == found.count, "seed \(random.seed)")
    #expect(
      found.filter { !uncertain.contains(ExactText($0)) } == recorded, "seed \(random.seed)")
    #expect(recorded.count > 12, "seed \(random.seed)")
  }

  /// One commit with a text; the first one begins the run that all texts are logged to.
  private func commit(_ text: String, to ledger: Ledger, content: Int) throws {
    let line = LogLine(instant: Date(timeIntervalSince1970: 0), level: .info, text: text)
    if try ledger.run(1) == nil { try ledger.begin(job: "log") }
    try ledger.log([line], run: 1)
  }
}
