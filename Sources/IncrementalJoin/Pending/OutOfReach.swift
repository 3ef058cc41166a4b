import Foundation
import Wording

/// Files that landed and cannot change an output partition, because the times of all their rows lie outside of what it
/// reads.
public struct OutOfReach: Hashable, Sendable {
  /// Where they lie.
  public enum Side: Hashable, Sendable {
    case before
    case after
  }

  /// The files, all of them added, of one partition of an input.
  public let change: InputChange
  /// The first and the last time of their rows, in microseconds since 1970-01-01 UTC.
  public let times: ClosedRange<Int64>
  /// On which side of the output partition they are; nil for both.
  public let side: Side?
  /// How far beyond its span the output partition reads the input.
  public let window: TimeWindow
}

extension OutOfReach: CustomStringConvertible {
  /// One line for people: `quotes hour=10 (halo): 1 added, whose rows end at 2024-05-02 10:30:00 UTC, more than 15m
  /// before it`.
  public var description: String {
    let found = "\(change.place): \(change.counts), whose rows"
    switch side {
    case .before:
      let distance = window.before == .zero ? "" : "more than \(window.before.spelling) "
      return "\(found) end at \(Self.instant(times.upperBound)) UTC, \(distance)before it"
    case .after:
      let distance = window.after == .zero ? "" : "\(window.after.spelling) or more "
      return "\(found) begin at \(Self.instant(times.lowerBound)) UTC, \(distance)after it"
    case nil: return "\(found) are not near enough to it"
    }
  }

  private static func instant(_ microseconds: Int64) -> String {
    Quantity.instant(Date(microseconds: microseconds))
  }
}
