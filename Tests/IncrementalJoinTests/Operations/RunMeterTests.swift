import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@Suite("How fast runs were, and how long one may take still")
struct RunMeterTests {
  /// A run that built partitions of so many bytes together, in so many seconds.
  private func run(
    _ id: RunID, partitions: Int, bytes: Int64, seconds: Int, state: RunState = .succeeded,
    kind: RunKind = .run
  ) -> RunRecord {
    RunRecord(
      id: id, job: "j", kind: kind, plan: "", state: state, listedAt: .distantPast,
      startedAt: .distantPast, finishedAt: .distantPast, user: "ada", committed: partitions,
      failed: 0, rows: bytes / 100, bytesRead: bytes, filesRead: partitions,
      timings: RunTimings(plan: .seconds(900), stage: .seconds(seconds)))
  }

  @Test("the time goes with the bytes where the runs agree in them, else with the partitions")
  func predictors() throws {
    let large = try #require(
      RunPace(of: [
        run(3, partitions: 1, bytes: 4_000_000, seconds: 4),
        run(2, partitions: 8, bytes: 2_000_000, seconds: 2),
      ]))
    #expect(large.runs == 2)
    #expect(large.expected(partitions: 100, bytes: 10_000_000) == .seconds(10))
    #expect(large.rowsPerSecond == 10_000)
    let small = try #require(
      RunPace(of: [
        run(3, partitions: 10, bytes: 4000, seconds: 5),
        run(2, partitions: 20, bytes: 1000, seconds: 10),
      ]))
    #expect(small.expected(partitions: 4, bytes: 1_000_000) == .seconds(2))
  }

  @Test("only the newest runs count that built something to their end")
  func choice() throws {
    #expect(RunPace(of: []) == nil)
    #expect(
      RunPace(of: [
        run(3, partitions: 1, bytes: 10, seconds: 1, state: .interrupted),
        run(2, partitions: 1, bytes: 10, seconds: 1, kind: .undo),
        run(1, partitions: 0, bytes: 10, seconds: 1),
      ]) == nil)
    let many = (1...9).map { run(RunID($0), partitions: 1, bytes: 100, seconds: $0) }
    let pace = try #require(RunPace(of: many))
    #expect(pace.runs == RunPace.mostRuns)
    // The median of 1 to 5 seconds.
    #expect(pace.expected(partitions: 1, bytes: 100) == .seconds(3))
  }

  @Test("what is left follows earlier runs first, and then the run itself")
  func meter() async throws {
    let world = OperationWorld(size: 4)
    let planner = Planner(
      storage: world.storage.reader, ledger: world.ledger,
      schemas: LineEngine(over: world.storage))
    let plan = try await planner.plan(planner.report(world.job))
    let pace = try #require(RunPace(of: [run(1, partitions: 1, bytes: plan.bytes, seconds: 40)]))
    var meter = RunMeter(pace: pace)
    let start = Date(timeIntervalSince1970: 1_700_000_000)
    func take(_ event: RunEvent, after seconds: Double) {
      meter.take(event, at: start + seconds)
    }
    #expect(meter.remaining == nil && meter.share == 0 && meter.rowsPerSecond == nil)
    take(.planned(plan), after: 0)
    #expect(meter.remaining == .seconds(40))
    let units = plan.units.map(\.partition)
    take(.staging(units[0]), after: 1)
    take(.progress(units[0], 0.2), after: 1)
    #expect(abs(meter.share - 0.05) < 1e-9)
    #expect(meter.remaining.map { abs($0 / .seconds(1) - 38) < 1e-6 } == true)
    take(.staged(units[0], StagedRows(rows: 30, bytes: 1)), after: 4)
    #expect(abs(meter.share - 0.25) < 1e-9)
    #expect(meter.remaining.map { abs($0 / .seconds(1) - 9) < 1e-6 } == true)
    #expect(meter.rowsPerSecond == 10)
    for unit in units.dropFirst() { take(.failed(unit, message: "no"), after: 5) }
    #expect(meter.share == 1 && meter.remaining == .zero)
  }

  @Test("a run tells how many files of each input were listed, before its plan")
  func listings() async throws {
    let world = OperationWorld(size: 3)
    var counts: Set<ListingCount> = []
    var isPlanned = false
    for try await event in world.runner.start(world.job).events {
      if case .planned = event { isPlanned = true }
      if case .listing(let count) = event {
        #expect(!isPlanned)
        counts.insert(count)
      }
    }
    #expect(
      counts == [
        ListingCount(table: "a", files: 3, isDone: true),
        ListingCount(table: "b", files: 3, isDone: true),
      ])
  }

  @Test("a long listing is told every 1,000 files")
  func longListing() async throws {
    let world = OperationWorld(size: 2001)
    let log = CallLog()
    let observer = ListingObserver { log.add("\($0.table) \($0.files) \($0.isDone)") }
    _ = await ListingObserver.$current.withValue(observer) {
      await world.storage.reader.tables.snapshot(of: world.job.inputs[0].table)
    }
    #expect(log.entries == ["a 1000 false", "a 2000 false"])
  }
}
