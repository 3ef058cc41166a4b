import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing

extension LedgerConformance {
  static let staged = Self("what is staged waits until it is published") { ledger in
    let run = try ledger.begin("joined", .run, stagesOnly: true)
    let publishes = [publish(first, run), publish(second, run)]
    try ledger.keep(publishes)
    try ledger.finishRun(run, RunEnd(state: .staged))
    #expect(try ledger.staged(run: run) == publishes)
    #expect(try ledger.workUnits(run: run).map(\.state) == [.staged, .staged])
    try ledger.resumeRun(run, holder: holder)
    try ledger.prepare([publishes[0]])
    #expect(try ledger.staged(run: run) == [publishes[1]])
    try ledger.commit([publishes[0]])
    #expect(try ledger.workUnits(run: run).map(\.state) == [.committed, .staged])
    try ledger.finishRun(run, RunEnd(state: .staged))
    #expect(try ledger.run(run)?.state == .staged)
  }

  static let resumed = Self("only a run with something staged goes on, under a new lease") {
    ledger in
    let run = try ledger.build { [publish(first, $0)] }
    #expect(throws: (any Error).self) { try ledger.resumeRun(run, holder: holder) }
    let staging = try ledger.begin()
    try ledger.keep([publish(first, staging)])
    try ledger.finishRun(staging, RunEnd(state: .staged, bytesRead: 1, filesRead: 1))
    let later = LockHolder(
      user: "bob", host: "mill", process: 1, workspace: "/data/flights",
      since: holder.since.addingTimeInterval(60))
    try ledger.resumeRun(staging, holder: later)
    #expect(try ledger.run(staging)?.state == .running)
    #expect(try ledger.run(staging)?.user == "ada")
    #expect(try ledger.hasLease(of: staging, since: later.since))
    try ledger.finishRun(staging, RunEnd(state: .staged, bytesRead: 2, filesRead: 3))
    #expect(try ledger.run(staging)?.bytesRead == 3)
    #expect(try ledger.run(staging)?.filesRead == 4)
  }

  static let reopened = Self("a run that has ended with a publish open goes on, and keeps it") {
    ledger in
    let run = try ledger.begin("joined", .run, stagesOnly: true)
    let staged = publish(first, run)
    try ledger.keep([staged])
    try ledger.prepare([staged])
    try ledger.finishRun(run, RunEnd(state: .failed))
    try ledger.resumeRun(run, holder: holder)
    try ledger.rollBack([staged])
    try ledger.keep([staged])
    try ledger.finishRun(run, RunEnd(state: .staged))
    #expect(try ledger.staged(run: run) == [staged])
  }

  static let discarded = Self("what is discarded is staged no more, and cancelled") {
    ledger in
    let run = try ledger.begin()
    try ledger.keep([publish(first, run), publish(second, run)])
    try ledger.discard([first], run: run, message: "not wanted")
    #expect(try ledger.staged(run: run).map(\.partition) == [second])
    let unit = try #require(try ledger.workUnits(run: run).first)
    #expect(unit.state == .cancelled && unit.message == "not wanted")
    #expect(throws: (any Error).self) {
      try ledger.discard([second, first], run: run, message: "again")
    }
    #expect(try ledger.staged(run: run).map(\.partition) == [second])
  }

  static let adopted = Self(
    "what is adopted is published content of unknown origin, and no position moves"
  ) {
    ledger in
    try ledger.build { [publish(first, $0)] }
    let run = try ledger.begin("joined", .adopt)
    let content = version("day=2/out", 3)
    try ledger.adopt(
      [AdoptedContent(partition: second, content: content)], definition: "definition", run: run)
    let lineage = Lineage(
      run: run, definition: "definition", inputs: [:], rows: 0, bytes: 3,
      content: VersionReference(content), adoptedBy: run)
    #expect(try ledger.lineages(job: "joined")[second] == lineage)
    #expect(try ledger.positions(job: "joined")[second] == nil)
    #expect(try ledger.files(of: [VersionReference(content)]).values.first == content.files)
    let unit = try #require(try ledger.workUnits(run: run).first)
    #expect(unit.state == .adopted && unit.reason == "1 file of unknown origin" && unit.bytes == 3)
    try ledger.finishRun(run, RunEnd(state: .succeeded))
    #expect(try ledger.run(run)?.kind == .adopt && ledger.run(run)?.committed == 1)
    #expect(throws: (any Error).self) { try ledger.adopt([], definition: "definition", run: run) }

    // An undo brings it back, with what is known of it, through the journal.
    let undo = try ledger.begin("joined", .undo)
    let back = PreparedPublish(
      run: undo, partition: second,
      action: .publish(staged: StoreToken("7 3"), replaced: StoreToken("7 0")), state: .committed,
      definition: "definition", inputs: [:], position: nil, content: content, rows: 0, bytes: 3,
      reason: "undo", isRemovalAllowed: true, adoptedBy: run)
    try ledger.prepare([back])
    #expect(try ledger.unfinishedPublishes(job: "joined", keys: dayKeys) == [back])
    try ledger.commit([back])
    let restored = try #require(try ledger.lineages(job: "joined")[second])
    #expect(restored.run == undo && restored.adoptedBy == run && restored.isPublished)
    #expect(restored.countedRows == nil && !restored.isRemovalAllowed)
  }

  static let units = Self(
    "a unit that failed keeps its newest record; a committed one stays"
  ) {
    ledger in
    let run = try ledger.begin()
    func unit(_ state: WorkUnitState, _ message: String?) -> WorkUnitRecord {
      WorkUnitRecord(
        partition: first, state: state, rows: 0, bytes: 0, reason: "r", message: message)
    }
    try ledger.record([unit(.failed, "one")], run: run)
    try ledger.record([unit(.failed, "two")], run: run)
    #expect(try ledger.workUnits(run: run) == [unit(.failed, "two")])
    #expect(throws: (any Error).self) { try ledger.record([unit(.committed, nil)], run: run) }
    try ledger.prepare([publish(first, run)])
    try ledger.commit([publish(first, run)])
    #expect(throws: (any Error).self) { try ledger.record([unit(.failed, "late")], run: run) }
    #expect(try ledger.workUnits(run: run).map(\.state) == [.committed])
    #expect(throws: (any Error).self) { try ledger.record([], run: run.next) }
  }

  static let withheld = Self("a removal that is withheld is held until it is released") {
    ledger in
    let run = try ledger.begin()
    let count = RemovalCount(earlier: 1, new: 2, published: 4, limit: 0.25)
    let unit = WithheldUnit(
      partition: first, definition: "definition", inputs: ["flights": version("flights", 1)],
      reason: "flights: 1 rewritten")
    try ledger.withhold([unit], run: run, count: count)
    let held = try #require(try ledger.withheld(job: "joined")[first])
    #expect(held.run == run && held.count == count && held.releasedBy == nil)
    #expect(held.inputs == unit.inputs.mapValues { VersionReference($0) })
    #expect(try ledger.workUnits(run: run).map(\.state) == [.held])
    try ledger.finishRun(run, RunEnd(state: .partial))
    let release = try ledger.begin("joined", .release)
    try ledger.release([first, second], run: release)
    let released = try ledger.withheld(job: "joined")
    #expect(released[first]?.releasedBy == release && released[first]?.count == count)
    #expect(released[second] == nil)
  }
}

extension LedgerConformance {
  static let otherKeys = Self("what has other keys than the output has now is kept apart") {
    ledger in
    let hours = [PartitionKey(name: "hour", type: .int)]
    let text = Partition(
      keys: [PartitionKey(name: "day", type: .string)], values: [.string("01")])
    let run = try ledger.build { [publish(first, $0), publish(text, $0, content: 2)] }
    let positions = try ledger.positions(job: "joined", keys: dayKeys, asOf: nil)
    #expect(positions.byPartition.keys.map(\.path) == ["day=1"])
    #expect(positions.byPartition.keys.first?.keys == dayKeys)
    #expect(Array(positions.others.keys) == ["day=01"])
    #expect(positions.respelled(as: dayKeys).map(\.partition) == [first])
    #expect(positions.all.count == 2)
    for lineages in [
      try ledger.lineages(job: "joined", keys: hours, asOf: nil),
      try ledger.lineages(builtBy: run, keys: hours),
    ] {
      #expect(lineages.byPartition.isEmpty && lineages.respelled(as: hours).isEmpty)
      #expect(lineages.others.keys.sorted() == ["day=01", "day=1"])
    }
    #expect(try ledger.lineages(builtBy: run, keys: nil).others.isEmpty)
    let units = try ledger.workUnits(run: run, keys: hours).map(\.partition)
    #expect(units.map(\.path).sorted() == ["day=01", "day=1"])
    #expect(units.allSatisfy { $0.keys != hours })
    let open = try ledger.begin()
    try ledger.prepare([publish(text, open)])
    #expect(try ledger.unfinishedPartitions(job: "joined", keys: dayKeys).map(\.path) == ["day=01"])
    let found = try #require(try ledger.unfinishedPublishes(job: "joined", keys: dayKeys).first)
    #expect(found.partition.keys != dayKeys && found.position?.partition.path == "day=01")
    try ledger.rollBack([found])
    #expect(try ledger.unfinishedPartitions(job: "joined", keys: nil).isEmpty)
  }
}

extension LedgerConformance {
  private static let origin = PinOrigin(run: nil, user: "ada", at: holder.since)

  static let pinned = Self("columns are pinned once, and their types once they are seen") {
    ledger in
    #expect(try ledger.pinnedColumns(table: "t") == nil)
    try ledger.pin(
      columns: [SeenColumn(name: "a", type: "BIGINT"), SeenColumn(name: "b", type: nil)],
      table: "t", by: origin)
    try ledger.pin(
      columns: [
        SeenColumn(name: "A", type: "VARCHAR"), SeenColumn(name: "B", type: "DATE"),
        SeenColumn(name: "c", type: "DATE"),
      ], table: "t", by: origin)
    let columns = try #require(try ledger.pinnedColumns(table: "t"))
    #expect(
      columns.map(\.seen)
        == [SeenColumn(name: "a", type: "BIGINT"), SeenColumn(name: "b", type: "DATE")])
    #expect(columns.map(\.origin?.user) == ["ada", "ada"])
  }

  static let widened = Self("a pinned column gets another type by its name in any case") {
    ledger in
    try ledger.pin(columns: [SeenColumn(name: "a", type: "INTEGER")], table: "t", by: origin)
    try ledger.widen(column: "A", to: "BIGINT", table: "t", by: origin)
    #expect(
      try ledger.pinnedColumns(table: "t")?.map(\.seen) == [SeenColumn(name: "a", type: "BIGINT")])
    #expect(throws: (any Error).self) {
      try ledger.widen(column: "b", to: "BIGINT", table: "t", by: origin)
    }
  }

  static let sources = Self("sources are those that were accepted last") { ledger in
    func source(_ location: String) -> SourceDescription {
      SourceDescription(
        table: "t", location: location, format: "parquet", keys: ["day int"], columns: nil)
    }
    let run = try ledger.begin()
    try ledger.accept(["a": source("in/a"), "b": source("in/b")], run: run)
    try ledger.accept(["b": source("in/c")], run: run)
    #expect(try ledger.sources(job: "joined") == ["a": source("in/a"), "b": source("in/c")])
    #expect(try ledger.sources(job: "other").isEmpty)
    try ledger.finishRun(run, RunEnd(state: .succeeded))
    #expect(throws: (any Error).self) { try ledger.accept([:], run: run) }
  }

  static let places = Self(
    "the ledger has a name, and knows where a job published last and when a table was looked at"
  ) {
    ledger in
    let run = try ledger.begin()
    #expect(try ledger.ledgerID() != nil)
    #expect(try ledger.ledgerID() == ledger.ledgerID())
    #expect(try ledger.outputPlace(job: "joined") == nil)
    try ledger.claim(OutputPlace(declared: "out", resolved: "out"), job: "joined", run: run)
    try ledger.claim(OutputPlace(declared: "new", resolved: "new"), job: "joined", run: nil)
    #expect(try ledger.outputPlace(job: "joined")?.declared == "new")
    try ledger.acknowledge(
      AlarmAcknowledgement(runs: 1...run, user: "ada", at: holder.since), job: "joined")
    #expect(try ledger.acknowledgements(job: "joined").map(\.runs) == [1...run])
    let stray = StrayMatches(
      run: run, left: "a", right: "b", partition: first, lookedAt: 3, sampled: 2, found: 1)
    try ledger.record([stray])
    #expect(try ledger.strays(job: "joined") == [stray])
    #expect(try ledger.lastLook(table: "flights") == nil)
    let noon = Date(timeIntervalSince1970: 43_200)
    try ledger.noteLook(tables: ["flights", "weather"], at: noon)
    try ledger.noteLook(tables: ["weather"], at: noon - 10)
    try ledger.noteLook(tables: ["flights"], at: noon + 10)
    #expect(try ledger.lastLook(table: "weather") == noon)
    #expect(try ledger.lastLook(table: "flights") == noon + 10)
  }
}
