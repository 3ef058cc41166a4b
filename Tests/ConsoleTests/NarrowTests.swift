import Cells
import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import Console

@Suite("Where there is little room, what matters comes first")
struct NarrowTests {
  @Test("a failure in a row names the file, not its folders, and the cause")
  func failures() {
    #expect(
      FailureText.brief(
        "/w/data/weather/month=5/day=5/weather0.parquet cannot be read: too small to be a file.\nMore."
      ) == "weather0.parquet: too small to be a file.")
    #expect(
      FailureText.brief(
        "No magic bytes at the end of '/w/a b/c.parquet'; month=5/day=5 and/or I/O.")
        == "No magic bytes at the end of '/w/a c.parquet'; month=5/day=5 and/or I/O.")
    #expect(FailureText.brief("") == "")
  }

  @Test("a table that many jobs read says how many where their names do not fit")
  func uses() async throws {
    var world = World.story()
    for number in 1...3 {
      world.jobs.append(
        World.job("a_job_with_a_long_name_\(number)", world.jobs[0].inputs.map(\.table)))
    }
    var session = try await Session(world)
    session.press("2")
    #expect(session.text.contains("input of 4 jobs"))
    session.press("Enter")
    #expect(session.text.contains("flights by month int, day int, input of 4 jobs"))
    session.send(.input(.resize(Size(columns: 280, rows: 24))))
    #expect(session.text.contains("a_job_with_a_long_name_3"))
  }

  @Test("where nothing is pending, the predicate says so once, and not for every partition")
  func nothing() async throws {
    var world = World.large(3)
    let job = world.jobs[0]
    for (partition, listing) in try #require(world.storage.snapshots["big"]).partitions {
      world.ledger.consume(
        partition, of: job, run: 1, rows: 1, inputs: ["big": listing.version.files])
    }
    var session = try await Session(world)
    session.press("5")
    #expect(session.text.contains("Nothing is pending, so nothing would be read."))
    #expect(!session.text.contains("] shows another job."))
    #expect(!session.text.contains("FALSE: FALSE"))
    session.press("t")
    #expect(session.text.contains("Clause  i note  ! mistake"))
  }
}
