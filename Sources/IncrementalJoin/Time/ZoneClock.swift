import Foundation
import PartitionPredicate
import Synchronization

/// The clock of a time zone: which instants have which local times.
///
/// Instants and local times are in microseconds since 1970-01-01, in UTC and on the local clock. The rules are those of
/// Foundation's time zones, queried once for each stretch of 64 days.
final class ZoneClock: Sendable {
  private static let clocks = Mutex<[ExactText: ZoneClock]>([:])

  /// The clock of a zone.
  ///
  /// - Throws: `SpanError.unknownZone` for a name that the time zone database does not have.
  static func named(_ name: String) throws(SpanError) -> ZoneClock {
    if let known = clocks.withLock({ $0[name.exact] }) { return known }
    guard let clock = ZoneClock(name) else {
      throw .unknownZone(name, near: NearName.of(name, in: TimeZone.knownTimeZoneIdentifiers))
    }
    clocks.withLock { $0[name.exact] = clock }
    return clock
  }

  /// nil for UTC.
  private let zone: TimeZone?
  private let stretches = Mutex<[Int64: [Segment]]>([:])

  /// A time in which the local clock is always so far ahead of UTC.
  private struct Segment {
    /// In seconds.
    var start: Int64
    let offset: Int64
  }

  private init?(_ name: String) {
    if ["UTC", "Etc/UTC", "Z", "GMT"].contains(where: { $0.exact == name.exact }) {
      zone = nil
      return
    }
    // Foundation also accepts abbreviations, and traps on some names.
    guard name.utf8.contains(UInt8(ascii: "/")), !name.exact.begins(with: "GMT"),
      let zone = TimeZone(identifier: name), zone.identifier.exact == name.exact
    else { return nil }
    self.zone = zone
  }

  /// All instants whose local time lies in a range, ascending and disjoint.
  func instants(ofLocal local: Range<Int64>) -> [Range<Int64>] {
    guard zone != nil else { return local.isEmpty ? [] : [local] }
    // No clock is ahead or behind by more than a day.
    let day = CivilDate.microsecondsADay
    var found: [Range<Int64>] = []
    for (instants, offset) in segments(from: local.lowerBound - day, to: local.upperBound + day) {
      let start = max(instants.lowerBound, local.lowerBound - offset)
      let end = min(instants.upperBound, local.upperBound - offset)
      guard start < end else { continue }
      if let last = found.last, last.upperBound == start {
        found[found.count - 1] = last.lowerBound..<end
      } else {
        found.append(start..<end)
      }
    }
    return found
  }

  /// The local time of an instant.
  func local(at instant: Int64) -> Int64 {
    guard zone != nil else { return instant }
    return instant + (segments(from: instant, to: instant + 1).first?.offset ?? 0)
  }

  /// How far the clock was ahead of UTC in a range of instants, in order; the first and last segment extend to its
  /// ends.
  private func segments(from start: Int64, to end: Int64)
    -> [(instants: Range<Int64>, offset: Int64)]
  {
    let (first, last) = (start.floored(by: 1_000_000), (end - 1).floored(by: 1_000_000))
    var segments: [Segment] = []
    for index in first.floored(by: Self.stretch)...last.floored(by: Self.stretch) {
      for segment in stretch(index) where segments.last?.offset != segment.offset {
        segments.append(segment)
      }
    }
    return segments.indices.compactMap { index in
      let from = index == 0 ? start : max(start, segments[index].start * 1_000_000)
      let until =
        index + 1 < segments.count ? min(end, segments[index + 1].start * 1_000_000) : end
      return from < until ? (from..<until, segments[index].offset * 1_000_000) : nil
    }
  }

  /// In seconds.
  private static let day: Int64 = 86_400
  private static let stretch: Int64 = 64 * day

  private func stretch(_ index: Int64) -> [Segment] {
    if let known = stretches.withLock({ $0[index] }) { return known }
    let start = index * Self.stretch
    var segments = [Segment(start: start, offset: offset(at: start))]
    for day in stride(from: start, to: start + Self.stretch, by: Int(Self.day)) {
      let before = segments[segments.count - 1].offset
      let after = offset(at: day + Self.day)
      guard before != after else { continue }
      // The first second of the new offset lies after `low`.
      var (low, high) = (day, day + Self.day)
      while high - low > 1 {
        let middle = (low + high) / 2
        if offset(at: middle) == before { low = middle } else { high = middle }
      }
      segments.append(Segment(start: high, offset: after))
    }
    stretches.withLock { $0[index] = segments }
    return segments
  }

  private func offset(at second: Int64) -> Int64 {
    // Whole seconds are exact in a Double.
    Int64(zone?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second))) ?? 0)
  }
}
