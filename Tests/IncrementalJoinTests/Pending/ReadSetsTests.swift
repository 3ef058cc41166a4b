import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("The partitions that an output partition reads")
struct ReadSetsTests {
  static let hours = [
    PartitionKey(name: "day", type: .date), PartitionKey(name: "hour", type: .int),
  ]

  static func table(_ name: String, _ keys: [PartitionKey], slack: Duration = .zero) throws
    -> TableDefinition
  {
    TableDefinition(
      name: name, location: Location("/\(name)"), format: .parquet, keys: keys,
      time: TableTime(column: "ts", keys: try TimeKeys(keys: keys), slack: slack))
  }

  static func snapshot(
    of table: TableDefinition, _ partitions: some Sequence<Partition>,
    unread: [UnreadName] = []
  ) -> Snapshot {
    let listings = partitions.map { partition in
      (
        partition,
        PartitionListing(
          version: PartitionVersion(files: [
            DataFile(path: ExactText("\(partition.path)/a.parquet"), size: 1, modified: 1)
          ]), spellings: [])
      )
    }
    return Snapshot(
      table: table, listedAt: .distantPast,
      partitions: Dictionary(listings, uniquingKeysWith: { $1 }), problems: [],
      unreadNames: unread)
  }

  static func hour(_ hour: Int) -> Partition {
    Partition(
      keys: hours,
      values: [.date(days: 19_000 + hour / 24), .integer(Int64(hour % 24))])
  }

  static func job(
    _ inputs: [TableDefinition], output: [PartitionKey] = hours, before: Duration, after: Duration
  ) -> JobDefinition {
    JobDefinition(
      name: "near", inputs: inputs.map { JobInput(name: $0.name, table: $0) },
      transformation: .joinToFirst(
        inputs.dropFirst().map { _ in
          JoinCondition(type: .left, on: [], time: .within(before: before, after: after))
        }, select: nil),
      output: OutputDefinition(location: Location("/near"), keys: output))
  }

  @Test("they are those that the window reaches, and nothing is missing")
  func windows() throws {
    var random = SeededGenerator()
    for _ in 0..<60 {
      let slack = Duration.seconds(Int.random(in: 0...5000, using: &random))
      let tables = [try Self.table("a", Self.hours), try Self.table("b", Self.hours, slack: slack)]
      let before = Duration.seconds(Int.random(in: 0...20_000, using: &random))
      let after = Duration.seconds(Int.random(in: 0...20_000, using: &random))
      let job = Self.job(tables, before: before, after: after)
      let present = (0..<72).filter { _ in Bool.random(using: &random) }
      // A partition with a name that cannot be read, and perhaps no other file.
      let unread = Int.random(in: 0..<72, using: &random)
      let name = UnreadName(values: Self.hour(unread).values, path: "\\xFC.parquet")
      let snapshot = Self.snapshot(of: tables[1], present.map(Self.hour), unread: [name])
      let reads = ReadSets(of: job.inputs[1], snapshot, index: 1, in: job)
      for hour in 0..<72 {
        let cell = Self.hour(hour)
        let read = reads.read(by: cell, span: try tables[0].time!.span(of: cell))
        let (lower, upper) = (
          hour * 3600 - Int((before + slack) / .seconds(1)),
          (hour + 1) * 3600 + Int((after + slack) / .seconds(1))
        )
        let expected = present.filter { $0 * 3600 < upper && ($0 + 1) * 3600 > lower }
        #expect(
          read.members.map(\.partition) == expected.map(Self.hour), "seed \(random.seed)")
        let isRead = unread * 3600 < upper && (unread + 1) * 3600 > lower
        #expect(read.unread == (isRead ? name : nil), "seed \(random.seed)")
        let members = read.members.map {
          PartitionVersion.Member(path: $0.partition.path, version: $0.listing.version)
        }
        #expect(read.version == (members.isEmpty ? nil : PartitionVersion(members: members)))
        let reach = Int(slack / .seconds(1))
        let core = present.filter {
          $0 * 3600 - reach < (hour + 1) * 3600 && ($0 + 1) * 3600 + reach > hour * 3600
        }
        #expect(read.core.map { read.members[$0].partition } == core.map(Self.hour))
      }
    }
  }

  @Test(
    "other keys that both have are equal, those of NULL times belong together, and a whole table is read by all"
  )
  func keys() throws {
    let region = [PartitionKey(name: "region", type: .string)]
    let tables = [
      try Self.table("a", region + Self.hours), try Self.table("b", region + Self.hours),
      try Self.table("c", []),
    ]
    let job = Self.job(tables, output: region + Self.hours, before: .seconds(3600), after: .zero)
    func partition(_ name: String, _ hour: Int?) -> Partition {
      Partition(
        keys: region + Self.hours,
        values: [.string(name)] + (hour.map { Self.hour($0).values } ?? [.null, .null]))
    }
    let listed = [("eu", 4), ("eu", 5), ("us", 4), ("us", 5), ("eu", nil)].map {
      partition($0.0, $0.1)
    }
    let reads = ReadSets(
      of: job.inputs[1], Self.snapshot(of: tables[1], listed), index: 1, in: job)
    func read(_ cell: Partition) throws -> [ExactText] {
      let span = try tables[0].time!.span(of: cell)
      return reads.read(by: cell, span: span).members.map(\.partition.path)
    }
    #expect(
      try read(partition("eu", 5)) == [
        partition("eu", 4).path, partition("eu", 5).path,
      ])
    #expect(try read(partition("eu", nil)) == [partition("eu", nil).path])
    #expect(try read(partition("us", nil)).isEmpty)
    let whole = Self.snapshot(of: tables[2], [Partition(keys: [], values: [])])
    let all = ReadSets(of: job.inputs[2], whole, index: 2, in: job)
    let span = try tables[0].time!.span(of: partition("us", 5))
    #expect(all.read(by: partition("us", 5), span: span).members.map(\.partition.path) == ["."])
  }
}
