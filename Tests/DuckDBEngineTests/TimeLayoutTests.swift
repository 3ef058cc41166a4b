import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import DuckDBEngine

@Suite("Joins by time, whatever the layout")
struct TimeLayoutTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private static var rounds: Int {
    ProcessInfo.processInfo.environment["TIME_LAYOUTS"].flatMap { Int($0) } ?? 20
  }

  @Test(
    "the partitions' results together are the join of the whole tables",
    arguments: [1, 2, nil] as [UInt64?])
  func layouts(seed: UInt64?) async throws {
    var random = SeededGenerator(seed: seed ?? SeededGenerator.chooseSeed())
    // DuckDB joins few rows in another way than many.
    if seed != 1 {
      try await bench.engine.pool.withConnection(isLarge: false) {
        _ = try await $0.query("SET GLOBAL asof_loop_join_threshold = 0")
      }
    }
    for round in 1...Self.rounds {
      try await layout("seed \(random.seed), round \(round)", &random)
    }
  }

  private func layout(_ place: String, _ random: inout SeededGenerator) async throws {
    let isOuter = Bool.random(using: &random)
    let bySymbols = Int.random(in: 0..<3, using: &random) == 0
    let type = [JoinType.inner, .left].randomElement(using: &random) ?? .left
    let count = isOuter ? 2 : Int.random(in: 2...3, using: &random)
    let hours = (0..<6).map { _ in Int64.random(in: (29 * 24)..<(33 * 24), using: &random) }
    let types = ["TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP_NS", "BIGINT"]
    var tables: [JoinUnit.Input] = []
    var rows: [[TimedRow]] = []
    for index in 0..<count {
      let made = table(&random, hours)
      let most = [0, 12].randomElement(using: &random) ?? 0
      let strays = Set(
        made.map(\.id).filter { _ in most > 0 && Int.random(in: 0..<most, using: &random) == 0 })
      let grain = TimeGrain.allCases.randomElement(using: &random) ?? .day
      tables.append(
        try await bench.table(
          "\(UUID().uuidString.prefix(8))-t\(index)", made, cut: grain, bySymbols: bySymbols,
          as: types.randomElement(using: &random) ?? types[0], strays: strays))
      rows.append(
        made.filter { row in
          !strays.contains(row.id) || grain.span(of: made[0].time).holds(row.time)
        })
    }
    let conditions = (1..<count).map { _ in
      isOuter
        ? condition(
          [.right, .full, .inner, .left].randomElement(using: &random) ?? .full, &random,
          within: true)
        : condition(type, &random, within: false)
    }
    let expected = expected(conditions, rows, bySymbols)
    let units = units(
      tables, rows, conditions, cut: TimeGrain.allCases.randomElement(using: &random) ?? .day,
      bySymbols: bySymbols)
    var together: [(account: StagedRows, rows: [[String?]])] = []
    if units.count > 1 {
      together = try await bench.together(units)
      #expect(sorted(together.flatMap(\.rows)) == sorted(expected), "\(place): \(conditions)")
    }
    guard units.count == 1 || Int.random(in: 0..<3, using: &random) == 0 else { return }
    var alone: [(account: StagedRows, rows: [[String?]])] = []
    for unit in units { alone.append(try await bench.staged(unit)) }
    #expect(sorted(alone.flatMap(\.rows)) == sorted(expected), "\(place), alone: \(conditions)")
    for (unit, one) in zip(units, alone) {
      let counted = try await bench.engine.matches(of: unit)
      #expect(one.account.matches == counted, "\(place): \(conditions)")
    }
    for (one, other) in zip(alone, together) {
      #expect(one.account.matches == other.account.matches, "\(place): \(conditions)")
      #expect(one.account.warnings == other.account.warnings, "\(place): \(conditions)")
    }
  }

  /// Rows on the borders of hours and between them, some of them at one time and some without one.
  private func table(_ random: inout SeededGenerator, _ hours: [Int64]) -> [TimedRow] {
    (0..<Int.random(in: 1...30, using: &random)).map { id in
      let offset =
        [
          0, 0, 1, 3_599_999_999, 1_800_000_000,
          Int64.random(in: 0..<3_600_000_000, using: &random),
        ]
        .randomElement(using: &random) ?? 0
      let time = (hours.randomElement(using: &random) ?? 0) * 3_600_000_000 + offset
      return TimedRow(
        time: Int.random(in: 0..<10, using: &random) == 0 ? nil : time,
        sym: ["A", "A", "B", nil].randomElement(using: &random) ?? nil,
        value: [1, 2, nil].randomElement(using: &random) ?? nil, id: id)
    }
  }

  private func condition(_ type: JoinType, _ random: inout SeededGenerator, within: Bool)
    -> JoinCondition
  {
    let on = Bool.random(using: &random) ? [] : [JoinedColumns(first: "sym", other: "sym")]
    let lengths: [Int64] = [0, 1, 1_800, 3_600, 90_000]
    let before = lengths.randomElement(using: &random) ?? 0
    let after = lengths.randomElement(using: &random) ?? 0
    let time: TimeCondition =
      within || Int.random(in: 0..<3, using: &random) == 0
      ? .within(before: .seconds(before), after: .seconds(after))
      : .asof(
        direction: AsofDirection.allCases.randomElement(using: &random) ?? .backward,
        tolerance: .seconds(max(1, before)), isStrict: Bool.random(using: &random))
    return JoinCondition(type: type, on: on, time: time)
  }

  /// The ids that meet, by definition.
  private func expected(
    _ conditions: [JoinCondition], _ rows: [[TimedRow]], _ bySymbols: Bool
  ) -> [[String?]] {
    var result: [[String?]] = []
    var met: Set<Int> = []
    for row in rows[0] {
      var joined: [[String?]] = [["\(row.id)"]]
      for (condition, others) in zip(conditions, rows.dropFirst()) {
        let partners = condition.partners(of: row, among: others, bySymbols: bySymbols)
        met.formUnion(partners.map(\.id))
        let keeps = condition.type == .left || condition.type == .full
        let ids: [String?] = partners.isEmpty && keeps ? [nil] : partners.map { "\($0.id)" }
        joined = joined.flatMap { left in ids.map { left + [$0] } }
      }
      result += joined
    }
    if conditions[0].type == .right || conditions[0].type == .full {
      result += rows[1].filter { !met.contains($0.id) }.map { [nil, "\($0.id)"] }
    }
    return result
  }

  private func units(
    _ tables: [JoinUnit.Input], _ rows: [[TimedRow]], _ conditions: [JoinCondition],
    cut grain: TimeGrain, bySymbols: Bool
  ) -> [JoinUnit] {
    let keepsOthers = conditions.contains { $0.type == .right || $0.type == .full }
    struct Place: Hashable {
      let span: PartitionSpan
      let sym: String??
    }
    let places = (keepsOthers ? rows : [rows[0]]).joined().map {
      Place(span: grain.span(of: $0.time), sym: bySymbols ? .some($0.sym) : nil)
    }
    let halo = keepsOthers ? conditions[0].time?.window.mirrored ?? .none : .none
    let select = tables.enumerated().map { "\($1.name.sqlIdentifier).id AS id\($0)" }
    return Set(places).map { place in
      let others = zip(tables.dropFirst(), conditions).map {
        $0.reading(place.span, place.sym, $1.time?.window ?? .none)
      }
      return JoinUnit(
        transformation: .joinToFirst(conditions, select: select),
        inputs: [tables[0].reading(place.span, place.sym, halo)] + others,
        partition: place.span.partition(place.sym), span: place.span)
    }
  }

  private func sorted(_ rows: [[String?]]) -> [String] {
    rows.map { $0.map { $0 ?? "none" }.joined(separator: " ") }.sorted()
  }
}
