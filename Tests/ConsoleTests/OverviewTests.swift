import Cells
import Console
import Foundation
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
}
