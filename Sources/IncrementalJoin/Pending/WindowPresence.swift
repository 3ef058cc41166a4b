public import Foundation
import PartitionPredicate
import Wording

/// How many of the partitions into which the keys of an input cut a window are there.
public struct WindowPresence: Hashable, Sendable {
  /// Those that have files.
  public let present: Int
  /// All of them.
  public let expected: Int
  /// What they are, for people: `hours`.
  public let unit: String
  /// When the others would be, those next to each other together, in order.
  public let absent: [Range<Date>]

  /// Creates a count.
  public init(present: Int, expected: Int, unit: String, absent: [Range<Date>] = []) {
    self.present = present
    self.expected = expected
    self.unit = unit
    self.absent = absent
  }

  /// Those that have none.
  public var missing: Int { max(0, expected - present) }

  /// Whether none is missing.
  public var isComplete: Bool { present >= expected }
}

extension WindowPresence: CustomStringConvertible {
  /// For people: `7 of 24 hours present`.
  public var description: String { "\(present) of \(expected) \(unit) present" }

  /// For people, in UTC: `2024-05-02 07:00:00 to 2024-05-02 22:00:00, and 2 more`; empty where none is missing.
  public var absence: String {
    let shown = absent.prefix(3).map {
      "\(Quantity.instant($0.lowerBound)) to \(Quantity.instant($0.upperBound))"
    }
    let rest = absent.count - shown.count
    return shown.joined(separator: ", ") + (rest == 0 ? "" : ", and \(rest) more")
  }
}

extension ReadSets {
  /// Which of an input's partitions in the window of an output partition are present.
  ///
  /// Anything before the input's first partition was never expected.
  ///
  /// - Returns: nil where time does not decide what is read.
  func presence(for cell: Partition, span: PartitionSpan) -> WindowPresence? {
    guard case .instants = span, let time = input.table.time, let grain = time.keys.grain,
      let group = timed(by: cell), var window = span.widened(by: window).hull
    else { return nil }
    let unit = time.keys.hasLength ? "spans of \(grain)" : "\(grain)s"
    func hull(_ member: PendingInput.Member) -> Range<Int64>? {
      (try? time.span(of: member.partition))?.hull
    }
    if let first = group.lazy.compactMap(hull).first {
      window = max(window.lowerBound, min(first.lowerBound, window.upperBound))..<window.upperBound
    }
    let members = read(by: cell, span: span).members.compactMap(hull).filter(window.overlaps)
    var (present, missing, end) = (0, 0, window.lowerBound)
    var last: Int64?
    var absent: [Range<Date>] = []
    func miss(until next: Int64) {
      let count = time.count(in: end..<max(end, next))
      guard count > 0 else { return }
      missing += count
      absent.append(Date(microseconds: end)..<Date(microseconds: next))
    }
    for member in members {
      miss(until: member.lowerBound)
      if member.lowerBound != last { present += 1 }
      last = member.lowerBound
      end = max(end, member.upperBound)
    }
    miss(until: window.upperBound)
    return WindowPresence(
      present: present, expected: present + missing, unit: unit, absent: absent)
  }
}

extension TableTime {
  /// Into how many spans the keys cut a range of instants.
  fileprivate func count(in range: Range<Int64>) -> Int {
    var (count, instant) = (0, range.lowerBound)
    while instant < range.upperBound, let end = try? end(ofSpanAt: instant), end > instant {
      count += 1
      instant = end
    }
    return count
  }
}
