import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("A job that waits for every input")
struct WaitingTests {
  /// The instant of the listing, in seconds since 1970.
  static let now: Int64 = 2_000_000_000
  static let path: ExactText = "month=1/day=9"

  /// Two complete days that are 1 day old, and one without weather whose flights are an hour old.
  private func tables(_ wait: WaitPolicy) -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: 1...2)
    tables.wait = wait
    tables.put("flights", "\(Self.path)/a.parquet", modified: (Self.now - 3_600) * 1_000_000_000)
    tables.put("flights", "\(Self.path)/b.parquet", modified: (Self.now - 60) * 1_000_000_000)
    return tables
  }

  private func hold(_ tables: FlightsAndWeather) async throws -> Hold? {
    try await tables.report().pending.first { $0.partition.path == Self.path }?.hold
  }

  @Test("holds a partition until the missing input has landed")
  func waits() async throws {
    var tables = tables(.allInputs(deadline: nil))
    let since = Date(timeIntervalSince1970: Double(Self.now - 3_600))
    #expect(
      try await tables.report().pending.map(\.hold) == [
        nil, nil, .waiting(inputs: ["weather"], since: since, until: nil),
      ])
    tables.put("weather", "\(Self.path)/a.parquet")
    #expect(try await tables.report().pending.map(\.hold) == [nil, nil, nil])
  }

  @Test("does not wait by default")
  func anyChange() async throws {
    #expect(try await hold(tables(.anyChange)) == nil)
  }

  @Test("takes a partition at its deadline, counted from the first file of the first input")
  func deadline() async throws {
    let since = Date(timeIntervalSince1970: Double(Self.now - 3_600))
    #expect(
      try await hold(tables(.allInputs(deadline: .seconds(3_601))))
        == .waiting(
          inputs: ["weather"], since: since,
          until: Date(timeIntervalSince1970: Double(Self.now + 1))))
    #expect(try await hold(tables(.allInputs(deadline: .seconds(3_600)))) == nil)
  }

  @Test("does not wait for an input that was consumed and is deleted")
  func deleted() async throws {
    var tables = tables(.allInputs(deadline: nil))
    tables.put("weather", "\(Self.path)/a.parquet")
    try await tables.commit()
    tables.remove("weather", "\(Self.path)/a.parquet")
    #expect(try await tables.report().lines == ["month=1/day=9 weather: 1 removed"])
    #expect(try await hold(tables) == nil)
  }

  @Test("holds no partition of which no input has a file")
  func allDeleted() async throws {
    var tables = tables(.allInputs(deadline: nil))
    try await tables.commit()
    tables.remove("flights", "\(Self.path)/a.parquet")
    tables.remove("flights", "\(Self.path)/b.parquet")
    #expect(try await tables.report().lines == ["month=1/day=9 flights: 2 removed"])
    #expect(try await hold(tables) == nil)
  }

  @Test("says before it that a file is too young")
  func order() async throws {
    var tables = tables(.allInputs(deadline: nil))
    tables.flights = TableDefinition(
      name: "flights", location: "/data/flights", format: .parquet, keys: FlightsAndWeather.keys,
      minimumAge: .seconds(120))
    #expect(
      try await hold(tables)
        == .tooYoung(
          input: "flights", file: "month=1/day=9/b.parquet", age: .seconds(60),
          minimum: .seconds(120)))
  }

  @Test("says for whom it waits, since when and until when")
  func sentences() {
    let since = Date(timeIntervalSince1970: 0)
    #expect(
      Hold.waiting(inputs: ["weather", "planes"], since: since, until: nil).description
        == "held: waiting for weather, planes since 1970-01-01 00:00:00 UTC")
    #expect(
      Hold.waiting(inputs: ["weather"], since: since, until: since + 60).description
        == "held: waiting for weather since 1970-01-01 00:00:00 UTC, until 1970-01-01 00:01:00 UTC")
  }
}
