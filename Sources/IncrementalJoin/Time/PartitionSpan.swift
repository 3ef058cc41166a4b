/// The time that a partition covers.
///
/// Instants are in microseconds since 1970-01-01 UTC.
public enum PartitionSpan: Hashable, Sendable {
  /// All time: no key says anything about it.
  case always
  /// No time at all: every time key is NULL.
  ///
  /// Such partitions belong together, and with anything that covers all time.
  case unknown
  /// Half-open intervals in ascending order that do not touch; none for a local hour that never occurs, several
  /// where clocks were put back.
  case instants([Range<Int64>])

  /// From the first instant to the last; nil where there is none, and the range of all numbers for all time.
  public var hull: Range<Int64>? {
    switch self {
    case .always: .min ..< .max
    case .unknown: nil
    case .instants(let instants):
      instants.first.map { $0.lowerBound..<(instants.last?.upperBound ?? $0.upperBound) }
    }
  }

  /// Whether an instant lies in it.
  public func contains(_ instant: Int64) -> Bool {
    switch self {
    case .always: true
    case .unknown: false
    case .instants(let instants): instants.contains { $0.contains(instant) }
    }
  }

  /// The same span with every interval longer by the window on both sides; a fraction of a microsecond counts as one.
  public func widened(by window: TimeWindow) -> PartitionSpan {
    guard case .instants(let instants) = self, window != .none else { return self }
    let (before, after) = (window.before.microsecondsUp, window.after.microsecondsUp)
    var wide: [Range<Int64>] = []
    for interval in instants {
      let start = interval.lowerBound.subtracting(before)
      let end = interval.upperBound.adding(after)
      if let last = wide.last, last.upperBound >= start {
        wide[wide.count - 1] = last.lowerBound..<max(last.upperBound, end)
      } else {
        wide.append(start..<end)
      }
    }
    return .instants(wide)
  }

  /// Whether two spans have an instant in common, or belong to each other.
  public func overlaps(_ other: PartitionSpan) -> Bool {
    switch (self, other) {
    case (.always, .instants(let instants)), (.instants(let instants), .always): !instants.isEmpty
    case (.always, _), (_, .always), (.unknown, .unknown): true
    case (.unknown, _), (_, .unknown): false
    case (.instants(let own), .instants(let others)):
      own.contains { interval in others.contains { $0.overlaps(interval) } }
    }
  }
}

extension Duration {
  /// Whole microseconds, rounded up, and the most there are for more than that.
  var microsecondsUp: Int64 {
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1000)
    return Int64(clamping: whole + (rest > 0 ? 1 : 0))
  }
}

extension Int64 {
  fileprivate func adding(_ other: Int64) -> Int64 {
    let (sum, overflows) = addingReportingOverflow(other)
    return overflows ? .max : sum
  }

  fileprivate func subtracting(_ other: Int64) -> Int64 {
    let (difference, overflows) = subtractingReportingOverflow(other)
    return overflows ? .min : difference
  }
}
