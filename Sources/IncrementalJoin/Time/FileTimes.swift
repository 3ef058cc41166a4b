import PartitionPredicate

/// Between which times all rows of a data file lie.
public struct FileTimes: Hashable, Sendable {
  /// The first and the last one in microseconds since 1970-01-01, rounded outward.
  public let range: ClosedRange<Int64>
  /// Whether these are instants in UTC; otherwise they are what the clock of the table's zone shows.
  public let isInstant: Bool

  /// Creates a range of times.
  public init(range: ClosedRange<Int64>, isInstant: Bool) {
    self.range = range
    self.isInstant = isInstant
  }
}

extension TableTime {
  /// The instants between which the times of a file's rows lie, from the first to the last.
  ///
  /// - Returns: nil where the clock of the zone is put forward or back in between: the order of local times is not that of
  ///   instants there.
  func instants(of times: FileTimes) -> ClosedRange<Int64>? {
    guard !times.isInstant else { return times.range }
    guard let clock = try? ZoneClock.named(zone) else { return nil }
    let local = times.range.lowerBound..<times.range.upperBound + 1
    // Every clock with changes is put forward or back within a year, which does not have to be searched for then.
    let isShort = local.upperBound - local.lowerBound <= 400 * CivilDate.microsecondsADay
    guard isShort || zone.exact == "UTC".exact else { return nil }
    let instants = clock.instants(ofLocal: local)
    guard let only = instants.first, instants.count == 1,
      only.upperBound - only.lowerBound == local.upperBound - local.lowerBound
    else { return nil }
    return only.lowerBound...only.upperBound - 1
  }
}

extension PartitionSpan {
  /// Whether all instants from one to another lie in it.
  public func contains(_ times: ClosedRange<Int64>) -> Bool {
    switch self {
    case .always: true
    case .unknown: false
    case .instants(let intervals):
      intervals.contains {
        $0.lowerBound <= times.lowerBound && times.upperBound < $0.upperBound
      }
    }
  }

  /// Whether no instant from one to another lies in it.
  func excludes(_ times: ClosedRange<Int64>) -> Bool {
    switch self {
    case .always, .unknown: false
    case .instants(let intervals):
      intervals.allSatisfy {
        times.upperBound < $0.lowerBound || $0.upperBound <= times.lowerBound
      }
    }
  }
}
