import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite(
  "A file that was consumed so shortly after its last write that another one could leave the same times"
)
struct FinalFileTests {
  static let path: ExactText = "month=1/day=1/a.parquet"

  /// Committed tables whose flights were not final then; now their content has this digest, and no stamp
  /// has changed.
  private func tables(now digest: String?, isFinal: Bool = true) async throws -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: 1...2)
    tables.put("flights", Self.path, digest: "old", isFinal: false)
    try await tables.commit()
    tables.put("flights", Self.path, digest: digest, isFinal: isFinal)
    return tables
  }

  @Test("is looked at again, and is pending when its content is another", arguments: [true, false])
  func rewritten(isFinal: Bool) async throws {
    #expect(
      try await tables(now: "new", isFinal: isFinal).report().lines
        == ["month=1/day=1 flights: 1 rewritten"])
  }

  @Test("is not pending when its content is the same", arguments: [true, false])
  func same(isFinal: Bool) async throws {
    let tables = try await tables(now: "old", isFinal: isFinal)
    #expect(try await tables.report().lines.isEmpty)
  }

  @Test("is pending when nobody can look")
  func unreadable() async throws {
    #expect(try await tables(now: nil).report().lines == ["month=1/day=1 flights: 1 rewritten"])
  }

  @Test("is rewritten beside another file that came")
  func besideAnother() async throws {
    var tables = try await tables(now: "new")
    tables.put("flights", "month=1/day=1/b.parquet")
    #expect(
      try await tables.report().lines == ["month=1/day=1 flights: 1 added, 1 rewritten"])
  }

  @Test("is not read again once the ledger knows that it is the same")
  func confirmed() async throws {
    var tables = try await tables(now: "old")
    let confirmed = try await tables.report().confirmed
    #expect(confirmed.count == 1)
    #expect(confirmed.values.first?.files.first?.digest == "old")
    tables.ledger.same = confirmed.mapValues { [VersionReference($0)] }
    tables.put("flights", Self.path)
    #expect(try await tables.report().lines.isEmpty)
    #expect(try await tables.report().confirmed.isEmpty)
  }

  @Test("is consumed for good when it is built again")
  func again() async throws {
    var tables = try await tables(now: "new")
    try await tables.commit()
    tables.put("flights", Self.path)
    #expect(try await tables.report().lines.isEmpty)
  }

  @Test("is the same in a plan, whether it is final by then or not")
  func plan() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    tables.put("flights", Self.path, digest: "old", isFinal: false)
    let before = try await tables.plan()
    tables.put("flights", Self.path, digest: "old")
    #expect(try await tables.plan().id == before.id)
    #expect(try await PlanPins(before).changes(in: tables.plan()).isEmpty)
  }

  @Test("lets a version that is final keep the identity that earlier editions gave it")
  func identity() {
    let files = [true, false].map {
      DataFile(
        path: Self.path, size: 1, modified: 2, inode: 3, changed: 4, digest: "old", isFinal: $0)
    }
    let versions = files.map { PartitionVersion(files: [$0]) }
    #expect(versions[0].identity == SHA256.hash("\(Self.path)\0" + "3\0" + "4\0"))
    #expect(versions[1].identity != versions[0].identity)
    #expect(versions[1].stamps == versions[0].stamps)
    #expect(versions[1].id == versions[0].id)
  }
}
