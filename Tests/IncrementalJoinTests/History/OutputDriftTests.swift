import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@Suite struct OutputDriftTests {
  private func find(_ tables: FlightsAndWeather) async throws -> OutputDrift {
    try await OutputDrift.find(in: tables.job, storage: tables.storage, ledger: tables.ledger)
  }

  private let repair = "`dovetail verify --repair` rebuilds the partition."

  @Test("an output as the runs left it has no drift")
  func untouched() async throws {
    let drift = try await find(.published())
    #expect(drift.findings.isEmpty)
    #expect(drift.isEmpty)
    #expect(drift.checked == 3)
  }

  @Test("a job that never ran and has no output has no drift")
  func neverRan() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    tables.files.put(.absent, at: "", in: tables.job.output.location)
    let drift = try await find(tables)
    #expect(drift.isEmpty)
    #expect(drift.checked == 0)
  }

  @Test("a missing output of published partitions is refused as a run refuses it")
  func outputMissing() async throws {
    var tables = try await FlightsAndWeather.published()
    tables.remove(FlightsAndWeather.output)
    tables.files.put(.absent, at: "", in: tables.job.output.location)
    await #expect(
      throws: PlanError.outputMissing(
        job: "flights_weather", location: "/out/flights_weather", published: 3)
    ) { try await find(tables) }
  }

  @Test("a listing that failed is thrown")
  func listingFailed() async throws {
    var tables = try await FlightsAndWeather.published()
    let problem = ListingProblem(
      table: "flights_weather", path: "/out/flights_weather/month=1", kind: .notPermitted)
    tables.files.put(.notPermitted, at: "month=1", in: tables.job.output.location)
    await #expect(throws: PlanError.listing(problem)) { try await find(tables) }
  }

  @Test("published partitions of other keys are refused")
  func otherKeys() async throws {
    var tables = try await FlightsAndWeather.published()
    tables.outputKeys = [PartitionKey(name: "month", type: .int)]
    tables.remove(FlightsAndWeather.output)
    await #expect(
      throws: PlanError.otherKeys(
        job: "flights_weather", location: "/out/flights_weather", published: "month=1/day=1",
        keys: tables.outputKeys)
    ) { try await find(tables) }
  }

  @Test("a partition of other keys that has no rows is passed over")
  func emptyOfOtherKeys() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    try await tables.commit(rows: 0)
    tables.outputKeys = [PartitionKey(name: "month", type: .int)]
    #expect(try await find(tables).isEmpty)
  }

  @Test("a partition without its files is gone, recorded or not")
  func partitionGone() async throws {
    var tables = FlightsAndWeather(days: 1...2)
    try await tables.commit()
    try tables.publish(1)
    tables.remove(FlightsAndWeather.output, "month=1/day=1/p.parquet")
    let drift = try await find(tables)
    #expect(drift.findings.map(\.kind) == [.partitionGone, .partitionGone])
    #expect(try drift.repairable == [tables.day(1), tables.day(2)])
    #expect(
      drift.findings.first?.description
        == "Job flights_weather, month=1/day=1: what run 1 published is gone from "
        + "/out/flights_weather/month=1/day=1. \(repair)")
  }

  @Test("one file of several that is gone is named")
  func fileGone() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    try await tables.commit()
    try tables.publish(1, files: ["p.parquet", "q.parquet"])
    tables.remove(FlightsAndWeather.output, "month=1/day=1/q.parquet")
    let drift = try await find(tables)
    #expect(
      drift.findings.map(\.description) == [
        "Job flights_weather, month=1/day=1: /out/flights_weather/month=1/day=1/q.parquet is gone, "
          + "which run 1 published. \(repair)"
      ])
    #expect(try drift.repairable == [tables.day(1)])
  }

  @Test("a changed file is named with what it was and is")
  func fileChanged() async throws {
    var tables = try await FlightsAndWeather.published()
    tables.put(
      FlightsAndWeather.output, "month=1/day=2/p.parquet", size: 7,
      modified: 1_000_000_060_000_000_000)
    let drift = try await find(tables)
    #expect(
      drift.findings.map(\.description) == [
        "Job flights_weather, month=1/day=2: /out/flights_weather/month=1/day=2/p.parquet was "
          + "changed after run 1 had published it (100 bytes of 2001-09-09 01:46:40 UTC, now 7 bytes "
          + "of 2001-09-09 01:47:40 UTC). \(repair)"
      ])
    #expect(try drift.repairable == [tables.day(2)])
  }

  @Test("another inode alone is no drift, since a restored copy has one")
  func copied() async throws {
    var tables = try await FlightsAndWeather.published()
    tables.put(
      FlightsAndWeather.output, "month=1/day=2/p.parquet", modified: 1_000_000_000_000_000_000,
      inode: 99, changed: 5)
    #expect(try await find(tables).isEmpty)
  }

  @Test("a foreign file beside ours goes with a rerun")
  func foreignFile() async throws {
    var tables = try await FlightsAndWeather.published()
    tables.put(FlightsAndWeather.output, "month=1/day=3/x.parquet")
    let drift = try await find(tables)
    #expect(
      drift.findings.map(\.description) == [
        "Job flights_weather, month=1/day=3: /out/flights_weather/month=1/day=3/x.parquet was "
          + "written by no run of this workspace, and readers find its rows beside the published "
          + "ones. Move it away, or let `dovetail verify --repair` rebuild the partition, which "
          + "removes it."
      ])
    #expect(try drift.repairable == [tables.day(3)])
  }

  @Test("a foreign file in a folder of another spelling is not reached by a rerun")
  func otherSpelling() async throws {
    var tables = try await FlightsAndWeather.published()
    tables.put(FlightsAndWeather.output, "month=01/day=3/x.parquet")
    let drift = try await find(tables)
    #expect(
      drift.findings.map(\.description) == [
        "Job flights_weather, month=1/day=3: /out/flights_weather/month=01/day=3/x.parquet was "
          + "written by no run of this workspace, and readers find its rows beside the published "
          + "ones. Move it away: it is in a folder of another spelling, which no run replaces."
      ])
    #expect(drift.repairable.isEmpty)
  }

  @Test("files that replaced all of ours are foreign, and ours are gone")
  func replaced() async throws {
    var tables = try await FlightsAndWeather.published()
    tables.remove(FlightsAndWeather.output, "month=1/day=1/p.parquet")
    tables.put(FlightsAndWeather.output, "month=1/day=1/x.parquet")
    #expect(try await find(tables).findings.map(\.kind) == [.partitionGone, .foreignFile])
  }

  @Test("data where no run has published rows is foreign and stays", arguments: [false, true])
  func foreignPartition(isEmptied: Bool) async throws {
    var tables = FlightsAndWeather(days: 1...1)
    if isEmptied { try await tables.commit(rows: 0) }
    tables.put(FlightsAndWeather.output, "month=01/day=1/x.parquet")
    let drift = try await find(tables)
    #expect(
      drift.findings.map(\.description) == [
        "Job flights_weather, month=1/day=1: /out/flights_weather/month=01/day=1 has data, and no "
          + "run of this workspace has published rows there. Move it away, or adopt it with `dovetail "
          + "adopt`."
      ])
    #expect(drift.repairable.isEmpty)
    #expect(!drift.isEmpty)
  }

  @Test("a partition whose files were not recorded is said, and is no drift")
  func unrecorded() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    try await tables.commit()
    tables.put(FlightsAndWeather.output, "month=1/day=1/p.parquet")
    let drift = try await find(tables)
    #expect(
      drift.findings.map(\.description) == [
        "Job flights_weather, month=1/day=1: run 1 did not record the files that it published, so "
          + "that changes of them are not seen. `dovetail verify` compares the rows; a rerun "
          + "records the files."
      ])
    #expect(drift.isEmpty)
  }

  @Test("what is not data of the output is told")
  func stray() async throws {
    var tables = try await FlightsAndWeather.published()
    let problem = ListingProblem(
      table: "flights_weather", path: "/out/flights_weather/month=1/day=1/x.csv",
      kind: .otherFormat(expected: .parquet))
    tables.put(FlightsAndWeather.output, "month=1/day=1/x.csv")
    let drift = try await find(tables)
    #expect(drift.problems == [problem])
    #expect(!drift.isEmpty)
  }
}
