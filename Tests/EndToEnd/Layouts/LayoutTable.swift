import Foundation
import TestSupport

/// A row of a table that is laid out at random.
struct LayoutRow {
  let id: Int
  /// In microseconds since 1970-01-01 UTC; nil for a row without a time.
  let time: Int64?
  let symbol: String?
  let region: String
}

/// How a table is cut into partitions by time.
enum LayoutGrain: CaseIterable {
  case hour, day, month, none

  /// The keys of the partitions, as `partitions:` declares them.
  var keys: [(name: String, type: String)] {
    switch self {
    case .hour: [("day", "date"), ("hour", "int")]
    case .day: [("day", "date")]
    case .month: [("year", "int"), ("month", "int")]
    case .none: []
    }
  }

  /// The keys of outputs that are as fine as this or coarser.
  var outputs: [[String]] {
    switch self {
    case .hour: [["day", "hour"], ["day"], ["year", "month"], []]
    case .day: [["day"], ["year", "month", "day"], ["year", "month"], ["year"], []]
    case .month: [["year", "month"], ["year"], []]
    case .none: [[]]
    }
  }
}

/// A table of random rows: how its partitions, its clock and its time column are declared, and its files.
///
/// What it knows of time zones is Foundation's, not Dovetail's.
struct LayoutTable {
  let name: String
  let grain: LayoutGrain
  let isCutByRegion: Bool
  let zone: String
  let column: String
  /// The format of its files, which is also their ending: Parquet says when their rows happened.
  let format: String
  /// In hours.
  let slack: Int
  private(set) var files: [String: [LayoutRow]] = [:]
  private var ids = 0

  init(_ name: String, _ random: inout SeededGenerator) {
    self.name = name
    grain = LayoutGrain.allCases.randomElement(using: &random) ?? .day
    isCutByRegion = Int.random(in: 0..<3, using: &random) == 0
    zone =
      ["UTC", "UTC", "America/New_York", "Asia/Kolkata", "Europe/Berlin"]
      .randomElement(using: &random) ?? "UTC"
    let columns = ["TIMESTAMP WITH TIME ZONE", "BIGINT"] + (zone == "UTC" ? ["TIMESTAMP"] : [])
    column = columns.randomElement(using: &random) ?? columns[0]
    format = ["csv", "parquet", "parquet"].randomElement(using: &random) ?? "csv"
    slack = [0, 0, 1, 30].randomElement(using: &random) ?? 0
  }

  /// The declaration of the table in `dovetail.yaml`.
  var declaration: String {
    let keys = (isCutByRegion ? [("region", "string")] : []) + grain.keys.map { ($0.name, $0.type) }
    let partitions = keys.map { "\($0.0): \($0.1)" }.joined(separator: ", ")
    let unit = column == "BIGINT" ? ", unit: us" : ""
    return """
        \(name):
          location: data/\(name)
          format: \(format)
          partitions: \(keys.isEmpty ? "[]" : "{ \(partitions) }")
          columns: { id: INTEGER, ts: \(column), symbol: VARCHAR\(isCutByRegion ? "" : ", region: VARCHAR") }
          time: { column: ts, zone: \(zone), slack: \(slack)h, misplaced: skip\(unit) }

      """
  }

  /// Rows that count: those whose time lies in what their partition covers.
  var placed: [LayoutRow] {
    files.sorted { $0.key < $1.key }.flatMap { path, rows in
      rows.filter { row in
        guard grain != .none else { return true }
        guard let time = row.time else { return path.contains("__HIVE") }
        guard let span = span(of: path) else { return false }
        let reach = Int64(slack) * 3_600_000_000
        return time >= span.lowerBound - reach && time < span.upperBound + reach
      }
    }
  }

  /// Adds a file with some rows, most of them in their place.
  mutating func add(_ random: inout SeededGenerator) {
    let first = row(&random)
    var rows = [first]
    let place = folder(of: first)
    for _ in 0..<Int.random(in: 0...5, using: &random) {
      let next = row(&random)
      let isStray = Int.random(in: 0..<8, using: &random) == 0
      if folder(of: next) == place || isStray && next.region == first.region { rows.append(next) }
    }
    ids += 1
    files["\(place)file-\(ids).\(format)"] = rows
  }

  /// Writes other rows to a file that is there.
  mutating func rewrite(_ random: inout SeededGenerator) {
    guard let path = files.keys.sorted().randomElement(using: &random) else { return }
    _ = files[path]?.popLast()
    for _ in 0..<8 {
      let next = row(&random)
      if path.hasPrefix("\(folder(of: next))file") { files[path]?.append(next) }
    }
  }

  /// Deletes a file.
  mutating func remove(_ random: inout SeededGenerator) {
    if let path = files.keys.sorted().randomElement(using: &random) { files[path] = nil }
  }

  /// The text of a file.
  func text(of rows: [LayoutRow]) -> String {
    var text = "id,ts,symbol\(isCutByRegion ? "" : ",region")\n"
    for row in rows {
      let region = isCutByRegion ? "" : ",\(row.region)"
      text += "\(row.id),\(timeText(of: row)),\(row.symbol ?? "")\(region)\n"
    }
    return text
  }

  /// A SELECT of the rows of a file, with the types that the table declares.
  func select(_ rows: [LayoutRow]) -> String {
    let types = ["INTEGER", "BIGINT", "VARCHAR", "VARCHAR"].map { "CAST(NULL AS \($0))" }
    // The first row says which types they have, and is left out.
    let values = rows.map { row in
      "(\(row.id), \(row.time.map { "\($0)" } ?? "NULL"), "
        + "\(row.symbol.map { "'\($0)'" } ?? "NULL"), '\(row.region)')"
    }
    let time =
      switch column {
      case "BIGINT": "us"
      case "TIMESTAMP": "make_timestamp(us)"
      default: "make_timestamptz(us)"
      }
    return "SELECT id, \(time) AS ts, symbol\(isCutByRegion ? "" : ", region") FROM (VALUES "
      + (["(\(types.joined(separator: ", ")))"] + values).joined(separator: ", ")
      + ") r(id, us, symbol, region) WHERE id IS NOT NULL"
  }

  private func timeText(of row: LayoutRow) -> String {
    guard let time = row.time else { return "" }
    switch column {
    case "BIGINT": return "\(time)"
    case "TIMESTAMP": return Self.timestamp(time)
    default: return Self.timestamp(time) + "+00"
    }
  }

  /// Rows around the end of a month in which clocks are changed in New York, on the borders of hours and days
  /// and between them.
  private mutating func row(_ random: inout SeededGenerator) -> LayoutRow {
    ids += 1
    let start: Int64 = 1_709_251_200_000_000  // 2024-03-01T00:00:00Z
    let days: [Int64] = [-1, 0, 8, 9, 10, 30, 31]
    let hours: [Int64] = [0, 3, 4, 5, 6, 7, 22, 23]
    let offsets: [Int64] = [0, 0, 1, 1_800_000_000, 3_599_999_999]
    let day = days.randomElement(using: &random) ?? 0
    let hour = day * 24 + (hours.randomElement(using: &random) ?? 0)
    let time = start + hour * 3_600_000_000 + (offsets.randomElement(using: &random) ?? 0)
    return LayoutRow(
      id: ids, time: Int.random(in: 0..<12, using: &random) == 0 ? nil : time,
      symbol: ["A", "A", "B", nil].randomElement(using: &random) ?? nil,
      region: ["north", "south"].randomElement(using: &random) ?? "north")
  }

  private var calendar: Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
    return calendar
  }

  /// Where a row belongs: empty or with a slash at its end.
  private func folder(of row: LayoutRow) -> String {
    let region = isCutByRegion ? "region=\(row.region)/" : ""
    guard let time = row.time else {
      return region + grain.keys.map { "\($0.name)=__HIVE_DEFAULT_PARTITION__/" }.joined()
    }
    let parts = calendar.dateComponents(
      [.year, .month, .day, .hour], from: Date(timeIntervalSince1970: Double(time / 1_000_000)))
    func padded(_ number: Int?) -> String { number.map { $0 < 10 ? "0\($0)" : "\($0)" } ?? "" }
    let values = [
      "day": "\(parts.year ?? 0)-\(padded(parts.month))-\(padded(parts.day))",
      "hour": "\(parts.hour ?? 0)", "year": "\(parts.year ?? 0)", "month": "\(parts.month ?? 0)",
    ]
    return region + grain.keys.map { "\($0.name)=\(values[$0.name] ?? "")/" }.joined()
  }

  /// What the partition of a file covers; nil for one without a time.
  private func span(of path: String) -> Range<Int64>? {
    guard !path.contains("__HIVE") else { return nil }
    var parts = DateComponents()
    for folder in path.split(separator: "/").dropLast() {
      let pair = folder.split(separator: "=").map(String.init)
      switch pair[0] {
      case "day":
        let numbers = pair[1].split(separator: "-").map { Int($0) }
        (parts.year, parts.month, parts.day) = (numbers[0], numbers[1], numbers[2])
      case "hour": parts.hour = Int(pair[1])
      case "year": parts.year = Int(pair[1])
      case "month": parts.month = Int(pair[1])
      default: break
      }
    }
    let unit: Calendar.Component =
      switch grain {
      case .hour: .hour
      case .day: .day
      case .month, .none: .month
      }
    guard let start = calendar.date(from: parts),
      let interval = calendar.dateInterval(of: unit, for: start)
    else { return nil }
    let (from, to) = (interval.start.timeIntervalSince1970, interval.end.timeIntervalSince1970)
    return Int64(from) * 1_000_000..<Int64(to) * 1_000_000
  }

  private static func timestamp(_ microseconds: Int64) -> String {
    let date = Date(timeIntervalSince1970: Double(microseconds / 1_000_000))
    let text = date.formatted(.iso8601).replacing("T", with: " ").replacing("Z", with: "")
    let rest = microseconds % 1_000_000
    return rest == 0 ? text : text + "." + String(rest + 1_000_000).dropFirst()
  }
}
