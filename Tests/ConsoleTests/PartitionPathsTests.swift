import PartitionPredicate
import TestSupport
import Testing

@testable import Console

@Suite("Partitions are searched folder by folder, and found as if their whole paths were searched")
struct PartitionPathsTests {
  private static let keys = [
    PartitionKey(name: "Re gion", type: .string), PartitionKey(name: "day", type: .int),
    PartitionKey(name: "hour", type: .int),
  ]

  private static func partitions(_ random: inout SeededGenerator) -> [Partition] {
    let regions = ["EU", "eu/west", "straße", "ÖSTERREICH", "a=b", "x"]
    return (0..<300).map { _ in
      Partition(
        keys: keys,
        values: [
          Bool.random(using: &random)
            ? .null : .string(regions.randomElement(using: &random) ?? ""),
          .integer(.random(in: -3...30, using: &random)),
          .integer(.random(in: 0...9, using: &random)),
        ])
    }
  }

  @Test("texts within a folder, across folders and beyond them", arguments: 0..<3)
  func words(_ number: UInt64) throws {
    var random = SeededGenerator(seed: SeededGenerator.chooseSeed(otherwise: number))
    let partitions = Self.partitions(&random)
    let paths = PartitionPaths(PartitionTable(partitions, keys: Self.keys))
    #expect(Array(paths) == partitions.map(\.path.text))
    #expect(paths.longest == NameColumn.longest(partitions.map(\.path.text)))
    let words = SharedTexts(partitions.indices.map { $0 % 3 == 0 ? "pending" : "up to date" })
    var found = 0
    for _ in 0..<300 {
      let path = Array(try #require(paths.randomElement(using: &random)))
      let start = Int.random(in: path.indices, using: &random)
      let end = Int.random(in: start..<path.count, using: &random)
      var text = String(path[start...end])
      switch Int.random(in: 0..<6, using: &random) {
      case 0: text = text.uppercased()
      case 1: text = "!\(text)"
      case 2: text += " pend"
      case 3: text += "/"
      case 4: text = "/\(text)"
      default: break
      }
      let filter = ListFilter(text, keys: Self.keys, today: 0, saved: [:], failures: [])
      let rows = filter.matches(
        Array(paths.indices), name: { paths[$0] }, paths: paths, words: words,
        partition: { partitions[$0] })
      let whole = filter.matches(
        Array(paths.indices), name: { paths[$0] }, words: words, partition: { partitions[$0] })
      #expect(rows == whole, "\(text), seed \(random.seed)")
      found += rows.count
    }
    #expect(found > 300)
  }

  @Test("a table without keys has one path")
  func whole() {
    let paths = PartitionPaths(PartitionTable([Partition(keys: [], values: [])], keys: []))
    #expect(Array(paths) == ["."])
    #expect(paths.longest == 1)
    #expect(!paths.places(of: Array(".".utf8)).isEmpty)
    #expect(paths.places(of: Array("a".utf8)).isEmpty)
  }

  @Test("a predicate selects the rows that it is TRUE for")
  func predicate() {
    var random = SeededGenerator(seed: SeededGenerator.chooseSeed(otherwise: 1))
    let partitions = Self.partitions(&random)
    let paths = PartitionPaths(PartitionTable(partitions, keys: Self.keys))
    let filter = ListFilter(
      "where day > hour or hour = 3", keys: Self.keys, today: 0, saved: [:], failures: [])
    let all = Array(paths.indices)
    let rows = filter.matches(
      all, name: { paths[$0] }, paths: paths, partition: { partitions[$0] })
    #expect(rows == filter.matches(all, name: { paths[$0] }, partition: { partitions[$0] }))
    #expect(!rows.isEmpty && rows.count < all.count)
  }

  @Test(
    "the rows of a tree are those of its partitions and open branches", arguments: [false, true])
  func tree(isSorted: Bool) async throws {
    var random = SeededGenerator(seed: SeededGenerator.chooseSeed(otherwise: 2))
    var session = try await Session(World.story())
    session.press("4")
    if isSorted { session.press("s", "Enter", "s", "Enter") }
    for _ in 0..<40 {
      session.press(["j", "k", "l", "l", "h", "z", "G", "g"].randomElement(using: &random) ?? "j")
      let rows = session.model.pending.rows
      #expect(rows.partitions == Array(rows).filter(\.isPartition).map(\.partition))
      #expect(rows.count == Array(rows).count)
      for (row, value) in rows.enumerated() where value.isPartition {
        #expect(rows.row(of: value.partition) == row, "seed \(random.seed)")
      }
    }
    #expect(session.model.pending.rows.count > session.model.pending.rows.partitions.count)
  }
}

extension PendingRow {
  fileprivate var isPartition: Bool { if case .partition = self { true } else { false } }
}
