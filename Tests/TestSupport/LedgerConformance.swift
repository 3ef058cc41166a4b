import Foundation
public import IncrementalJoin
import PartitionPredicate
public import Testing

/// What every ledger does, whatever it stores its tables in.
///
/// A suite a ledger runs `LedgerConformance.checks` as the arguments of a test.
public struct LedgerConformance: Sendable, CustomTestStringConvertible {
  private let name: String
  private let body: @Sendable (any LedgerWriter) throws -> Void

  init(_ name: String, _ body: @escaping @Sendable (any LedgerWriter) throws -> Void) {
    self.name = name
    self.body = body
  }

  /// What is checked, as a sentence.
  public var testDescription: String { name }

  /// Checks a ledger in which nothing is recorded.
  public func check(_ ledger: any LedgerWriter) throws { try body(ledger) }

  /// All checks.
  public static let checks = [
    runs, resumed, reopened, interrupted, committed, transactions, paused, rolledBack, moved,
    history, consumedOnce,
    staged, discarded, units, adopted, withheld, pinned, widened, sources, confirmed, matches,
    places,
    otherJobs, otherKeys, counters, readTogether, memberDigests, batches, failedUnits,
  ]
}

let holder = LockHolder(
  user: "ada", host: "mill", process: 4711, workspace: "/data/flights",
  since: Date(timeIntervalSince1970: 1_700_000_000))
let first: Partition = "day=1"
let second: Partition = "day=2"

extension LedgerWriter {
  func begin(
    _ job: String = "joined", _ kind: RunKind = .run, stagesOnly: Bool = false
  ) throws -> RunID {
    try beginRun(
      RunStart(
        job: job, kind: kind, plan: "plan", listedAt: holder.since, detail: "all of it",
        note: "why not", stagesOnly: stagesOnly), holder: holder)
  }

  /// A run that publishes partitions and ends well.
  @discardableResult
  func build(_ publishes: (RunID) -> [PreparedPublish]) throws -> RunID {
    let run = try begin()
    let publishes = publishes(run)
    try prepare(publishes)
    try commit(publishes)
    try finishRun(run, RunEnd(state: .succeeded, bytesRead: 100, filesRead: 2))
    return run
  }
}

func version(_ name: String, _ content: Int) -> PartitionVersion {
  PartitionVersion(files: [
    DataFile(
      path: ExactText("\(name)/f.parquet"), size: Int64(content), modified: 7,
      digest: SHA256.hash("\(name) \(content)"))
  ])
}

func publish(
  _ partition: Partition, _ run: RunID, content: Int = 1, rows: Int64 = 10, isPaused: Bool = false
) -> PreparedPublish {
  let inputs = ["flights": version("\(partition)/flights", content)]
  return PreparedPublish(
    run: run, partition: partition,
    action: rows == 0
      ? nil : .publish(staged: StoreToken("7 \(content)"), replaced: StoreToken("7 0")),
    state: rows == 0 ? .removed : .committed,
    definition: "definition", inputs: inputs,
    position: isPaused
      ? nil : PositionMove(partition: partition, definition: "definition", inputs: inputs),
    content: rows == 0 ? nil : version("\(partition)/out", content), rows: rows, bytes: rows * 8,
    reason: "flights: 1 added",
    matches: [
      InputMatch(
        left: "flights", right: "weather", leftRows: 10, rightRows: 9, leftMatched: 8,
        rightMatched: 7, pairs: 8, fanOut: 1)
    ], rowDigests: ["flights": "rows of \(content)"])
}

extension PreparedPublish {
  fileprivate var references: [String: VersionReference] {
    inputs.mapValues { VersionReference($0) }
  }
}

// MARK: - Runs

extension LedgerConformance {
  private static let runs = Self("a run is running until it ends, with what was said of it") {
    ledger in
    let run = try ledger.begin()
    let begun = try #require(try ledger.run(run))
    #expect(begun.state == .running && begun.finishedAt == nil && begun.user == "ada")
    #expect(begun.detail == "all of it" && begun.note == "why not" && begun.plan == "plan")
    #expect(try ledger.hasLease(of: run, since: holder.since))
    #expect(try !ledger.hasLease(of: run, since: holder.since.addingTimeInterval(1)))
    try ledger.log([LogLine(instant: holder.since, level: .info, text: "hello")], run: run)
    try ledger.finishRun(run, RunEnd(state: .failed, bytesRead: 5, filesRead: 1))
    let ended = try #require(try ledger.run(run))
    #expect(ended.state == .failed && ended.finishedAt != nil && ended.bytesRead == 5)
    #expect(try ledger.log(run: run).map(\.text) == ["hello"])
    #expect(throws: (any Error).self) { try ledger.finishRun(run, RunEnd(state: .failed)) }
    #expect(try ledger.run(run.next) == nil)
    let next = try ledger.begin()
    #expect(next > run)
    #expect(try ledger.runs(job: "joined", limit: .max).map(\.id) == [next, run])
    #expect(try ledger.runs(job: nil, limit: 1).map(\.id) == [next])
    #expect(try ledger.runs(job: "other", limit: 1).isEmpty)
  }

  private static let interrupted = Self("a run that never ended is interrupted by the next one") {
    ledger in
    let run = try ledger.begin()
    let other = try ledger.begin("other")
    _ = try ledger.begin()
    #expect(try ledger.run(run)?.state == .interrupted)
    #expect(try ledger.run(other)?.state == .running)
    #expect(try ledger.interruptRuns(job: "other"))
    #expect(try !ledger.interruptRuns(job: "other"))
    #expect(throws: (any Error).self) { try ledger.prepare([publish(first, run)]) }
  }

  private static let counters = Self("counters count builds and moves as Glue does") { ledger in
    #expect(try ledger.counters(job: "joined") == BookmarkCounters())
    try ledger.build { [publish(first, $0)] }
    let failed = try ledger.begin()
    try ledger.finishRun(failed, RunEnd(state: .failed))
    #expect(try ledger.counters(job: "joined") == BookmarkCounters(run: 1, attempt: 1, version: 1))
    try ledger.build { [publish(first, $0, content: 2)] }
    #expect(try ledger.counters(job: "joined") == BookmarkCounters(run: 2, attempt: 0, version: 2))
  }
}

// MARK: - Publishing

extension LedgerConformance {
  private static let committed = Self("a commit moves position and lineage, and records the unit") {
    ledger in
    let run = try ledger.begin()
    let publishes = [publish(first, run), publish(second, run, rows: 0)]
    try ledger.prepare(publishes)
    #expect(try ledger.unfinishedPublishes(job: "joined") == publishes)
    #expect(try ledger.unfinishedPartitions(job: "joined") == [first, second])
    #expect(try ledger.positions(job: "joined").isEmpty)
    try ledger.commit(publishes)
    #expect(try ledger.unfinishedPartitions(job: "joined").isEmpty)
    #expect(
      try ledger.positions(job: "joined")[first]
        == Position(run: run, definition: "definition", inputs: publishes[0].references))
    let lineage = try #require(try ledger.lineages(job: "joined")[first])
    #expect(lineage.run == run && lineage.rows == 10 && lineage.bytes == 80)
    #expect(lineage.content == publishes[0].content.map { VersionReference($0) })
    #expect(try ledger.lineages(builtBy: run).keys.sorted() == [first, second])
    #expect(try ledger.workUnits(run: run).map(\.state) == [.committed, .removed])
    let record = try #require(try ledger.run(run))
    #expect(record.committed == 2 && record.rows == 10 && record.failed == 0)
    let references = Array(publishes[0].references.values)
    #expect(try ledger.files(of: references).values.first == publishes[0].inputs["flights"]?.files)
    #expect(try ledger.rowDigests(of: references).values.first == "rows of 1")
    #expect(
      try ledger.uses(ofFile: "day=1/flights/f.parquet", job: "joined").map(\.partition) == [first])
  }

  private static let transactions = Self("a call that is refused changes nothing") { ledger in
    let run = try ledger.begin()
    let publishes = [publish(first, run)]
    try ledger.prepare(publishes)
    #expect(throws: (any Error).self) { try ledger.prepare([publish(second, run), publishes[0]]) }
    #expect(try ledger.unfinishedPartitions(job: "joined") == [first])
    #expect(throws: (any Error).self) { try ledger.commit(publishes + [publish(second, run)]) }
    #expect(try ledger.lineages(job: "joined").isEmpty)
    #expect(try ledger.unfinishedPartitions(job: "joined") == [first])
    try ledger.commit(publishes)
    #expect(throws: (any Error).self) { try ledger.commit(publishes) }
  }

  private static let paused = Self("a paused publish moves the lineage and leaves the position") {
    ledger in
    let built = try ledger.build { [publish(first, $0)] }
    let paused = try ledger.build { [publish(first, $0, content: 2, isPaused: true)] }
    #expect(try ledger.positions(job: "joined")[first]?.run == built)
    #expect(try ledger.lineages(job: "joined")[first]?.run == paused)
  }

  private static let rolledBack = Self("a publish that is rolled back leaves no trace") { ledger in
    let run = try ledger.begin()
    let publishes = [publish(first, run)]
    try ledger.prepare(publishes)
    try ledger.rollBack(publishes)
    #expect(try ledger.unfinishedPublishes(job: "joined").isEmpty)
    #expect(try ledger.positions(job: "joined").isEmpty)
    #expect(try ledger.workUnits(run: run).isEmpty)
    #expect(throws: (any Error).self) { try ledger.rollBack(publishes) }
    try ledger.prepare(publishes)
    try ledger.commit(publishes)
  }

  private static let matches = Self("matches are kept by run and partition") { ledger in
    let built = try ledger.build { [publish(first, $0), publish(second, $0)] }
    let later = try ledger.build { [publish(first, $0, content: 2)] }
    let all = try ledger.matches(job: "joined", run: nil)
    #expect(all.map(\.run) == [later, built, built])
    #expect(all.map(\.partition) == [first, first, second])
    #expect(try ledger.matches(job: "joined", run: built).count == 2)
    #expect(try ledger.matches(job: "other", run: nil).isEmpty)
  }

  private static let otherJobs = Self("jobs with partitions of the same name do not meet") {
    ledger in
    let run = try ledger.begin()
    let other = try ledger.begin("other")
    try ledger.prepare([publish(first, run)])
    try ledger.prepare([publish(first, other, content: 2)])
    try ledger.commit([publish(first, run)])
    #expect(try ledger.lineages(job: "joined")[first]?.run == run)
    #expect(try ledger.lineages(job: "other").isEmpty)
    #expect(try ledger.unfinishedPartitions(job: "other") == [first])
  }
}

// MARK: - Positions

extension LedgerConformance {
  private static let moved = Self("a move leaves the lineage, and records the unit with its reason")
  {
    ledger in
    let built = try ledger.build { [publish(first, $0)] }
    let run = try ledger.begin("joined", .rewind)
    let inputs = ["flights": version("flights", 3)]
    let undone = UndoneBuild(run: built, inputs: ["flights": version("flights", 4)])
    try ledger.move(
      [PositionMove(partition: first, definition: "other", inputs: inputs, undone: undone)],
      run: run, reason: "rewind")
    let position = try #require(try ledger.positions(job: "joined")[first])
    #expect(position.run == run && position.definition == "other")
    #expect(position.inputs == inputs.mapValues { VersionReference($0) })
    #expect(position.undone?.run == built)
    #expect(position.undone?.inputs == undone.inputs.mapValues { VersionReference($0) })
    #expect(try ledger.lineages(job: "joined")[first]?.run == built)
    #expect(try ledger.workUnits(run: run).map(\.state) == [.moved])
    #expect(try ledger.workUnits(run: run).map(\.reason) == ["rewind"])
    try ledger.finishRun(run, RunEnd(state: .succeeded))
    #expect(throws: (any Error).self) { try ledger.move([], run: run, reason: "late") }
  }

  private static let history = Self("positions and lineages can be read as of an earlier run") {
    ledger in
    let built = try ledger.build { [publish(first, $0)] }
    let later = try ledger.build { [publish(first, $0, content: 2), publish(second, $0)] }
    #expect(try ledger.positions(job: "joined", asOf: built).mapValues(\.run) == [first: built])
    #expect(
      try ledger.lineages(job: "joined", asOf: later).mapValues(\.run)
        == [first: later, second: later])
    #expect(try ledger.lineages(job: "joined", asOf: built.previous).isEmpty)
    #expect(
      try ledger.moved(job: "joined", in: RunWindow(after: built, through: later))
        == [first, second])
    #expect(
      try ledger.moved(job: "joined", in: RunWindow(after: built.previous, through: built)) == [
        first
      ])
  }

  private static let consumedOnce = Self(
    "an input that ever counted as consumed is known after it no longer does"
  ) { ledger in
    try ledger.build { [publish(first, $0)] }
    let run = try ledger.begin()
    try ledger.move(
      [
        PositionMove(
          partition: first, definition: "definition", inputs: ["weather": version("weather", 1)])
      ], run: run, reason: "set")
    try ledger.finishRun(run, RunEnd(state: .succeeded))
    let asked = [first.path, second.path]
    #expect(
      try ledger.consumedInputs(job: "joined", of: asked) == [first.path: ["flights", "weather"]])
    #expect(try ledger.consumedInputs(job: "joined", of: []).isEmpty)
    #expect(try ledger.consumedInputs(job: "other", of: asked).isEmpty)
  }

  private static let confirmed = Self("a version is known to be a copy once it was confirmed") {
    ledger in
    try ledger.build { [publish(first, $0)] }
    let known = try #require(try ledger.positions(job: "joined")[first]?.inputs["flights"])
    #expect(try ledger.sameContent(as: [known]).isEmpty)
    let copy = version("copy", 1)
    try ledger.confirm([known: copy])
    #expect(try ledger.sameContent(as: [known])[known]?.contains(VersionReference(copy)) == true)
  }
}
