public import Foundation
public import PartitionPredicate

/// Which partitions of a table are watched, so that every run looks at them.
///
/// Other partitions are looked at where something that is built reads them, and when everything is requested.
public enum TableWatch: Hashable, Sendable {
  /// Those whose span ended at most so long ago, or has not ended.
  case lately(Duration)
  /// Those that a predicate over the table's keys selects, in which `current_date` is the day of the listing in UTC.
  case selected(PushdownPredicate)

  /// The partitions that are watched at an instant.
  ///
  /// - Parameter instant: When the table is listed.
  /// - Returns: The scope to request from a listing.
  public func scope(at instant: Date) -> PartitionScope {
    switch self {
    case .lately:
      return .spans(SpanScope(since: start(at: instant) ?? .min))
    case .selected(let predicate):
      let today = (instant.timeIntervalSince1970 / 86_400).rounded(.down)
      return .selected(
        PushdownPredicate(keys: predicate.keys, root: predicate.root, today: Int(today)))
    }
  }

  /// From when on partitions are watched, in microseconds since 1970-01-01 UTC; nil for a predicate.
  public func start(at instant: Date) -> Int64? {
    guard case .lately(let length) = self else { return nil }
    let now = Int128((instant.timeIntervalSince1970 * 1_000_000).rounded(.down))
    return Int64(clamping: now - Int128(length.microsecondsUp))
  }
}
