import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("A partition that would be emptied")
struct WithheldTests {
  static let path: ExactText = "month=1/day=1"
  static let count = RemovalCount(earlier: 0, new: 3, published: 8, limit: 0.25)
  static let hold = Hold.wouldBeEmptied(run: 2, count: count)

  /// Day 1 was built by run 1; the weather was rewritten, and run 2 kept the partition.
  private func tables(releasedBy run: RunID? = nil) async throws -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: 1...2)
    tables.put("weather", "\(Self.path)/a.parquet", digest: "old")
    try await tables.commit()
    tables.put("weather", "\(Self.path)/a.parquet", modified: 2_000, digest: "new")
    let pending = try #require(try await tables.report().pending.first)
    var inputs: [String: VersionReference] = [:]
    for input in pending.inputs {
      guard let version = input.version else { continue }
      inputs[input.input.name] = VersionReference(version)
      tables.ledger.versions[VersionReference(version)] = version.files.map { file in
        var file = file
        file.digest = tables.files.digest(of: file.path, in: input.input.table.location)
        return file
      }
    }
    tables.ledger.kept[Self.path] = WithheldRemoval(
      run: 2, count: Self.count, definition: tables.job.fingerprint, inputs: inputs,
      releasedBy: run)
    return tables
  }

  @Test("is pending, and held while its inputs are those that gave no rows")
  func held() async throws {
    let report = try await tables().report()
    #expect(report.lines == ["month=1/day=1 weather: 1 rewritten"])
    #expect(report.pending.first?.hold == Self.hold)
    #expect(
      Self.hold.description == """
        held: it would be emptied, and run 2 kept it: 3 of 8 published partitions would be gone, more \
        than the limit of 25 %; `dovetail run --allow-removals` removes it, `dovetail bookmarks skip` \
        keeps its rows, and any change of an input triggers another attempt
        """)
  }

  @Test("stays held when a file was only touched")
  func touched() async throws {
    var tables = try await tables()
    tables.put(
      "weather", "\(Self.path)/a.parquet", modified: 2_000, inode: 9, changed: 5, digest: "new")
    #expect(try await tables.report().pending.first?.hold == Self.hold)
  }

  @Test(
    "is let go by another change of an input, by another definition and by a later build",
    arguments: ["file", "definition", "build", "release"])
  func changed(_ change: String) async throws {
    var tables = try await tables(releasedBy: change == "release" ? 3 : nil)
    switch change {
    case "file": tables.put("weather", "\(Self.path)/b.parquet")
    case "definition": tables.transformation = .join(type: .left, on: ["origin"], select: nil)
    case "build":
      tables.ledger.built[Self.path] = Lineage(
        run: 4, definition: "d", inputs: [:], rows: 1, bytes: 1)
    default: break
    }
    #expect(try await tables.report().pending.first { $0.partition.path == Self.path }?.hold == nil)
  }

  @Test("is left out by a run, and told by its plan also when it was not asked for")
  func leftOut() async throws {
    let tables = try await tables()
    let plan = try await tables.plan()
    #expect(plan.units.isEmpty)
    #expect(plan.held.map(\.partition.path) == [Self.path])
    #expect(plan.wouldBeEmptied.map(\.partition.path) == [Self.path])
    let other = try await tables.plan(rerunning: ["month=1/day=2"])
    #expect(other.wouldBeEmptied.map(\.partition.path) == [Self.path])
  }

  @Test("is taken by a run that names it, without consent; by one that allows removals, with it")
  func taken() async throws {
    let tables = try await tables()
    let named = try await tables.plan(rerunning: [Self.path])
    #expect(named.units.map(\.isRemovalAllowed) == [false])
    #expect(named.wouldBeEmptied.isEmpty)
    let allowed = try await tables.plan(
      tables.report(), RunRequest(allowsRemovals: true))
    #expect(allowed.units.map(\.isRemovalAllowed) == [true])
    // A plan that the operator saw without it does not grow by a consent.
    let seen = PlanPins(try await tables.plan())
    let pinned = try await tables.plan(
      tables.report(), RunRequest(expectedPlan: seen, allowsRemovals: true))
    #expect(pinned.units.isEmpty)
  }

  @Test("consent covers what was shown: nothing that turns out to be empty by surprise")
  func surprise() async throws {
    var tables = try await tables()
    tables.put("flights", "month=1/day=2/b.parquet")
    let plan = try await tables.plan(tables.report(), RunRequest(allowsRemovals: true))
    #expect(plan.units.map(\.isRemovalAllowed) == [true, false])
    let released = try await self.tables(releasedBy: 3).plan()
    #expect(released.units.map(\.isRemovalAllowed) == [true])
  }

  @Test("is let go by a release, without its position moving")
  func release() async throws {
    let tables = try await tables()
    let preview = try await BookmarkPlanner(storage: tables.storage, ledger: tables.ledger)
      .preview(BookmarkChange(.release), of: tables.job)
    #expect(preview.moves.isEmpty)
    #expect(preview.allowedRemovals.map(\.partition.path) == [Self.path])
    #expect(!preview.isEmpty)
    let other = try Partition(path: "month=1/day=2", keys: FlightsAndWeather.keys)
    await #expect(
      throws: BookmarkChangeError.notHeld(job: "flights_weather", partition: "month=1/day=2")
    ) {
      try await BookmarkPlanner(storage: tables.storage, ledger: tables.ledger)
        .preview(BookmarkChange(.release, partitions: [other]), of: tables.job)
    }
  }
}
