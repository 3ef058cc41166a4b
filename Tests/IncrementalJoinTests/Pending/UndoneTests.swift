import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("A partition whose build was undone")
struct UndoneTests {
  static let path: ExactText = "month=1/day=1"
  static let hold = Hold.undone(run: 2, by: 3)

  /// Day 1 was built by runs 1 and 2, and run 3 undid what run 2 had built.
  private func tables() async throws -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: 1...2)
    tables.put("flights", "\(Self.path)/a.parquet", digest: "old")
    try await tables.commit()
    tables.put("flights", "\(Self.path)/a.parquet", modified: 2_000, digest: "new")
    try await tables.commit()
    tables.ledger.undo(Self.path, by: 3)
    return tables
  }

  @Test("is pending, and held while its inputs are those of the build")
  func held() async throws {
    let report = try await tables().report()
    #expect(report.lines == ["month=1/day=1 flights: 1 rewritten"])
    #expect(report.pending.first?.hold == Self.hold)
    #expect(
      Self.hold.description == """
        held: run 3 undid what run 2 had built of it; a new arrival or `dovetail bookmarks \
        release` releases it
        """)
  }

  @Test("stays held when a file was only touched")
  func touched() async throws {
    var tables = try await tables()
    tables.put(
      "flights", "\(Self.path)/a.parquet", modified: 2_000, inode: 9, changed: 5, digest: "new")
    #expect(try await tables.report().pending.first?.hold == Self.hold)
  }

  @Test(
    "is let go by any change of an input",
    arguments: ["another file", "other content", "a deletion", "the first content"])
  func changed(_ change: String) async throws {
    var tables = try await tables()
    let file: ExactText = "\(Self.path)/a.parquet"
    switch change {
    case "another file": tables.put("weather", "\(Self.path)/b.parquet")
    case "other content":
      tables.put("flights", file, modified: 2_000, inode: 9, changed: 5, digest: "other")
    case "a deletion": tables.remove("weather", file)
    default: tables.put("flights", file, digest: "old")
    }
    let report = try await tables.report()
    #expect(report.known.first?.hold == nil)
    // What it was before the build counts as consumed.
    #expect(report.pending.isEmpty == (change == "the first content"))
  }

  @Test("is held where the build was the first one, and another one is not")
  func firstBuild() async throws {
    var tables = FlightsAndWeather(days: 1...2)
    try await tables.commit()
    tables.ledger.undo(Self.path, by: 2)
    let report = try await tables.report()
    #expect(report.lines == ["month=1/day=1 flights: 1 added; weather: 1 added"])
    #expect(report.pending.first?.hold == .undone(run: 1, by: 2))
  }

  @Test("is not held by a build that read an input which the job no longer has")
  func otherInputs() async throws {
    var tables = try await tables()
    let position = try #require(tables.ledger.consumed[Self.path])
    let undone = try #require(position.undone)
    tables.ledger.consumed[Self.path] = Position(
      run: 3, definition: position.definition, inputs: position.inputs,
      undone: UndoneBuild(
        run: 2,
        inputs: undone.inputs.merging(["gone": VersionReference(version: "v", identity: "i")]) {
          $1
        }))
    #expect(try await tables.report().pending.map(\.hold) == [nil])
  }

  @Test("does not lose the hold to a listing that failed")
  func incomplete() async throws {
    var tables = try await tables()
    tables.remove("weather", "\(Self.path)/a.parquet")
    tables.files.put(.notPermitted, at: "month=2", in: tables.weather.location)
    #expect(try await tables.report().pending.first?.hold == Self.hold)
  }

  @Test("says so before that a file is too young, but after unknown columns")
  func order() async throws {
    var tables = try await tables()
    tables.weather = TableDefinition(
      name: "weather", location: "/data/weather", format: .parquet, keys: FlightsAndWeather.keys,
      minimumAge: .seconds(4_000_000_000))
    #expect(try await tables.report().pending.first?.hold == Self.hold)
    tables.remove("weather")
    #expect(
      try await tables.report().pending.first?.hold
        == .unknownColumns(input: "weather", table: "weather"))
  }

  @Test("after any history is held exactly while its content is that which was undone")
  func histories() async throws {
    var random = SeededGenerator()
    for _ in 0..<20 {
      var tables = FlightsAndWeather()
      var content: [String: Int] = [:]
      var consumed: [[String: Int]] = [[:]]
      var undone: [String: Int]?
      for step in 1..<40 {
        let table = Bool.random(using: &random) ? "flights" : "weather"
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
          tables.remove(table, "\(Self.path)/a.parquet")
          content[table] = nil
        case 1 where try await tables.report().known.first != nil:
          let pending = try #require(try await tables.report().known.first)
          tables.ledger.commit(
            pending, of: tables.job, run: RunID(step), reading: tables.files)
          consumed.append(content)
          undone = nil
        case 2 where consumed.count > 1:
          tables.ledger.undo(Self.path, by: RunID(step))
          undone = consumed.last
          consumed.append(consumed[consumed.count - 2])
        default:
          let value = Int.random(in: 0..<2, using: &random)
          tables.put(
            table, "\(Self.path)/a.parquet", inode: UInt64(step), changed: Int64(step),
            digest: "\(value)")
          content[table] = value
        }
        let known = try await tables.report().known.first
        let isPending = content != consumed.last
        try #require((known?.reasons.isEmpty == false) == isPending, "seed \(random.seed)")
        let isHeld = isPending && undone == content
        // A table that was never seen holds the partition first.
        guard content.count == 2 else { continue }
        try #require((known?.hold != nil) == isHeld, "seed \(random.seed), step \(step)")
      }
    }
  }
}
