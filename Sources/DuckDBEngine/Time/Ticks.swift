import IncrementalJoin
import PartitionPredicate

/// The integers that stand for times in a query.
///
/// They count microseconds since 1970-01-01 UTC, or nanoseconds where one of the inputs has them.
struct Ticks: Hashable, Sendable {
  let perMicrosecond: Int64

  /// The ticks that tell all times of inputs apart.
  init(of inputs: some Sequence<JoinUnit.Input>) {
    let isFine = inputs.contains { input in
      input.time.flatMap { input.type(ofTime: $0) }?.exact == "TIMESTAMP_NS".exact
    }
    perMicrosecond = isFine ? 1_000 : 1
  }

  /// The largest tick; the smallest is its negative.
  static let limit = Int64.max

  /// A span's border, at most the last tick.
  func border(_ microseconds: Int64) -> Int64 {
    clamped(Int128(microseconds) * Int128(perMicrosecond))
  }

  /// A distance that rows may be apart: what is less than a tick is cut.
  func floor(_ duration: Duration) -> Int64 {
    clamped(nanoseconds(duration) * Int128(perMicrosecond) / 1_000)
  }

  /// How far a window reaches: a part of a tick counts as one.
  func ceiling(_ duration: Duration) -> Int64 {
    clamped((nanoseconds(duration) * Int128(perMicrosecond) + 999) / 1_000)
  }

  private func nanoseconds(_ duration: Duration) -> Int128 {
    let (seconds, attoseconds) = duration.components
    return Int128(seconds) * 1_000_000_000 + Int128(attoseconds / 1_000_000_000)
  }

  private func clamped(_ ticks: Int128) -> Int64 {
    Int64(max(-Int128(Self.limit), min(Int128(Self.limit), ticks)))
  }

  /// An SQL expression of ticks, moved by some of them, at most to the ends of all ticks.
  static func moved(_ tick: String, by ticks: Int64) -> String {
    if ticks == 0 { return tick }
    if ticks > 0 {
      return "CASE WHEN \(tick) > \(limit - ticks) THEN \(limit) ELSE \(tick) + \(ticks) END"
    }
    return "CASE WHEN \(tick) < \(-limit - ticks) THEN \(-limit) ELSE \(tick) - \(-ticks) END"
  }

  /// The whole part of ticks divided by a number, also below zero, where DuckDB rounds up.
  static func quotient(_ tick: String, by divisor: Int64) -> String {
    "(\(tick)) // \(divisor) - CASE WHEN (\(tick)) % \(divisor) < 0 THEN 1 ELSE 0 END"
  }
}

extension JoinUnit.Input {
  /// DuckDB's type of the column with a row's time, which may be a key; nil when there is none.
  func type(ofTime time: JoinUnit.RowTime) -> String? {
    keys.named(time.column)?.type.sqlType ?? columns.named(time.column)?.type
  }
}
