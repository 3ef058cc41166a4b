import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@Suite struct PartitionAccountTests {
  private var tables = FlightsAndWeather(days: 1...3)

  private func read(_ day: Int) async throws -> PartitionAccount {
    try await PartitionAccount.read(
      tables.day(day), in: tables.report(), ledger: tables.ledger)
  }

  private func unit(_ day: Int, _ state: WorkUnitState, rows: Int64 = 0, message: String? = nil)
    -> WorkUnitRecord
  {
    WorkUnitRecord(
      partition: "month=1/day=\(day)", state: state, rows: rows, bytes: 0,
      reason: "flights: 1 added", message: message)
  }

  private func version(_ table: String, _ day: Int) throws -> PartitionVersion {
    let files = tables.files.files(in: tables.location(of: table))
      .filter { $0.path.begins(with: "month=1/day=\(day)/") }
    return PartitionVersion(files: files)
  }

  @Test("a pending partition is a tree of reasons, partitions and files")
  mutating func pending() async throws {
    try await tables.commit()
    tables.ledger.history = [.test(1)]
    tables.ledger.units[1] = [unit(2, .committed, rows: 10)]
    let before = try version("weather", 2).id.prefix(12)
    let flights = try version("flights", 2).id.prefix(12)
    tables.put(
      "weather", "month=1/day=2/b.parquet", size: 7, modified: 1_000_000_000_000_000_000)
    tables.put("weather", "month=1/day=2/a.parquet", size: 50, modified: 2_000_000_000)
    let now = try version("weather", 2).id.prefix(12)
    let account = try await read(2)
    #expect(account.status == .pending)
    #expect(account.causes.map(\.changeClass) == [.correction])
    #expect(
      account.lines == [
        "Partition month=1/day=2 of job flights_weather is pending.",
        "  weather: 1 added, 1 rewritten (correction)",
        "    month=1/day=2",
        "      rewritten month=1/day=2/a.parquet, 50 bytes, modified 1970-01-01 00:00:02 UTC",
        "      added month=1/day=2/b.parquet, 7 bytes, modified 2001-09-09 01:46:40 UTC",
        "Consumed as of run 1, which listed the inputs at 1970-01-01 00:00:00 UTC:",
        "  flights: 1 file of 100 bytes, version \(flights), as they are now",
        "  weather: 1 file of 100 bytes, version \(before), now 2 files of 57 bytes, version \(now)",
        "Built by run 1, 10 rows, 1,000 bytes, from what counts as consumed.",
        "Runs that did something with it, newest first:",
        "  run 1 of 1970-01-01 00:00:00 UTC by u: committed, 10 rows (flights: 1 added)",
      ])
    #expect(account.description == account.lines.joined(separator: "\n"))
  }

  @Test("a partition of which nothing was consumed says so, and which side is missing since when")
  mutating func oneSided() async throws {
    tables.put("flights", "month=1/day=4/a.parquet", modified: 1_000_000_000_000_000_000)
    tables.ledger.history = [.test(1, state: .failed)]
    tables.ledger.units[1] = [unit(4, .failed, message: "the file is truncated")]
    let account = try await read(4)
    #expect(account.missingInputs.map(\.name) == ["weather"])
    #expect(account.landed == Date(timeIntervalSince1970: 1_000_000_000))
    #expect(account.lines[1] == "Run 1 failed: the file is truncated")
    #expect(
      account.lines.suffix(7) == [
        "None of its files counts as consumed.",
        "  flights: nothing consumed, now 1 file of 100 bytes, version "
          + (try version("flights", 4).id.prefix(12)),
        "  weather: no file, then and now",
        "One-sided: weather is missing since 2001-09-09 01:46:40 UTC, when the first input landed; "
          + "later than 95 of 100 times before.",
        "No run has built it.",
        "Runs that did something with it, newest first:",
        "  run 1 of 1970-01-01 00:00:00 UTC by u: failed (flights: 1 added)",
      ])
  }

  @Test("a settled partition says which run consumed its files")
  mutating func settled() async throws {
    try await tables.commit()
    tables.ledger.history = [.test(1)]
    let account = try await read(2)
    #expect(account.status == .settled)
    #expect(account.causes.isEmpty)
    #expect(account.divergence == nil)
    #expect(
      account.verdict
        == "Partition month=1/day=2 of job flights_weather is not pending: its files are those that "
        + "run 1 consumed, and the definition is the same.")
  }

  @Test("a held partition says what holds it")
  mutating func held() async throws {
    try await tables.commit()
    tables.ledger.history = [.test(2, kind: .undo), .test(1)]
    tables.ledger.undo("month=1/day=2", by: 2)
    let account = try await read(2)
    guard case .held = account.status else {
      Issue.record("\(account)")
      return
    }
    #expect(
      account.verdict
        == "Partition month=1/day=2 of job flights_weather is pending, but held: run 2 undid "
        + "what run 1 had built of it; a new arrival or `dovetail bookmarks release` releases it.")
    #expect(account.divergence == .moved(run: 2, kind: .undo))
    #expect(
      account.lines.contains(
        "  Run 2 undid what an earlier run had done to it."))
  }

  @Test("an interrupted publish is said")
  mutating func unfinished() async throws {
    tables.ledger.unfinished = ["month=1/day=2"]
    #expect(
      try await read(2).lines.contains("Its publish was interrupted; the next run recovers it."))
    #expect(try await !read(1).isUnfinished)
  }

  @Test(
    "an operation that moved the position is named, with its note",
    arguments: [RunKind.rewind, .reset, .set, .skip, .release])
  mutating func moved(kind: RunKind) async throws {
    let job = tables.job
    tables.ledger.consumed["month=1/day=1"] = Position(
      run: 5, definition: job.fingerprint,
      inputs: [
        "flights": VersionReference(try version("flights", 1)),
        "weather": VersionReference(try version("weather", 1)),
      ])
    tables.ledger.history = [
      RunRecord(
        id: 5, job: job.name, kind: kind, plan: "p", note: "they are right", state: .succeeded,
        listedAt: Date(timeIntervalSince1970: 0), startedAt: Date(timeIntervalSince1970: 0),
        finishedAt: nil, user: "u", committed: 0, failed: 0, rows: 0, bytesRead: 0, filesRead: 0)
    ]
    let account = try await read(1)
    #expect(
      account.verdict
        == "Partition month=1/day=1 of job flights_weather is not pending: its files are those that "
        + "count as consumed since run 5, a \(kind.rawValue), and the definition is the same.")
    #expect(
      account.lines.contains(
        "Consumed as of run 5, a \(kind.rawValue) (they are right), which listed the inputs at "
          + "1970-01-01 00:00:00 UTC:"))
    #expect(
      account.lines.suffix(2) == [
        "No run has built it.",
        "  Run 5, a \(kind.rawValue), moved the position and built nothing.",
      ])
  }

  @Test("a paused build is what is published, and not what counts as consumed")
  mutating func paused() async throws {
    try await tables.commit()
    tables.ledger.built["month=1/day=1"] = Lineage(
      run: 2, definition: tables.job.fingerprint, inputs: [:], rows: 0, bytes: 0)
    tables.ledger.history = [paused(2), .test(1)]
    let account = try await read(1)
    #expect(account.divergence == .built(run: 2, mode: .pause))
    #expect(
      account.verdict
        == "Partition month=1/day=1 of job flights_weather is pending: its files are those that count "
        + "as consumed, but what is published was built from others.")
    #expect(account.lines[1] == "  flights: 1 added (arrival)")
    #expect(account.lines.count { $0.hasSuffix(", as they are now") } == 2)
    #expect(
      account.lines.suffix(2) == [
        "Run 2 left it without rows.",
        "  Run 2 built it with bookmark pause and left the position where it was.",
      ])
  }

  @Test("an undo that brought back what an operation had set apart is named")
  mutating func undoneTogether() async throws {
    try await tables.commit()
    let job = tables.job
    tables.ledger.consumed["month=1/day=1"] = Position(
      run: 3, definition: job.fingerprint, inputs: [:])
    let inputs = try #require(tables.ledger.built["month=1/day=1"]).inputs
    tables.ledger.built["month=1/day=1"] = Lineage(
      run: 3, definition: job.fingerprint, inputs: inputs, rows: 1, bytes: 1)
    tables.ledger.history = [.test(3, kind: .undo), .test(1)]
    #expect(try await read(1).divergence == .moved(run: 3, kind: .undo))
  }

  @Test("a partition that was built once, and of which nothing is left, is not pending")
  mutating func builtOnce() async throws {
    tables.ledger.built["month=1/day=9"] = Lineage(
      run: 1, definition: tables.job.fingerprint, inputs: [:], rows: 0, bytes: 0)
    tables.ledger.history = [.test(1)]
    let account = try await read(9)
    #expect(account.status == .settled)
    #expect(
      account.verdict
        == "Partition month=1/day=9 of job flights_weather is not pending: no input has a file of it, "
        + "and nothing of it counts as consumed.")
  }

  private func paused(_ id: RunID) -> RunRecord {
    RunRecord(
      id: id, job: "flights_weather", kind: .run, mode: .pause, plan: "p", state: .succeeded,
      listedAt: Date(timeIntervalSince1970: 0), startedAt: Date(timeIntervalSince1970: 0),
      finishedAt: nil, user: "u", committed: 0, failed: 0, rows: 0, bytesRead: 0, filesRead: 0)
  }

  @Test("an ordinary run that only moved the position met a compaction, or files out of reach")
  func compaction() {
    #expect(
      PartitionAccount.Divergence.moved(run: 4, kind: .run).description
        == "Run 4 moved the position and built nothing, since what had changed of the inputs cannot change the rows."
    )
    #expect(
      PartitionAccount.Divergence.moved(run: 4, kind: nil).description
        == "Run 4 moved the position and built nothing.")
  }

  @Test("a partition that nobody knows is told with its neighbors")
  mutating func unknown() async throws {
    let account = try await read(9)
    #expect(
      account.lines == [
        "Partition month=1/day=9 of job flights_weather is not known: no input has a file of it and "
          + "it was never built, so there is nothing that could be pending. Near it are: "
          + "month=1/day=2, month=1/day=3."
      ])
    tables.put("flights", "month=1/9.parquet")
    #expect(
      try await read(9).verdict.hasSuffix(
        "The listings could not count 1 file or folder as data, which may be it."))
  }

  @Test("the keys of the partition may come in another order")
  func reordered() async throws {
    let keys = [PartitionKey(name: "day", type: .int), PartitionKey(name: "month", type: .int)]
    let account = try await PartitionAccount.read(
      Partition(path: "day=2/month=1", keys: keys), in: tables.report(), ledger: tables.ledger)
    #expect(account.partition.path == "month=1/day=2")
    #expect(account.status == .pending)
  }
}
