import IncrementalJoin
import PartitionPredicate

/// How the catalog is asked for the partitions of a scope, and perhaps for more.
enum PartitionQuestion: Equatable {
  case everything
  /// Those that expressions select.
  case expressions([String])
  /// Those of these values.
  case values([[String]])
  /// Those that expressions select, and those of some values.
  case both([String], [[String]])

  /// So many partitions are asked for by their values at most.
  private static let mostValues = 10_000

  /// Finds the question that costs the fewest requests and misses nothing.
  ///
  /// - Parameters:
  ///   - scope: What is needed; not `watched`.
  ///   - table: Has keys.
  init(_ scope: PartitionScope, of table: TableDefinition) {
    switch scope {
    case .all, .watched: self = .everything
    case .selected(let predicate):
      // Of a number or a date the catalog may have another spelling.
      if table.keys.allSatisfy({ $0.type == .string }),
        let partitions = predicate.listedPartitions(limit: Self.mostValues)
      {
        self = .values(partitions.map { $0.values.map(\.text) })
      } else {
        self = GluePrinter().covering(predicate).map { .expressions($0) } ?? .everything
      }
    case .spans(let scope):
      guard let predicate = table.predicate(containing: scope),
        let expressions = GluePrinter().covering(predicate)
      else {
        self = .everything
        return
      }
      // What has no time belongs to every span. Text sorts NULL behind all digits; among numbers the catalog refuses the
      // expression; a date is asked for.
      self =
        table.keys.map(\.type) == [.date]
        ? .both(expressions, [[PartitionValue.null.text]]) : .expressions(expressions)
    }
  }
}

extension TableDefinition {
  /// A predicate that is TRUE for all partitions that may cover a time of the scope; nil where no key can say it.
  fileprivate func predicate(containing scope: SpanScope) -> PushdownPredicate? {
    guard let time, let hull = scope.hull else { return nil }
    // A day on either side is more than any zone is off.
    let first = CivilDate(clampedMicroseconds: hull.lowerBound, plus: -1)
    let last = CivilDate(clampedMicroseconds: hull.upperBound, plus: 1)
    var clauses: [String] = []
    // A part goes from the first to the last day's only while all coarser ones are the same, keys or not.
    func isCounting(_ part: TimePart) -> Bool {
      switch part {
      case .year: true
      case .month: first.year == last.year
      case .day: first.year == last.year && first.month == last.month
      case .hour, .minute: false
      }
    }
    for (key, meaning) in zip(keys, time.keys.meanings) {
      let name = "`\(key.name.exact.replacing(every: "`", with: "``"))`"
      switch (meaning, key.type) {
      case (.date, .date) where keys.count == 1:
        clauses.append("\(name) BETWEEN DATE '\(first.text)' AND DATE '\(last.text)'")
      case (.part(let part), .int), (.part(let part), .bigint):
        guard isCounting(part), let low = first.number(of: part), let high = last.number(of: part)
        else { continue }
        clauses.append("\(name) BETWEEN \(low) AND \(high)")
      case (.part(.year), .string):
        clauses.append("\(name) >= '\(first.text.prefix(4))'")
      case (.pattern(let pattern), .string):
        guard let start = first.start(in: pattern) else { continue }
        clauses.append("\(name) >= '\(start)'")
      default: continue
      }
    }
    if clauses.isEmpty { return nil }
    return try? PushdownPredicate(clauses.joined(separator: " AND "), keys: keys, today: 0)
  }
}

extension CivilDate {
  /// The day of an instant, moved by some days, within the years of four digits.
  fileprivate init(clampedMicroseconds instant: Int64, plus days: Int) {
    let day = Int(instant / CivilDate.microsecondsADay) + (instant < 0 ? -1 : 0) + days
    self.init(daysSinceEpoch: min(max(day, -719_162), 2_932_896))
  }

  /// A part as a number; nil for those of a time of day.
  fileprivate func number(of part: TimePart) -> Int? {
    switch part {
    case .year: year
    case .month: month
    case .day: day
    case .hour, .minute: nil
    }
  }

  /// How texts of a pattern begin from this day on, in a pattern whose texts sort by time; nil for another one.
  fileprivate func start(in pattern: TimePattern) -> String? {
    let digits = text.exact.parts(separatedBy: "-")
    return switch pattern.text.exact {
    case "yyyyMMdd", "yyyyMMddHH", "yyyyMMddHHmm": digits.joined().text
    case "yyyy-MM-dd", "yyyy-MM-dd-HH", "yyyy-MM-dd HH": text
    case "yyyyMM": digits.prefix(2).joined().text
    case "yyyy-MM": digits.prefix(2).joined(separator: "-").text
    case "yyyy": digits[0].text
    default: nil
    }
  }
}
