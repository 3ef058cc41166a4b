/// How the times of two rows must be related for the rows to match.
public enum TimeCondition: Hashable, Sendable {
  /// The row of the other input that is nearest to that of the first one, at most `tolerance` away; of rows that
  /// are equally near the earlier one.
  ///
  /// Inner and left joins only.
  case asof(direction: AsofDirection, tolerance: Duration, isStrict: Bool)
  /// Every row of the other input whose time minus that of the first one's row lies in [-before, after].
  case within(before: Duration, after: Duration)

  /// How far beyond the span of the first input's rows the other input's rows may match them.
  public var window: TimeWindow {
    switch self {
    case .asof(.backward, let tolerance, _): TimeWindow(before: tolerance, after: .zero)
    case .asof(.forward, let tolerance, _): TimeWindow(before: .zero, after: tolerance)
    case .asof(.nearest, let tolerance, _): TimeWindow(before: tolerance, after: tolerance)
    case .within(let before, let after): TimeWindow(before: before, after: after)
    }
  }
}

/// Where to look for the nearest row.
public enum AsofDirection: String, Hashable, Sendable, CaseIterable {
  /// At or before the first input's row.
  case backward
  /// At or after it.
  case forward
  /// On either side.
  case nearest
}

/// How far beyond the span of an output partition an input is read.
public struct TimeWindow: Hashable, Sendable {
  /// Before its start; not negative.
  public let before: Duration
  /// After its end; not negative.
  public let after: Duration

  /// Nothing beyond the span.
  public static let none = TimeWindow(before: .zero, after: .zero)

  /// Creates a window.
  public init(before: Duration, after: Duration) {
    self.before = before
    self.after = after
  }

  /// The window seen from the other side: where the rows are that a row in the window may match.
  public var mirrored: TimeWindow { TimeWindow(before: after, after: before) }
}

extension TimeCondition: CustomStringConvertible {
  /// As `dovetail.yaml` has it; fingerprints are made of it.
  public var description: String {
    switch self {
    case .asof(let direction, let tolerance, let isStrict):
      "asof: { direction: \(direction.rawValue), tolerance: \(tolerance.spelling)"
        + "\(isStrict ? ", strict: true" : "") }"
    case .within(let before, let after):
      "within: { before: \(before.spelling), after: \(after.spelling) }"
    }
  }
}

extension TimeWindow: CustomStringConvertible {
  /// For people: `-15m to +0s`.
  public var description: String { "-\(before.spelling) to +\(after.spelling)" }
}

extension Duration {
  /// The shortest exact spelling with one unit: `15m`, `1500ms`, `250ns`.
  ///
  /// A day is 24 hours. What is not a whole number of nanoseconds is cut.
  public var spelling: String {
    let (seconds, attoseconds) = components
    let nanoseconds = Int128(seconds) * 1_000_000_000 + Int128(attoseconds / 1_000_000_000)
    let units: [(String, Int128)] = [
      ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000),
      ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000),
    ]
    if nanoseconds == 0 { return "0s" }
    let unit = units.first { nanoseconds.isMultiple(of: $0.1) } ?? ("ns", 1)
    return "\(nanoseconds / unit.1)\(unit.0)"
  }
}
