import Cells
import Console
import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("The overview")
struct OverviewTests {
  @Test("a line has what all jobs have together; a table that several of them read counts once")
  func totals() async throws {
    var world = World.story()
    world.jobs.append(World.job("flights_again", world.jobs[0].inputs.map(\.table)))
    let session = try await Session(world)
    let line = try #require(session.text.split(separator: "\n").first { $0.contains("All 3 jobs") })
    let words = line.split(separator: " ").dropFirst(3)
    #expect(Array(words.prefix(3)) == ["69", "2", "1"])
    #expect(line.hasSuffix("254 MB in, 14.9 MB out"))
  }

  @Test("a single job has no line for all")
  func single() async throws {
    #expect(!(try await Session(World.large(3))).text.contains("All 1 job"))
  }

  @Test("a job is failed while its last run is, and the sentence says which keys help")
  func failed() async throws {
    var world = World.story()
    world.ledger.unfinished = [:]
    let session = try await Session(world)
    let row = session.text.split(separator: "\n").first { $0.hasPrefix("flights_weather") }
    #expect(row?.contains("× failed") == true, "\(session.text)")
    #expect(
      session.text.contains("Run 2 failed in 1 partition: 3, then Enter says why, F retries."))
  }

  @Test("a job with nothing to do says so of itself, and what other jobs have pending")
  func upToDate() async throws {
    var world = World.large(3)
    let keys = [PartitionKey(name: "n", type: .int)]
    let table = World.table("settled", keys: keys)
    let job = World.job("settled_job", [table], keys: keys)
    let partition = Partition(keys: keys, values: [.integer(1)])
    let files = [World.file(partition, "p", size: 10)]
    world.jobs.insert(job, at: 0)
    world.list(table, [partition: files])
    world.ledger.consume(partition, of: job, run: 1, rows: 5, inputs: ["settled": files])
    var session = try await Session(world, size: Size(columns: 100, rows: 40))
    #expect(session.text.contains("What to do next for settled_job"), "\(session.text)")
    #expect(session.text.contains("settled_job is up to date."))
    #expect(session.text.contains("1 other job has 3 pending: j and k select it."))
    session.press("j")
    #expect(session.text.contains("What to do next for big_job"))
    #expect(!session.text.contains("other job"))
  }

  @Test("what could not be listed is said on every screen, and has no news")
  func unlisted() async throws {
    var world = World.story()
    world.ledger.unfinished = [:]
    let weather = World.table("weather")
    world.list(
      weather, [:],
      problems: [ListingProblem(table: "weather", path: "/data/weather", kind: .locationMissing)])
    var session = try await Session(world, size: Size(columns: 100, rows: 60))
    #expect(session.text.contains("weather not listed"), "\(session.text)")
    let row = session.text.split(separator: "\n").first { $0.hasPrefix("weather  ") }
    #expect(row?.contains("not listed") == true)
    #expect(row?.contains("none") == false)
    session.press("3")
    #expect(session.text.contains("since then: unknown, since it could not be listed"))
    session.press("4")
    #expect(session.text.contains("pending · 1 held · weather not listed"), "\(session.text)")
    session.press("8")
    let lines = session.text.split(separator: "\n", omittingEmptySubsequences: false)
    let heading = try #require(lines.firstIndex { $0.hasPrefix("weather (input)") })
    #expect(lines[heading...].contains { $0.hasPrefix("no partition") }, "\(session.text)")
    session.press("1", "r")
    session.send(.loaded(try await world.statuses(), at: World.now))
    #expect(session.text.contains("Listed 3 tables (1 could not be listed); "), "\(session.text)")
  }

  @Test("partitions are one-sided where an input is missing, not where its table was never seen")
  func sides() async throws {
    var world = World.story()
    world.ledger.unfinished = [:]
    world.list(World.table("weather"), [:])
    var session = try await Session(world, size: Size(columns: 100, rows: 40))
    session.press("4")
    #expect(session.text.contains("one-sided"), "\(session.text)")
    world.ledger.unseen = ["weather"]
    session = try await Session(world, size: Size(columns: 100, rows: 40))
    session.press("4")
    #expect(!session.text.contains("one-sided"), "\(session.text)")
    #expect(!session.text.contains("Sides"))
  }

  @Test("the calendar has its heading only where there is one")
  func map() async throws {
    let size = Size(columns: 120, rows: 40)
    #expect(try await Session(World.story(), size: size).text.contains("Calendar (8 opens it)"))
    #expect(!(try await Session(World.large(0), size: size).text.contains("8 opens it")))
  }

  @Test("inputs that land within the same second have no delay to draw")
  func delays() async throws {
    func text(after nanoseconds: Int64) async throws -> String {
      var world = World()
      let keys = [PartitionKey(name: "day", type: .date)]
      let (clicks, views) = (World.table("clicks", keys: keys), World.table("views", keys: keys))
      world.jobs = [World.job("clicks_views", [clicks, views], keys: keys)]
      var files: (clicks: [Partition: [DataFile]], views: [Partition: [DataFile]]) = ([:], [:])
      for day in 15_706..<15_716 {
        let partition = Partition(keys: keys, values: [.date(days: day)])
        let file = World.file(partition, "p", size: 10)
        files.clicks[partition] = [file]
        files.views[partition] = [
          DataFile(
            path: file.path, size: 10, modified: file.modified + nanoseconds, inode: 8, changed: 1)
        ]
      }
      world.list(clicks, files.clicks)
      world.list(views, files.views)
      return try await Session(world, size: Size(columns: 100, rows: 40)).text
    }
    let (jitter, minute) = (
      try await text(after: 400_000_000), try await text(after: 60_000_000_000)
    )
    #expect(!jitter.contains("Usual delay"), "\(jitter)")
    #expect(minute.contains("Usual delay"), "\(minute)")
  }

  @Test("the last error of the selected job has its run, its instant and the first line")
  func lastError() async throws {
    var world = World.operated()
    world.ledger.units[2] = [
      WorkUnitRecord(
        partition: "month=1/day=14", state: .failed, rows: 0, bytes: 0, reason: "",
        message: "w.parquet cannot be read:\u{1B}[31m truncated.\nThe engine said more.")
    ]
    var session = try await Session(world, size: Size(columns: 100, rows: 40))
    #expect(session.text.contains("Last error"))
    let sentence =
      "Run 2, 2013-02-04 12:46:52 UTC: month=1/day=14: w.parquet cannot be read:^[[31m truncated."
    #expect(session.text.contains(sentence), "\(session.text)")
    #expect(!session.text.contains("said more"))
    session.press("]")
    #expect(!session.text.contains("Last error"))
  }

  @Test("an error that a later run has left behind says so")
  func overcome() async throws {
    var world = World.operated()
    world.ledger.records.insert(
      World.record(6, "flights_weather", state: .succeeded, committed: 1), at: 0)
    let session = try await Session(world, size: Size(columns: 100, rows: 40))
    #expect(session.text.contains("Run 2, 2013-02-04 12:46:52 UTC (run 6 succeeded since):"))
  }

  @Test("the last runs are bars of rows, time and the share of rows that met, where it was counted")
  func sparks() async throws {
    var world = World.story()
    world.ledger.batchRecords[2] = [
      BatchRecord(
        partitions: 5, failed: 0, rows: 5, begunAt: World.now, stage: .seconds(1), matched: 1,
        of: 4),
      BatchRecord(
        partitions: 5, failed: 0, rows: 5, begunAt: World.now, stage: .seconds(1), matched: 3,
        of: 4),
    ]
    #expect(try await world.statuses()[0].matchRates == [2: 0.5])
    let session = try await Session(world, size: Size(columns: 120, rows: 40))
    let heading = try #require(session.text.split(separator: "\n").first { $0.hasPrefix("Job") })
    #expect(heading.contains(/Runs: rows +time +met +Last run/))
    let row = session.text.split(separator: "\n").first { $0.hasPrefix("flights_weather") }
    // Nothing is known of the first run; half of the rows met in the second.
    #expect(row?.contains("██         ██          ▅") == true, "\(session.text)")
  }
}
