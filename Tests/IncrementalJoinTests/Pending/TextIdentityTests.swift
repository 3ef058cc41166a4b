import Foundation
import PartitionPredicate
import Testing
import TestSupport

@testable import IncrementalJoin

@Suite("Partitions and files whose names look alike")
struct TextIdentityTests {
  private let key = PartitionKey(name: "k", type: .string)

  private func tables() -> FlightsAndWeather {
    var tables = FlightsAndWeather()
    tables.outputKeys = [key]
    for name in ["flights", "weather"] {
      let table = TableDefinition(
        name: name, location: "/data/\(name)", format: .parquet, keys: [key])
      if name == "flights" { tables.flights = table } else { tables.weather = table }
    }
    return tables
  }

  @Test(
    "a value is what its path says, and texts of other bytes are other partitions with other paths")
  func roundTrip() throws {
    var random = SeededGenerator()
    let texts = HostileText.distinct(300, using: &random)
    let partitions = texts.map { Partition(keys: [key], values: [.string($0)]) }
    #expect(Set(partitions).count == texts.count, "seed \(random.seed)")
    #expect(Set(partitions.map(\.path)).count == texts.count, "seed \(random.seed)")
    for (text, partition) in zip(texts, partitions) {
      let read = try Partition(path: partition.path, keys: [key])
      guard case .string(let value) = read.values[0] else { fatalError() }
      #expect(value.exact == text.exact, "seed \(random.seed)")
    }
  }

  @Test("each has its own position, and the deletion of any one is noticed")
  func positions() async throws {
    var random = SeededGenerator()
    let texts = HostileText.distinct(40, using: &random)
    var tables = tables()
    for text in texts { tables.put("flights", "k=\(HivePath.encode(text))/a.parquet") }
    #expect(try await tables.report().pending.count == texts.count, "seed \(random.seed)")
    try await tables.commit()
    #expect(try await tables.report().pending.isEmpty, "seed \(random.seed)")
    #expect(try await tables.report().positions.count == texts.count, "seed \(random.seed)")
    for text in texts {
      var less = tables
      let path = "k=\(HivePath.encode(text))"
      less.remove("flights", "\(path)/a.parquet")
      let pending = try await less.report().pending
      #expect(pending.map(\.partition.path) == [ExactText(path)], "seed \(random.seed)")
    }
  }

  @Test("two files of one partition are two, and one that goes is noticed")
  func files() async throws {
    var tables = tables()
    tables.put("flights", "k=1/\u{E9}.parquet")
    tables.put("flights", "k=1/e\u{301}.parquet")
    #expect(try await tables.report().pending[0].fileCount == 2)
    try await tables.commit()
    tables.remove("flights", "k=1/e\u{301}.parquet")
    #expect(try await tables.report().lines == ["k=1 flights: 1 removed"])
  }

  @Test("pins of a plan tell them apart, and are read back as they were written")
  func pins() async throws {
    var tables = tables()
    for text in ["\u{E9}", "e\u{301}"] {
      for name in ["flights", "weather"] { tables.put(name, "k=\(text)/a.parquet") }
    }
    let pins = PlanPins(try await tables.plan())
    #expect(pins.units?.count == 2)
    let read = try JSONDecoder().decode(PlanPins.self, from: JSONEncoder().encode(pins))
    #expect(read == pins)
  }

  @Test("every dialect that Dovetail reads itself selects exactly the one")
  func predicates() throws {
    var random = SeededGenerator()
    let texts = HostileText.distinct(60, using: &random)
    let all = texts.map { Partition(keys: [key], values: [.string($0)]) }
    for partition in all {
      for predicate in [
        PushdownPredicate.compact([partition], keys: [key]),
        .compact([partition], among: all, keys: [key]), .plain([partition], keys: [key]),
      ] {
        for dialect in [PredicateDialect.plain, .spark, .compact] {
          let text = try predicate.text(dialect)
          let read = try PushdownPredicate(text, keys: [key], today: 0)
          #expect(read.filter(all) == [partition], "\(text.debugDescription), seed \(random.seed)")
        }
      }
    }
    let others = PushdownPredicate.compact(Array(all.dropFirst(20)), among: all, keys: [key])
    let read = try PushdownPredicate(others.text(.spark), keys: [key], today: 0)
    #expect(Set(read.filter(all)) == Set(all.dropFirst(20)), "seed \(random.seed)")
  }

  @Test("a pattern matches by scalars, whatever stands behind its escape and its wildcards")
  func patterns() throws {
    var random = SeededGenerator()
    let texts = HostileText.distinct(60, using: &random)
    let all = texts.map { Partition(keys: [key], values: [.string($0)]) }
    for (text, partition) in zip(texts, all) {
      let pattern = text.unicodeScalars.reduce(into: "") { pattern, scalar in
        if "%_\\".unicodeScalars.contains(scalar) { pattern += "\\" }
        pattern.unicodeScalars.append(scalar)
      }
      let literal = PartitionValue.string(pattern).literalText
      let predicate = try PushdownPredicate("k LIKE \(literal)", keys: [key], today: 0)
      #expect(predicate.filter(all) == [partition], "\(text.debugDescription), seed \(random.seed)")
    }
  }
}

@Suite("A name that is not UTF-8")
struct UnreadNameTests {
  private func tables() async throws -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: 1...3)
    try await tables.commit()
    tables.put("flights", "month=1/day=1/b.parquet")
    tables.remove("weather", "month=1/day=1/a.parquet")
    tables.remove("weather", "month=1/day=2/a.parquet")
    tables.put("flights", "month=1/day=3/b.parquet")
    return tables
  }

  @Test("of a file holds its partition and no other; nothing of it counts as deleted")
  func file() async throws {
    var tables = try await tables()
    tables.files.put(
      unread: "month=1/day=1/\\xFC.parquet", kind: .file, in: tables.weather.location)
    let report = try await tables.report()
    #expect(
      report.lines == [
        "month=1/day=1 flights: 1 added; weather: a name that is not UTF-8",
        "month=1/day=2 weather: 1 removed", "month=1/day=3 flights: 1 added",
      ])
    let hold = Hold.unreadName(input: "weather", path: "month=1/day=1/\\xFC.parquet")
    #expect(report.pending.map(\.hold) == [hold, nil, nil])
    #expect(
      hold.description
        == "held: a name is not UTF-8, so that files may be missing: month=1/day=1/\\xFC.parquet of "
        + "weather; rename it")
    let plan = try await tables.plan()
    #expect(plan.units.map(\.partition.path) == ["month=1/day=2", "month=1/day=3"])
    // Not even by name.
    #expect(try await tables.plan(rerunning: ["month=1/day=1"]).units.isEmpty)
  }

  @Test("of a file is a reason itself, whether it was renamed, is new, or is the only one")
  func reason() async throws {
    var tables = FlightsAndWeather(days: 1...3)
    try await tables.commit()
    tables.remove("weather", "month=1/day=1/a.parquet")
    for day in [1, 2, 4] {
      tables.files.put(
        unread: "month=1/day=\(day)/\\xFC.parquet", kind: .file, in: tables.weather.location)
    }
    let report = try await tables.report()
    #expect(
      report.lines
        == [1, 2, 4].map { "month=1/day=\($0) weather: a name that is not UTF-8" })
    #expect(report.pending.allSatisfy { $0.hold != nil })
    #expect(try await tables.plan().units.isEmpty)
    for day in [1, 2, 4] { tables.remove("weather", "month=1/day=\(day)/\\xFC.parquet") }
    #expect(try await tables.report().lines == ["month=1/day=1 weather: 1 removed"])
  }

  @Test("of a folder may be any partition that is gone: none counts as deleted, the others go on")
  func folder() async throws {
    var tables = try await tables()
    tables.files.put(unread: "month=1/day=\\xFC", kind: .folder, in: tables.weather.location)
    let report = try await tables.report()
    #expect(
      report.lines == ["month=1/day=1 flights: 1 added", "month=1/day=3 flights: 1 added"])
    #expect(report.pending.map { $0.hold != nil } == [true, false])
    // What is new in one input only was never in the folder.
    tables.put("flights", "month=1/day=4/a.parquet")
    #expect(try await tables.report().pending.map { $0.hold != nil } == [true, false, false])
    tables.remove("weather", "month=1/day=\\xFC")
    tables.files.put(unread: "month=2/\\xFC", kind: .folder, in: tables.weather.location)
    #expect(try await tables.report().pending.allSatisfy { $0.hold == nil })
  }
}
