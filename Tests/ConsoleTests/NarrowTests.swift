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

  /// The demo's jobs, whose names are alike.
  private static func alike() -> World {
    var world = World.story()
    let tables = world.jobs[0].inputs.map(\.table)
    world.jobs += ["flights_with_weather", "flights_nearest_weather"].map { World.job($0, tables) }
    return world
  }

  @Test("jobs can be told apart, and their figures are whole", arguments: WholeTextTests.sizes)
  func jobs(_ size: Size) async throws {
    let world = Self.alike()
    var session = try await Session(world, size: size)
    for job in world.jobs { #expect(session.text.contains("\n\(job.name) "), "\(session.text)") }
    // The sum is whole, or it is not there.
    #expect(session.text.contains("MB out\n") == session.text.contains("MB in"))
    #expect(session.text.contains("Runs: rows time       met ") == (size.columns >= 110))
    guard size.rows > 16 else { return }
    session.press("2")
    for job in world.jobs { #expect(session.text.contains("\n\(job.name) "), "\(session.text)") }
  }

  @Test("a job on which somebody works says so in full", arguments: WholeTextTests.sizes)
  func beingWritten(_ size: Size) async throws {
    let session = try await Session(World.operated(), size: size)
    #expect(session.text.contains("▒ being written"), "\(session.text)")
  }

  @Test(
    "names of any length leave the state and the figures whole, and the use of a table can be read",
    arguments: 0..<8)
  func lengths(_ number: UInt64) async throws {
    var random = SeededGenerator(seed: SeededGenerator.chooseSeed(otherwise: 900 + number))
    var world = World.operated()
    let tables = world.jobs[0].inputs.map(\.table)
    for number in 0..<4 {
      let stem = String(repeating: "n", count: .random(in: 1...18, using: &random))
      world.jobs.append(World.job("\(stem)_\(number)", tables))
    }
    let size = Size(
      columns: .random(in: 60...109, using: &random), rows: .random(in: 24...45, using: &random))
    var session = try await Session(world, size: size)
    let note = Comment(rawValue: "seed \(random.seed), \(size)\n\(session.text)")
    #expect(session.text.contains("▒ being written "), note)
    let heading = try #require(session.text.split(separator: "\n").first { $0.hasPrefix("Job ") })
    #expect(["State", "Pending", "Held", "Failed"].allSatisfy { heading.contains($0) }, note)
    session.press("2")
    for _ in 0..<2 {
      let table = try #require(session.model.selectedTable)
      let text = session.text.split { " \n".contains($0) }.joined()
      let isReadable = [table.use, "\(table.name): \(table.use)"].contains {
        text.contains($0.replacing(" ", with: ""))
      }
      #expect(isReadable, "\(size)\n\(session.text)")
      session.press("j")
    }
  }

  @Test("the file's name is whole, and its folders are said once", arguments: WholeTextTests.sizes)
  func files(_ size: Size) async throws {
    var session = try await Session(World.story(), size: size)
    session.press("2", "Enter", "Enter")
    #expect(session.text.contains(" part-0.parquet"), "\(session.text)")
    if session.model.detailColumns == 0 { #expect(!session.cursorRow.contains("month=")) }
    #expect(session.text.contains("File in month=1/day=1/"))
  }

  @Test("the output of a job that another one reads says both")
  func chain() async throws {
    var world = World.story()
    let first = world.jobs[0]
    world.jobs[1] = World.job("after", [first.outputTable])
    let day = World.partition(1, 1)
    world.list(first.outputTable, [day: [World.file(day, "o", size: 5)]])
    var session = try await Session(world)
    session.press("2", "G", "k")
    #expect(session.text.contains("output of flights_weather, input of after"), "\(session.text)")
  }

  @Test("the list of runs has their kind at every size", arguments: WholeTextTests.sizes)
  func kinds(_ size: Size) async throws {
    var session = try await Session(World.control(), size: size)
    session.press("3")
    #expect(session.cursorRow.contains(" undo "), "\(session.text)")
    let heading = session.text.split(separator: "\n").first { $0.contains("Run Kind") } ?? ""
    #expect(["State", "Started", "Done", "Failed", "Rows"].allSatisfy { heading.contains($0) })
  }

  @Test("a calendar shows all weekdays, or which of its rows", arguments: WholeTextTests.sizes)
  func calendar(_ size: Size) async throws {
    var session = try await Session(World.story(), size: size)
    session.press("8")
    #expect(
      session.text.contains("Dec ") || session.text.contains(/1-[0-9]+ of 12/), "\(session.text)")
    session.press("]", "8")
    #expect(session.text.contains("\nSun "), "\(session.text)")
  }

  @Test("a calendar of groups names every group and every day that there is room for")
  func groups() async throws {
    let regions = ["a", "b"].map { "eu-central-1-frankfurt-am-main-zone-\($0)" }
    var session = try await Session(
      World.regions(regions), size: Size(columns: 140, rows: 45))
    session.press("8", "t", "t")
    for region in regions { #expect(session.text.contains("region=\(region) "), "\(session.text)") }
    #expect(session.text.contains("2013-01-01 2013-01-02 2013-01-03"), "\(session.text)")
  }
}
