import IncrementalJoin
import PartitionPredicate

/// How the time of a row becomes ticks.
struct TimeReading: Hashable, Sendable {
  /// The row's tick, as SQL; NULL for a row without a time and for an infinite one.
  let tick: String
  /// Whether the time is one that a clock shows twice or never, as SQL; nil where none can be.
  let isDoubtful: String?
  /// Whether it is one that a clock never shows, likewise.
  let isNever: String?

  /// Reads the time of an input's rows.
  ///
  /// - Throws: `EngineError.definition` for a column that is missing or holds no times.
  init(_ time: JoinUnit.RowTime, of input: JoinUnit.Input, in ticks: Ticks) throws(EngineError) {
    guard let type = input.type(ofTime: time) else {
      throw .definition(
        "The time column \"\(time.column)\" does not exist in the input \(input.name), which has "
          + "\((input.columns.map(\.name) + input.keys.map(\.name)).joined(separator: ", ")). Correct "
          + "`time:` of its table.")
    }
    let column = time.column.sqlIdentifier
    let scale = ticks.perMicrosecond
    let scaled = { (microseconds: String) in
      scale == 1 ? microseconds : "\(microseconds) * \(scale)"
    }
    if ColumnType(type).integer != nil, let unit = time.unit {
      (isDoubtful, isNever) = (nil, nil)
      // A number that is no BIGINT is no tick either, and may not be multiplied.
      tick =
        "TRY_CAST(CAST(TRY_CAST(\(column) AS BIGINT) AS HUGEINT) * \(unit.microseconds * scale) AS BIGINT)"
      return
    }
    if type.exact == "TIMESTAMP WITH TIME ZONE".exact {
      (isDoubtful, isNever) = (nil, nil)
      tick = scaled("epoch_us(\(column))")
      return
    }
    let isFine = type.exact == "TIMESTAMP_NS".exact
    guard type.exact == "DATE".exact || ColumnType(type).timestampDigits != nil else {
      throw .definition(
        "The time column \"\(time.column)\" of the input \(input.name) is \(type), which is not a time. "
          + (ColumnType(type).integer == nil
            ? "Name under `time:` of its table a column of dates or timestamps, or of integers with `unit:`."
            : "Declare its unit under `time:` of its table: `unit: s`, ms or us."))
    }
    let nanoseconds = "epoch_ns(\(column))"
    let local =
      isFine
      ? "make_timestamp(\(Ticks.quotient(nanoseconds, by: 1_000)))"
      : "TRY_CAST(\(column) AS TIMESTAMP)"
    let clock = time.zone.exact == "UTC".exact ? nil : LocalClock(zone: time.zone, time: local)
    let isDate = type.exact == "DATE".exact
    (isDoubtful, isNever) = isDate ? (nil, nil) : (clock?.isDoubtful, clock?.isNever)
    if isFine {
      let shift = clock.map {
        " + (epoch_us(\($0.instant)) - epoch_us(\(local))) * 1000"
      }
      tick = "CASE WHEN isfinite(\(column)) THEN \(nanoseconds)\(shift ?? "") END"
    } else {
      tick = scaled("epoch_us(\(clock?.instant ?? local))")
    }
  }
}

/// A time on the clock of a zone, and the instant that it is.
private struct LocalClock {
  let zone: String
  /// A TIMESTAMP, as SQL.
  let time: String

  /// The instant as DuckDB has it: the second one of a time that occurs twice.
  var instant: String { shown(time) }

  /// Whether the time occurs twice or never.
  ///
  /// It occurs again where the offset that the clock had a day before, or has a day after, leads to another
  /// instant that shows the same time.
  var isDoubtful: String {
    let others = ["- INTERVAL 26 HOUR", "+ INTERVAL 26 HOUR"].map { step in
      let day = "(\(instant) \(step))"
      let other = "epoch_us(\(time)) - (epoch_us(\(shown(day))) - epoch_us(\(day)))"
      return
        "(\(other) <> epoch_us(\(instant)) AND \(shown("make_timestamptz(\(other))")) = \(time))"
    }
    return finite(([never] + others).joined(separator: " OR "))
  }

  /// Whether the time never occurs.
  var isNever: String { finite(never) }

  private var never: String { "\(shown(instant)) <> \(time)" }

  private func finite(_ condition: String) -> String {
    "CASE WHEN isfinite(\(time)) THEN \(condition) ELSE false END"
  }

  /// An instant as the zone's clock shows it, or what the clock shows as an instant.
  private func shown(_ time: String) -> String { "timezone(\(zone.sqlLiteral), \(time))" }
}

extension EpochUnit {
  /// How long one is.
  var microseconds: Int64 {
    switch self {
    case .seconds: 1_000_000
    case .milliseconds: 1_000
    case .microseconds: 1
    }
  }
}
