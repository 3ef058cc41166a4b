import Charts
import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing

@Suite("What a picture of a job is made of")
struct JobReportTests {
  private func report(_ world: World) async throws -> JobReport {
    let status = try await world.statuses()[0]
    return JobReport(
      status, workspace: "nycflights", runs: status.runs, matches: world.ledger.matchRecords)
  }

  @Test("inputs and output have the statuses that their changes say")
  func statuses() async throws {
    let report = try await report(World.story())
    let counts = report.calendar.tables.map(\.counts)
    // Of flights: 29 of January were read as they are or are new, one was rewritten and one deleted; three are of
    // February, of which one is held.
    #expect(report.calendar.tables.map(\.name) == ["flights", "weather", "flights_weather"])
    #expect(counts[0] == [.done: 18, .pending: 13, .held: 1, .stale: 2])
    #expect(counts[1] == [.done: 17, .pending: 7])
    #expect(counts[2].values.reduce(0, +) == 34)
    #expect(
      report.pendingCount == report.count(.pending) + report.count(.stale) + report.count(.held))
    #expect(report.steps.contains(.unfinished(partitions: 1)))
    #expect(report.history.points.map(\.run) == [1, 2])
    #expect(report.delays.inputs.map(\.usual.input) == ["flights", "weather"])
  }

  @Test("a partition without rows is empty, which is up to date and not done")
  func empty() async throws {
    var world = World.story()
    let before = try await report(world)
    let job = world.jobs[0]
    let path = World.partition(1, 2).path
    let built = try #require(world.ledger.lineages[job.name]?[path])
    world.ledger.lineages[job.name]?[path] = Lineage(
      run: 1, definition: job.fingerprint, inputs: built.inputs, rows: 0, bytes: 0)
    let after = try await report(world)
    #expect(after.count(.empty) == 1)
    #expect(after.count(.done) == before.count(.done) - 1)
    #expect(after.figures[3].name == "up to date")
    #expect(after.figures[3].value == before.figures[3].value)
    #expect(after.lines(unicode: true).contains { $0.contains("○ 1 empty") })
  }

  @Test("match rates are of each partition's newest build, and of each run as a whole")
  func rates() async throws {
    var world = World.story()
    let partition = World.partition(1, 1)
    func record(_ run: RunID, _ partition: Partition, _ matched: Int64, isUndone: Bool = false)
      -> MatchRecord
    {
      MatchRecord(
        run: run, partition: partition,
        match: InputMatch(
          left: "flights", right: "weather", leftRows: 10, rightRows: 1, leftMatched: matched,
          rightMatched: 1, pairs: matched, fanOut: 1), isUndone: isUndone)
    }
    world.ledger.matchRecords = [
      record(3, partition, 1, isUndone: true), record(2, partition, 9), record(1, partition, 5),
      record(1, World.partition(1, 2), 7),
    ]
    let report = try await report(world)
    let output = report.calendar.output
    let first = try #require(output.place(of: partition))
    #expect(output.cell(in: first.slot..<first.slot + 1)?.matchRate == 0.9)
    #expect(output.cell(in: first.slot..<first.slot + 2)?.matchRate == 0.8)
    #expect(report.history.points.map(\.matchRate) == [0.6, 0.9])
  }

  @Test("a failed partition comes first and says why")
  func failures() async throws {
    var world = World.story()
    let partition = World.partition(2, 1)
    world.ledger.units[2] = [
      WorkUnitRecord(
        partition: partition, state: .failed, rows: 0, bytes: 0, reason: "new",
        message: "truncated")
    ]
    let report = try await report(world)
    #expect(report.pending.first?.partition == partition)
    #expect(report.pending.first?.status == .failed)
    #expect(report.pending.first?.reason == "truncated")
    #expect(report.count(.failed) == 1)
  }

  @Test("the text of a report shows the calendars, the runs and what to do")
  func text() async throws {
    let lines = try await report(World.story()).lines(unicode: false)
    #expect(
      lines[0]
        == "Job flights_weather of workspace nycflights, inputs listed 2013-02-04 17:46:40 UTC")
    #expect(lines.contains("What to do next"))
    let heading = try #require(lines.firstIndex { $0.hasPrefix("flights_weather (output): ") })
    #expect(lines[heading + 1].hasPrefix("      1    6    11"))
    #expect(lines[heading + 2].hasPrefix("  Jan "))
    #expect(lines[heading + 2].unicodeScalars.count == "  Jan ".count + 31)
    #expect(lines.allSatisfy { $0.unicodeScalars.allSatisfy(\.isASCII) })
  }
}
