import Foundation
import GRDB
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import Ledger

@Suite("Removals that were kept back, and alarms that were seen")
struct WithheldTests {
  private let folder: TemporaryFolder
  private let ledger: Ledger
  private static let count = RemovalCount(earlier: 1, new: 2, published: 8, limit: 0.25)

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
  }

  private func unit(_ partition: Partition, content: Int = 2) -> WithheldUnit {
    WithheldUnit(
      partition: partition, definition: "definition-1",
      inputs: inputs(partition, content: content), reason: "weather: 1 rewritten")
  }

  @Test("are kept with their inputs and figures; position and lineage stay")
  func kept() throws {
    try ledger.build(["day=1", "day=2"])
    let positions = try ledger.positions(job: "joined")
    let lineages = try ledger.lineages(job: "joined")
    let run = try ledger.begin()
    try ledger.withhold([unit("day=1"), unit("day=2")], run: run, count: Self.count)
    for reader in [ledger, ReadOnlyLedger(path: folder.ledger)] as [any LedgerReader] {
      let kept = try reader.withheld(job: "joined")
      #expect(
        kept["day=1"]
          == WithheldRemoval(
            run: run, count: Self.count, definition: "definition-1",
            inputs: inputs("day=1", content: 2).references))
      #expect(kept.count == 2)
      #expect(try reader.withheld(job: "other").isEmpty)
      #expect(try reader.workUnits(run: run).map(\.state) == [.held, .held])
      #expect(try reader.workUnits(run: run).first?.reason == "weather: 1 rewritten")
    }
    #expect(try ledger.positions(job: "joined") == positions)
    #expect(try ledger.lineages(job: "joined") == lineages)
  }

  @Test("are let go by a later run, and only what was kept is")
  func released() throws {
    try ledger.build(["day=1", "day=2"])
    let run = try ledger.begin()
    try ledger.withhold([unit("day=1")], run: run, count: Self.count)
    try ledger.finishRun(run, RunEnd(state: .partial))
    let release = try ledger.begin(kind: .release)
    try ledger.release(["day=1", "day=2"], run: release)
    let kept = try ledger.withheld(job: "joined")
    #expect(Array(kept.keys) == ["day=1"])
    #expect(kept["day=1"]?.releasedBy == release)
    #expect(kept["day=1"]?.run == run)
    #expect(kept["day=1"]?.inputs == inputs("day=1", content: 2).references)
    try ledger.finishRun(release, RunEnd(state: .succeeded))
    #expect(throws: LedgerError.notRunning(run: release)) {
      try ledger.release(["day=1"], run: release)
    }
    let next = try ledger.begin()
    try ledger.withhold([unit("day=1", content: 3)], run: next, count: Self.count)
    #expect(try ledger.withheld(job: "joined")["day=1"]?.releasedBy == nil)
  }

  @Test("a removal that an operator allowed is one through journal, staging and commit")
  func allowed() throws {
    try ledger.build(["day=1"])
    let run = try ledger.begin()
    let plain = publish("day=1", run: run, rows: 0)
    let removal = PreparedPublish(
      run: run, partition: "day=1", action: plain.action, state: .removed,
      definition: plain.definition, inputs: plain.inputs, position: plain.position, content: nil,
      rows: 0, bytes: 0, reason: plain.reason, isRemovalAllowed: true)
    try ledger.keep([removal])
    #expect(try ledger.staged(run: run) == [removal])
    try ledger.prepare([removal])
    #expect(try ledger.unfinishedPublishes(job: "joined") == [removal])
    try ledger.commit([removal])
    #expect(try ledger.lineages(job: "joined")["day=1"]?.isRemovalAllowed == true)
    #expect(try ledger.lineages(job: "joined", asOf: 1)["day=1"]?.isRemovalAllowed == false)
    // What has rows is no removal.
    #expect(
      !PreparedPublish(
        run: run, partition: "day=1", action: nil, state: .committed, definition: "d", inputs: [:],
        position: nil, content: nil, rows: 1, bytes: 1, reason: "", isRemovalAllowed: true
      ).isRemovalAllowed)
  }

  @Test("who has seen which alarms is kept, oldest first")
  func acknowledged() throws {
    let run = try ledger.build(["day=1"])
    let seen = [
      AlarmAcknowledgement(runs: 0...run, user: "ada", at: listedAt, note: "new stations"),
      AlarmAcknowledgement(runs: 7...7, user: "bob", at: listedAt),
    ]
    for entry in seen { try ledger.acknowledge(entry, job: "joined") }
    #expect(try ledger.acknowledgements(job: "joined") == seen)
    #expect(try ReadOnlyLedger(path: folder.ledger).acknowledgements(job: "joined") == seen)
    #expect(try ledger.acknowledgements(job: "other").isEmpty)
  }

  @Test("what was found of rows that meet none of their own partition is kept, newest run first")
  func strays() throws {
    let runs = [try ledger.build(["day=1"]), try ledger.build(["day=2"])]
    let strays = runs.map {
      StrayMatches(
        run: $0, left: "flights", right: "weather", partition: "day=1", lookedAt: 3, sampled: 9,
        found: 8)
    }
    try ledger.record(strays)
    #expect(try ledger.strays(job: "joined") == strays.reversed())
    #expect(try ReadOnlyLedger(path: folder.ledger).strays(job: "joined").count == 2)
    #expect(try ledger.strays(job: "other").isEmpty)
  }

  @Test("what the third schema held is as it was, and nothing of it was allowed or kept back")
  func thirdSchema() throws {
    let path = folder.path + "/third.sqlite"
    let queue = try DatabaseQueue(path: path, configuration: .ledger)
    try DatabaseMigrator.ledger.migrate(queue, upTo: "v3")
    try queue.write { database in
      try database.execute(
        sql: """
          INSERT INTO run (job, kind, mode, plan, detail, state, listed_at, started_at, finished_at)
          VALUES ('joined', 'run', 'enable', 'p', '', 'partial', 1, 2, 3);
          INSERT INTO output_partition VALUES (1, 'joined', 'day=1'), (2, 'joined', 'day=2');
          INSERT INTO lineage (run, partition, definition, rows, bytes) VALUES (1, 1, 'd', 0, 0);
          INSERT INTO work_unit VALUES (1, 1, 'removed', 0, 0, 'r', NULL),
            (1, 2, 'failed', 0, 0, 'r', 'no luck');
          """)
    }
    let ledger = try Ledger(path: path)
    #expect(try ledger.workUnits(run: 1).map(\.state) == [.removed, .failed])
    #expect(try ledger.workUnits(run: 1).last?.message == "no luck")
    #expect(try ledger.lineages(job: "joined")["day=1"]?.isRemovalAllowed == false)
    #expect(try ledger.withheld(job: "joined").isEmpty)
  }
}
