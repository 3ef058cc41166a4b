public import PartitionPredicate

extension TableTime {
  /// The time that a partition covers: all instants at which the clock of the zone shows what its keys say.
  ///
  /// - Parameter partition: With the table's keys.
  /// - Returns: The span, without the table's slack.
  /// - Throws: `SpanError` where the values do not name a time.
  public func span(of partition: Partition) throws(SpanError) -> PartitionSpan {
    guard let local = try keys.localTime(of: partition) else { return .always }
    switch local {
    case .unknown: return .unknown
    case .range(let range, _): return .instants(try ZoneClock.named(zone).instants(ofLocal: range))
    }
  }

  /// The time as told by the first keys, which contains what all of them say.
  func leading(_ count: Int) -> TableTime {
    TableTime(
      column: column, unit: unit, zone: zone, keys: keys.leading(count), slack: slack,
      misplaced: misplaced)
  }

  /// The end of the span that contains an instant, among those into which the keys divide all time.
  ///
  /// - Returns: nil for keys that say nothing about time.
  /// - Throws: `SpanError` for a zone that does not exist.
  func end(ofSpanAt instant: Int64) throws(SpanError) -> Int64? {
    let clock = try ZoneClock.named(zone)
    guard let local = keys.span(ofLocal: clock.local(at: instant)) else { return nil }
    return clock.instants(ofLocal: local).last?.upperBound
  }

  /// Whether there is a zone of this name, which spans need.
  ///
  /// - Throws: `SpanError.unknownZone`.
  public static func checkZone(_ name: String) throws(SpanError) { _ = try ZoneClock.named(name) }
}

/// What the keys of a partition say, on the clock of their zone.
enum LocalTime: Hashable {
  /// Every time key is NULL.
  case unknown
  /// From start to end in microseconds since 1970-01-01 on the local clock, with the parts of the start.
  case range(Range<Int64>, parts: [TimePart: Int])
}

extension TimeKeys {
  /// The local time that a partition covers; nil without time keys.
  func localTime(of partition: Partition) throws(SpanError) -> LocalTime? {
    var parts: [TimePart: Int] = [:]
    var length: Int64?
    var nulls = 0
    var known: PartitionKey?
    for (index, meaning) in meanings.enumerated() {
      guard let meaning else { continue }
      let (key, value) = (partition.keys[index], partition.values[index])
      guard value != .null else {
        nulls += 1
        continue
      }
      known = key
      for (part, number) in try meaning.parts(of: value, key, in: partition) {
        if let other = parts[part], other != number {
          throw .disagree(partition: partition.path, part: "\(part)", values: [other, number])
        }
        parts[part] = number
      }
      if case .length(let own) = meaning { length = Int64(clamping: own.nanoseconds / 1000) }
    }
    guard let known else { return nulls == 0 ? nil : .unknown }
    guard nulls == 0 else { throw .partlyNull(partition: partition.path, key: known.name) }
    parts.merge(constants) { own, _ in own }
    guard let finest = parts.keys.max(), let start = Int64(parts: parts),
      let end = length.map({ start + $0 }) ?? Int64(endOf: finest, parts, from: start)
    else { throw .noTime(partition: partition.path) }
    return .range(start..<end, parts: parts)
  }
}

extension TimeKeys {
  /// The local times that the keys cannot tell apart from one, in microseconds since 1970-01-01.
  fileprivate func span(ofLocal local: Int64) -> Range<Int64>? {
    for case .length(let length)? in meanings {
      let size = Int64(clamping: length.nanoseconds / 1000)
      let start = local.floored(by: size) * size
      return start..<start + size
    }
    let parts = TimePart.parts(ofLocal: local)
    guard let finest, let start = Int64(parts: parts.filter { $0.key <= finest }),
      let end = Int64(endOf: finest, parts, from: start)
    else { return nil }
    return start..<end
  }
}

extension TimeKeyMeaning {
  /// The parts that a value says.
  fileprivate func parts(
    of value: PartitionValue, _ key: PartitionKey, in partition: Partition
  ) throws(SpanError) -> [TimePart: Int] {
    let text = value.text
    func misfit(_ expected: String) -> SpanError {
      .noPart(partition: partition.path, key: key.name, value: text, expected: expected)
    }
    switch self {
    case .date:
      guard case .date(let days) = value else { throw misfit("a date") }
      return CivilDate(daysSinceEpoch: days).parts
    case .part(let part):
      guard !text.isEmpty, text.utf8.count <= 18, let number = number(ofDigits: Array(text.utf8)),
        part.range.contains(number)
      else { throw misfit("\(part == .hour ? "an" : "a") \(part)") }
      return [part: number]
    case .pattern(let pattern):
      guard let parts = pattern.parts(of: text),
        parts.allSatisfy({ $0.key.range.contains($0.value) })
      else { throw misfit(pattern.text) }
      return parts
    case .length(let length):
      guard case .timestamp(let start) = value,
        (Int128(start) * 1000).isMultiple(of: length.nanoseconds)
      else { throw misfit("a multiple of \(length.spelling)") }
      return TimePart.parts(ofLocal: start)
    }
  }
}

extension CivilDate {
  fileprivate var parts: [TimePart: Int] { [.year: year, .month: month, .day: day] }
}

extension TimePart {
  /// The parts of a local time in microseconds since 1970-01-01.
  static func parts(ofLocal local: Int64) -> [TimePart: Int] {
    let days = local.floored(by: CivilDate.microsecondsADay)
    let minutes = Int((local - days * CivilDate.microsecondsADay) / 60_000_000)
    var parts = CivilDate(daysSinceEpoch: Int(days)).parts
    parts[.hour] = minutes / 60
    parts[.minute] = minutes % 60
    return parts
  }
}

extension Int64 {
  /// A local time in microseconds since 1970-01-01, by its parts; nil for a day that does not exist.
  fileprivate init?(parts: [TimePart: Int]) {
    guard let year = parts[.year],
      let date = CivilDate(year: year, month: parts[.month] ?? 1, day: parts[.day] ?? 1)
    else { return nil }
    self =
      Int64(date.daysSinceEpoch) * CivilDate.microsecondsADay
      + Int64((parts[.hour] ?? 0) * 60 + (parts[.minute] ?? 0)) * 60_000_000
  }

  /// The end of the time that begins at `start` and is named down to a part.
  fileprivate init?(endOf finest: TimePart, _ parts: [TimePart: Int], from start: Int64) {
    let (year, month) = (parts[.year] ?? 0, parts[.month] ?? 1)
    switch finest {
    case .year: self.init(parts: [.year: year + 1])
    case .month where month == 12: self.init(parts: [.year: year + 1])
    case .month: self.init(parts: [.year: year, .month: month + 1])
    case .day: self = start + CivilDate.microsecondsADay
    case .hour: self = start + 3_600_000_000
    case .minute: self = start + 60_000_000
    }
  }
}
