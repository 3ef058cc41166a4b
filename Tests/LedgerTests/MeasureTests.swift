import Foundation
import IncrementalJoin
import Testing
@testable import Ledger

struct MeasureTests {
  @Test func measure() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(path: folder.ledger)
    let clock = ContinuousClock()
    let partitions = (0..<1000).map { "month=\($0 / 31)/day=\($0 % 31)" }
    var last = Duration.zero
    for round in 1...100 {
      let run = try ledger.begin()
      for batch in stride(from: 0, to: 1000, by: 100) {
        let publishes = partitions[batch..<batch + 100].map { publish($0, run: run, content: round) }
        let p = try clock.measure { try ledger.prepare(publishes) }
        let c = try clock.measure { try ledger.commit(publishes) }
        if round % 33 == 1 && batch == 0 { print("round \(round) prepare 100: \(p) commit 100: \(c)") }
      }
      try ledger.finishRun(run, state: .succeeded, bytesRead: 0, filesRead: 0)
      _ = last; last = .zero
    }
    let reader = ReadOnlyLedger(path: folder.ledger)
    for _ in 0..<4 {
      let t = try clock.measure { _ = try reader.positions(job: "joined") }
      let l = try clock.measure { _ = try reader.lineages(job: "joined") }
      let u = try clock.measure { _ = try ledger.unfinishedPublishes(job: "joined") }
      let r = try clock.measure { _ = try reader.runs(job: "joined", limit: 20) }
      print("positions of 1000 (100,000 rows): \(t) lineages \(l) unfinished \(u) runs20 \(r)")
    }
    let refs = try reader.positions(job: "joined").values.flatMap { $0.inputs.values }
    let f = try clock.measure { _ = try reader.files(of: refs) }
    print("files of 2000 versions: \(f)")
    let size = try FileManager.default.attributesOfItem(atPath: folder.ledger)[.size] ?? 0
    print("bytes \(size)")
    // 100,000 distinct partitions
    let run = try ledger.begin(job: "wide")
    for batch in 0..<200 {
      let publishes = (0..<500).map { publish("h=\(batch)/d=\($0)", run: run) }
      try ledger.prepare(publishes); try ledger.commit(publishes)
    }
    for _ in 0..<3 {
      let t = try clock.measure { _ = try reader.positions(job: "wide") }
      let j = try clock.measure { _ = try reader.positions(job: "joined") }
      print("positions of 100,000: \(t), of joined \(j)")
    }
    let o = try clock.measure { _ = try Ledger(path: folder.ledger) }
    print("open \(o)")
  }
}
