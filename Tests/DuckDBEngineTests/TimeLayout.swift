import IncrementalJoin
import PartitionPredicate

@testable import DuckDBEngine

/// A row of a table that is laid out at random; `id` is its own.
struct TimedRow {
  /// In microseconds.
  let time: Int64?
  let sym: String?
  let value: Int?
  let id: Int

  /// The row as an SQL tuple.
  func sql(_ type: String) -> String {
    let stamp = time.map { type == "BIGINT" ? "\($0)" : "make_timestamp(\($0))" } ?? "NULL"
    let time = type == "TIMESTAMP WITH TIME ZONE" ? "timezone('UTC', \(stamp))" : stamp
    return "(CAST(\(time) AS \(type)), CAST(\(sym.map { "'\($0)'" } ?? "NULL") AS VARCHAR), "
      + "CAST(\(value.map { "\($0)" } ?? "NULL") AS INTEGER), \(id))"
  }
}

/// How a table is cut by time.
enum TimeGrain: CaseIterable {
  case hour, day, month, none

  private static let hours: Int64 = 3_600_000_000
  /// Starts of months, in hours since 1970-01-01.
  private static let months: [Int64] = [0, 31, 59, 90, 120].map { $0 * 24 }

  /// The partition that a time belongs to.
  func span(of time: Int64?) -> PartitionSpan {
    guard self != .none else { return .always }
    guard let time else { return .unknown }
    let hour = time / Self.hours
    let range: Range<Int64>
    switch self {
    case .hour: range = hour..<hour + 1
    case .day: range = hour / 24 * 24..<hour / 24 * 24 + 24
    default:
      let index = Self.months.lastIndex { $0 <= hour } ?? 0
      range = Self.months[index]..<Self.months[index + 1]
    }
    return .instants([range.lowerBound * Self.hours..<range.upperBound * Self.hours])
  }
}

extension PartitionSpan {
  /// A number that tells spans of one grain apart; nil for none.
  private var number: Int64? {
    if case .instants(let intervals) = self { intervals[0].lowerBound / 1_000_000 } else { nil }
  }

  /// The partition of a table that covers the span, and of one that is cut by symbols too has those of one.
  func partition(_ sym: String??) -> Partition {
    let slot: [(PartitionKey, PartitionValue)] =
      self == .always
      ? [] : [(PartitionKey(name: "slot", type: .bigint), number.map { .integer($0) } ?? .null)]
    let group = sym.map {
      (PartitionKey(name: "grp", type: .string), $0.map { PartitionValue.string($0) } ?? .null)
    }
    let all = slot + (group.map { [$0] } ?? [])
    return Partition(keys: all.map(\.0), values: all.map(\.1))
  }

  func holds(_ time: Int64?) -> Bool {
    switch self {
    case .always: true
    case .unknown: time == nil
    case .instants(let intervals):
      time.map { time in intervals.contains { $0.contains(time) } } ?? false
    }
  }

  /// Whether rows of another span may matter to this one.
  func reads(_ other: PartitionSpan, _ window: TimeWindow) -> Bool {
    switch (self, other) {
    case (.always, _), (_, .always): return true
    case (.unknown, .unknown): return true
    case (.instants(let own), .instants(let others)):
      let before = window.before.components.seconds * 1_000_000
      let after = window.after.components.seconds * 1_000_000
      return others[0].lowerBound < own[0].upperBound + after
        && others[0].upperBound > own[0].lowerBound - before
    default: return false
    }
  }
}

extension Workbench {
  /// Writes rows as a table cut by time, and perhaps by symbols; rows whose number is among `strays` lie in another
  /// row's partition.
  ///
  /// Where there are none, none may be.
  func table(
    _ name: String, _ rows: [TimedRow], cut grain: TimeGrain, bySymbols: Bool, as type: String,
    strays: Set<Int>
  ) async throws -> JoinUnit.Input {
    struct Part: Hashable {
      let span: PartitionSpan
      let sym: String??
    }
    var parts: [Part: [TimedRow]] = [:]
    for row in rows {
      let span = grain.span(of: strays.contains(row.id) ? rows[0].time : row.time)
      parts[Part(span: span, sym: bySymbols ? .some(row.sym) : nil), default: []].append(row)
    }
    var members: [JoinUnit.Input.Member] = []
    for (number, (part, rows)) in parts.enumerated() {
      let file = try await parquet(
        "\(name)/\(number).parquet",
        "SELECT * FROM (VALUES \(rows.map { $0.sql(type) }.joined(separator: ", "))) t(ts, sym, v, id)"
      )
      members.append(
        .init(partition: part.span.partition(part.sym), files: [file], span: part.span))
    }
    return JoinUnit.Input(
      name: name, format: .parquet,
      columns: [
        Column(name: "ts", type: type), Column(name: "sym", type: "VARCHAR"),
        Column(name: "v", type: "INTEGER"), Column(name: "id", type: "INTEGER"),
      ],
      keys: (grain == .none ? PartitionSpan.always : .unknown).partition(bySymbols ? "" : nil).keys,
      members: members,
      time: .init(
        column: "ts", unit: type == "BIGINT" ? .microseconds : nil,
        misplaced: strays.isEmpty ? .fail : .skip),
      hiddenKeys: ["slot"])
  }
}

extension JoinUnit.Input {
  /// The input with the members that a unit reads, of one symbol if there is one.
  func reading(_ span: PartitionSpan, _ sym: String??, _ window: TimeWindow) -> JoinUnit.Input {
    var input = self
    input.members = members.filter { member in
      let isOfSymbol = sym.map { member.partition["grp"] == $0.map { .string($0) } ?? .null }
      return span.reads(member.span, window) && isOfSymbol ?? true
    }
    return input
  }
}

extension JoinCondition {
  /// The rows of the other input that meet one of the first, by definition.
  ///
  /// Where the tables are cut by symbols, rows of another symbol meet none; those without a symbol are alike.
  func partners(of row: TimedRow, among others: [TimedRow], bySymbols: Bool) -> [TimedRow] {
    let alike = others.filter {
      (on.isEmpty || $0.sym != nil && $0.sym == row.sym) && (!bySymbols || $0.sym == row.sym)
    }
    guard let own = row.time, let time else { return [] }
    let near = alike.compactMap { other in other.time.map { (other, $0 - own) } }
    switch time {
    case .within(let before, let after):
      return near.filter {
        -before.components.seconds * 1_000_000 <= $1
          && $1 <= after.components.seconds * 1_000_000
      }.map(\.0)
    case .asof(let direction, let tolerance, let isStrict):
      let candidates = near.filter { _, distance in
        abs(distance) <= tolerance.components.seconds * 1_000_000
          && !(isStrict && distance == 0) && (direction != .backward || distance <= 0)
          && (direction != .forward || distance >= 0)
      }
      func rank(_ candidate: (TimedRow, Int64)) -> [Int64] {
        let (row, distance) = candidate
        return [
          abs(distance), distance, row.sym == nil ? 2 : row.sym == "A" ? 0 : 1,
          row.value.map { Int64($0) } ?? .max, Int64(row.id),
        ]
      }
      return candidates.min { rank($0).lexicographicallyPrecedes(rank($1)) }.map { [$0.0] } ?? []
    }
  }
}
