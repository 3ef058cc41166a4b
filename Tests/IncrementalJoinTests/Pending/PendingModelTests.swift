import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("Nothing is lost")
struct PendingModelTests {
  /// The partitions of the model, each with the folders that spell it.
  static let cells: [[ExactText]] = [
    ["month=1/day=1", "month=01/day=1"], ["month=1/day=2"], ["month=2/day=1", "month=02/day=001"],
    ["month=__HIVE_DEFAULT_PARTITION__/day=1"], ["month=2/day=__HIVE_DEFAULT_PARTITION__"],
  ]

  /// The tables under test, and beside them a model that knows nothing of versions or positions.
  struct World {
    var tables = FlightsAndWeather()
    /// What a partition consists of, in words, by its first spelling.
    var current: [ExactText: Set<String>] = [:]
    var committed: [ExactText: Set<String>] = [:]
    var clock: Int64 = 1

    /// Partitions whose content is another one than that last committed.
    var expected: Set<ExactText> {
      Set(
        PendingModelTests.cells.map { $0[0] }.filter {
          current[$0, default: []] != committed[$0, default: []]
        })
    }
  }

  @Test("after any history, pending is what differs from what was last committed")
  func histories() async throws {
    var random = SeededGenerator()
    for _ in 0..<20 {
      var world = World()
      for _ in 0..<60 {
        try await step(&world, using: &random)
        let pending = try await world.tables.report().pending.map(\.partition.path)
        try #require(Set(pending) == world.expected, "seed \(random.seed)")
        #expect(pending.count == world.expected.count, "seed \(random.seed)")
      }
    }
  }

  private func step(_ world: inout World, using random: inout SeededGenerator) async throws {
    guard Int.random(in: 0..<5, using: &random) > 0 else {
      return try await commit(&world, using: &random)
    }
    change(&world, using: &random)
  }

  /// Adds, rewrites, touches or deletes one file.
  private func change(_ world: inout World, using random: inout SeededGenerator) {
    let cell = Self.cells[Int.random(in: 0..<Self.cells.count, using: &random)]
    let table = Bool.random(using: &random) ? "flights" : "weather"
    let folder = cell[Int.random(in: 0..<cell.count, using: &random)]
    let path: ExactText = "\(folder)/\(Bool.random(using: &random) ? "a" : "b").parquet"
    world.clock += 1
    let clock = world.clock
    let location = world.tables.location(of: table)
    let old = world.tables.files.file(path, in: location)
    let digest = world.tables.files.digest(of: path, in: location)
    if let old, let digest { world.current[cell[0]]?.remove(fact(table, old, digest)) }
    let kind = Int.random(in: 0..<5, using: &random)
    switch (kind, old, digest) {
    case (0, .some, _):
      world.tables.remove(table, path)
      return
    case (1, .some(let old), .some(let digest)):
      // Touched, moved away and back, restored: another inode, the same content.
      world.tables.put(
        table, path, size: old.size, modified: old.modified, inode: UInt64(clock),
        changed: clock, digest: digest)
    case (2, .some(let old), _):
      // Rewritten with size and mtime preserved, as rsync and cp -p do.
      world.tables.put(
        table, path, size: old.size, modified: old.modified, inode: UInt64(clock),
        changed: clock, digest: "\(clock)")
    default:
      world.tables.put(
        table, path, modified: clock, inode: UInt64(clock), changed: clock, digest: "\(clock)")
    }
    if let file = world.tables.files.file(path, in: location),
      let digest = world.tables.files.digest(of: path, in: location)
    {
      world.current[cell[0], default: []].insert(fact(table, file, digest))
    }
  }

  /// Commits some of the pending partitions as they were listed, while the tables go on changing.
  private func commit(_ world: inout World, using random: inout SeededGenerator) async throws {
    let report = try await world.tables.report()
    let read = world.tables.files
    let seen = world.current
    for _ in 0..<Int.random(in: 0...3, using: &random) { change(&world, using: &random) }
    for pending in report.pending where Bool.random(using: &random) {
      let path = pending.partition.path
      world.tables.ledger.commit(pending, of: report.job, run: RunID(world.clock), reading: read)
      world.committed[path] = seen[path]
    }
  }

  private func fact(_ table: String, _ file: DataFile, _ digest: String) -> String {
    "\(table) \(file.path) \(file.size) \(file.modified) \(digest)"
  }
}
