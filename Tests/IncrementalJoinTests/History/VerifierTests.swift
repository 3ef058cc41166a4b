import Foundation
import IncrementalJoin
import LocalStorage
import PartitionPredicate
import TestSupport
import Testing

@Suite struct VerifierTests {
  private let scratch: TemporaryFolder
  private var tables: FlightsAndWeather
  private var joins = FakeJoins()

  init() async throws {
    scratch = try TemporaryFolder()
    tables = try await .published()
    for day in 1...3 {
      let path = "month=1/day=\(day)"
      joins.results[path] = ["a \(day)", "b \(day)"]
      joins.published["/out/flights_weather/\(path)/p.parquet"] = ["b \(day)", "a \(day)"]
    }
  }

  private func verify(_ days: [Int]? = nil, samples: Int = 3) async throws -> [Verification] {
    let reported = CallLog()
    let results = try await Verifier(
      storage: tables.storage, ledger: tables.ledger, engine: joins,
      scratch: LocalScratch(folder: "\(scratch.path)/verify")
    ).verify(try days?.map { try tables.day($0) }, of: tables.job, samples: samples) {
      reported.add("\($0)")
    }
    #expect(reported.entries == results.map(\.description))
    // Nothing stays of what was recomputed, whatever came of it.
    let left = try? FileManager.default.contentsOfDirectory(atPath: "\(scratch.path)/verify")
    #expect(left ?? [] == [])
    return results
  }

  @Test("every built partition is certified when recomputing gives the same rows")
  func certified() async throws {
    let results = try await verify()
    #expect(results.map(\.outcome) == Array(repeating: .certified(rows: 2), count: 3))
    #expect(results.allSatisfy { $0.isCertified && !$0.needsRepair })
    #expect(
      results.first?.description
        == "month=1/day=1: certified: recomputing gives the same 2 rows.")
    #expect(Set(joins.folders.entries).count == 3)
  }

  @Test("only the chosen partitions are recomputed, in their order, each one once")
  func chosen() async throws {
    #expect(
      try await verify([3, 1, 3]).map(\.partition.path) == ["month=1/day=1", "month=1/day=3"])
    #expect(joins.folders.entries.count == 2)
  }

  @Test("rows that are not those of the recomputation are counted and shown")
  mutating func differs() async throws {
    joins.results["month=1/day=2"] = ["a 2", "c", "d"]
    let result = try #require(try await verify([2], samples: 1).first)
    guard case .differs(let difference) = result.outcome else {
      Issue.record("\(result)")
      return
    }
    #expect(difference.samples.map(\.after) == [["c"]])
    #expect(result.needsRepair)
    #expect(
      result.description
        == "month=1/day=2: the published rows are not those that recomputing gives: 2 rows missing, "
        + "1 row too many. `dovetail verify --repair` rebuilds it.")
  }

  @Test("rows of a join are compared by the columns that it joins on")
  mutating func rowKey() async throws {
    joins.results["month=1/day=1"] = ["c"]
    _ = try await verify([1])
    #expect(joins.keys.entries == ["origin"])
  }

  @Test("a partition that was never published although there are rows is missing")
  mutating func missing() async throws {
    tables.remove(FlightsAndWeather.output, "month=1/day=2/p.parquet")
    let result = try #require(try await verify([2]).first)
    #expect(result.outcome == .missing(rows: 2))
    #expect(
      result.description
        == "month=1/day=2: nothing is published, and recomputing gives 2 rows. "
        + "`dovetail verify --repair` rebuilds it.")
  }

  @Test("files are surplus when recomputing gives no row")
  mutating func surplus() async throws {
    joins.results["month=1/day=2"] = []
    let result = try #require(try await verify([2]).first)
    #expect(result.outcome == .surplus(files: 1))
    #expect(
      result.description
        == "month=1/day=2: 1 file published, and recomputing gives no row. "
        + "`dovetail rerun month=1/day=2 --adopt` removes the partition.")
  }

  @Test("an empty partition is certified without a join when an input is missing")
  mutating func emptyWithoutJoin() async throws {
    tables.put("flights", "month=1/day=9/a.parquet")
    try await tables.commit(rows: 0)
    let result = try #require(try await verify([9]).first)
    #expect(result.outcome == .certified(rows: 0))
    #expect(
      result.description
        == "month=1/day=9: certified: nothing is published, and recomputing gives no row.")
    #expect(joins.folders.entries.isEmpty)
  }

  @Test("changed inputs are named, and the others are verified")
  mutating func inputsChanged() async throws {
    tables.put("weather", "month=1/day=2/b.parquet")
    let results = try await verify()
    #expect(
      results.map(\.outcome) == [
        .certified(rows: 2), .inputsChanged(["weather"], since: 1), .certified(rows: 2),
      ])
    #expect(
      results[1].description
        == "month=1/day=2 cannot be verified: files of weather changed since run 1 built it. Run it "
        + "first (`dovetail run`, or `dovetail rerun month=1/day=2` when it is not pending).")
    #expect(!results[1].needsRepair)
  }

  @Test("an input that was rewritten with the same size and time has changed")
  mutating func rewrittenInPlace() async throws {
    tables.put("weather", "month=1/day=2/a.parquet", inode: 77, digest: "other")
    #expect(try await verify([2]).map(\.outcome) == [.inputsChanged(["weather"], since: 1)])
  }

  @Test("an input that was only touched has not changed")
  mutating func touched() async throws {
    tables.put("flights", "month=1/day=7/a.parquet", digest: "same")
    tables.put("weather", "month=1/day=7/a.parquet", digest: "same")
    try await tables.commit()
    tables.put("weather", "month=1/day=7/a.parquet", inode: 77, digest: "same")
    joins.results["month=1/day=7"] = ["x"]
    #expect(try await verify([7]).map(\.outcome) == [.missing(rows: 1)])
  }

  @Test("another definition cannot be verified")
  mutating func definitionChanged() async throws {
    tables.transformation = .join(type: .left, on: ["origin"], select: nil)
    let results = try await verify()
    #expect(results.allSatisfy { $0.outcome == .definitionChanged(since: 1) })
    #expect(
      results.first?.description
        == "month=1/day=1 cannot be verified: the job's definition changed since run 1 built it. "
        + "Run it first (`dovetail run`, or `dovetail rerun month=1/day=1` when it is not pending)."
    )
  }

  @Test("a partition that no run built cannot be verified")
  mutating func neverBuilt() async throws {
    tables.put("flights", "month=1/day=8/a.parquet")
    #expect(
      try await verify([8]).map(\.description) == [
        "month=1/day=8 cannot be verified: no run has built it."
      ])
  }

  @Test("a partition of which everything is young says so once its position was forgotten")
  mutating func held() async throws {
    tables.flights = TableDefinition(
      name: "flights", location: "/data/flights", format: .parquet, keys: FlightsAndWeather.keys,
      minimumAge: .seconds(3_000_000_000))
    tables.ledger.consumed["month=1/day=1"] = Position(
      run: 2, definition: tables.job.fingerprint, inputs: [:])
    let result = try #require(try await verify([1]).first)
    guard case .held(.tooYoung) = result.outcome else {
      Issue.record("\(result)")
      return
    }
    #expect(
      result.description
        == "month=1/day=1 cannot be verified: held: a file is too young for another 11,574 d 1 h: "
        + "flights file month=1/day=1/a.parquet is 23,148 d 3 h old, and min_age is 34,722 d 5 h.")
  }

  @Test("a recomputation that fails leaves the others alone")
  mutating func failed() async throws {
    joins.results["month=1/day=2"] = nil
    let results = try await verify()
    #expect(results.map(\.isCertified) == [true, false, true])
    #expect(
      results[1].description == "month=1/day=2 could not be verified: too little memory")
  }

  @Test("a published file that cannot be read needs repair")
  mutating func unreadable() async throws {
    joins.broken = ["/out/flights_weather/month=1/day=2/p.parquet"]
    let results = try await verify()
    #expect(results.map(\.needsRepair) == [false, true, false])
    #expect(
      results[1].description
        == "month=1/day=2: the published file /out/flights_weather/month=1/day=2/p.parquet cannot "
        + "be read: it is truncated. `dovetail verify --repair` rebuilds it.")
  }

  @Test(
    "a file that goes while it is verified leaves the partition unverified",
    arguments: [
      ("/data/weather", "month=1/day=2/a.parquet"),
      ("/out/flights_weather", "month=1/day=2/p.parquet"),
    ] as [(Location, ExactText)])
  func moved(location: Location, file: ExactText) async throws {
    var files = tables.files
    for location in [tables.flights.location, tables.weather.location] {
      files.makeFolder(location)
    }
    let memory = MemoryStorage(files)
    var joins = joins
    joins.meanwhile = { memory.change { $0.remove(file, in: location) } }
    let results = try await Verifier(
      storage: memory.reader, ledger: tables.ledger, engine: joins,
      scratch: LocalScratch(folder: scratch.path)
    ).verify([try tables.day(2)], of: tables.job, samples: 1)
    let path = location.file(file)
    #expect(
      results.map(\.description) == [
        "month=1/day=2 could not be verified: \(path) vanished in the meantime. Verify it again."
      ])
  }

  @Test("a file that changed or cannot be checked is named")
  func pins() throws {
    let day = try tables.day(1)
    #expect(
      Verification(partition: day, outcome: .moved(.changed(path: "a"))).description
        == "month=1/day=1 could not be verified: a changed in the meantime. Verify it again.")
    #expect(
      Verification(partition: day, outcome: .moved(.unreadable(path: "a", reason: "no")))
        .description
        == "month=1/day=1 could not be verified: a cannot be read: no.")
  }

  @Test("every way in which rows differ is told")
  func sentence() throws {
    let difference = RowDifference(
      key: ["id"], columns: ["id"], added: 1, removed: 2, changed: 1, same: 0,
      changedColumns: ["delay": 1, "carrier": 1], addedColumns: ["a INTEGER"],
      removedColumns: ["b INTEGER"], retypedColumns: ["c INTEGER -> BIGINT"], samples: [])
    #expect(
      Verification(partition: try tables.day(1), outcome: .differs(difference)).description
        == "month=1/day=1: the published rows are not those that recomputing gives: 1 row missing, "
        + "2 rows too many, 1 row with other values in carrier, delay, without the column a INTEGER, "
        + "with the column b INTEGER, other types: c INTEGER -> BIGINT. "
        + "`dovetail verify --repair` rebuilds it.")
  }

  @Test("a cancelled verification throws")
  mutating func cancelled() async throws {
    joins.cancels = true
    await #expect(throws: CancellationError.self) { _ = try await verify() }
  }

  @Test("an input that cannot be listed is thrown")
  mutating func unlisted() async throws {
    let problem = ListingProblem(table: "weather", path: "/data/weather", kind: .locationMissing)
    tables.files.put(.absent, at: "", in: "/data/weather")
    await #expect(throws: PlanError.listing(problem)) { _ = try await verify() }
  }

  @Test("a scratch folder that cannot be made is the failure of the partition")
  mutating func noScratch() async throws {
    try scratch.write("", to: "verify")
    let result = try #require(try await verify([1]).first)
    #expect(
      result.description.hasPrefix(
        "month=1/day=1 could not be verified: The folder \(scratch.path)/verify/verify-"))
  }
}
