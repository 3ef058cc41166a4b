import IncrementalJoin
import PartitionPredicate

/// Whether the tick of a row lies in a span that its partition or its unit has.
///
/// The borders of the spans are columns of a scan.
struct SpanTest {
  /// What the columns are called, but for their numbers.
  let name: String
  let ticks: Ticks
  /// How far outside of the borders a tick may lie.
  var window = TimeWindow.none
  let span: (FileScan.Part) -> PartitionSpan
  /// How many intervals a span has at most.
  let width: Int

  init(
    name: String, ticks: Ticks, window: TimeWindow = .none, of relation: InputRelation,
    _ span: @escaping (FileScan.Part) -> PartitionSpan
  ) {
    (self.name, self.ticks, self.window, self.span) = (name, ticks, window, span)
    width =
      FileScan.scans(of: relation.groups, format: relation.input.format)
      .flatMap(\.parts).map { Self.count(span($0)) }.max() ?? 0
  }

  private static func count(_ span: PartitionSpan) -> Int {
    switch span {
    case .always: 1
    case .unknown: 0
    case .instants(let intervals): intervals.count
    }
  }

  private func column(_ suffix: String) -> String { "\(name) \(suffix)".sqlIdentifier }

  /// The columns of a scan.
  var columns: [ScanColumn] {
    let borders = (0..<width).flatMap { index in
      [
        ScanColumn(name: column("from \(index)"), type: "BIGINT") { border(of: $0, index).from },
        ScanColumn(name: column("to \(index)"), type: "BIGINT") { border(of: $0, index).to },
      ]
    }
    let empty = ScanColumn(name: column("none"), type: "BOOLEAN") { part in
      if case .instants = span(part) { "false" } else { "true" }
    }
    return borders + [empty]
  }

  /// The borders of an interval, both of them in it; none is in an interval that a span lacks.
  private func border(of part: FileScan.Part, _ index: Int) -> (from: String, to: String) {
    switch span(part) {
    case .always: return index == 0 ? ("\(-Ticks.limit)", "\(Ticks.limit)") : ("1", "0")
    case .unknown: return ("1", "0")
    case .instants(let intervals):
      guard index < intervals.count else { return ("1", "0") }
      let before = -Int128(ticks.ceiling(window.before))
      let after = Int128(ticks.ceiling(window.after))
      let limit = Int128(Ticks.limit)
      let from = max(-limit, Int128(ticks.border(intervals[index].lowerBound)) + before)
      let to = min(limit, Int128(ticks.border(intervals[index].upperBound)) - 1 + after)
      return ("\(from)", "\(to)")
    }
  }

  /// Whether a tick lies in the span, as SQL that is never NULL.
  func holds(_ tick: String) -> String {
    let inside = (0..<width).map {
      "\(tick) BETWEEN \(column("from \($0)")) AND \(column("to \($0)"))"
    }
    return "CASE WHEN \(tick) IS NULL THEN \(column("none")) ELSE "
      + "\(inside.isEmpty ? "false" : inside.joined(separator: " OR ")) END"
  }
}

/// A column of a scan whose value depends on the part that a row is of.
struct ScanColumn {
  /// An identifier.
  let name: String
  let type: String
  let value: (FileScan.Part) -> String
}
