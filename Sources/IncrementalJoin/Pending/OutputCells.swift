public import PartitionPredicate

/// How output partitions follow from the partitions of an input.
///
/// Every key of the output is a key of the input's table, or a coarser part of the time that its keys say.
public struct OutputCells: Sendable {
  private let keys: [PartitionKey]
  private let table: TableDefinition
  private let sources: [Source]
  /// The time of the output partitions; nil where they say nothing about it.
  private let time: TableTime?
  /// How far outside its partition's span a row may lie and still count.
  private let slack: Duration

  private enum Source: Hashable {
    /// The key of the table at a place.
    case own(Int)
    /// A number that follows from the time.
    case part(TimePart)
  }

  /// Relates the output's keys to those of an input.
  ///
  /// - Parameters:
  ///   - keys: The output's keys.
  ///   - table: The input's table.
  ///   - renames: Keys of the table that have another name in the output.
  ///   - zone: The clock of the output's keys, which is that of the first input; nil for the table's own.
  ///   - isByTime: Whether rows are selected by their time, so that the table's slack counts.
  /// - Throws: `OutputCellsError` for a key that does not follow from the table's.
  public init(
    keys: [PartitionKey], of table: TableDefinition, renames: [KeyRename], zone: String? = nil,
    isByTime: Bool = true
  ) throws(OutputCellsError) {
    self.keys = keys
    self.table = table
    slack = isByTime ? table.time?.slack ?? .zero : .zero
    var sources: [Source] = []
    for key in keys { sources.append(try Self.source(of: key.name, in: table, renames)) }
    self.sources = sources
    guard let time = table.time else {
      self.time = nil
      return
    }
    let meanings = sources.map { source -> TimeKeyMeaning? in
      switch source {
      case .own(let index): time.keys.meanings[index]
      case .part(let part): .part(part)
      }
    }
    let own = TimeKeys(meanings: meanings, constants: time.keys.constants)
    if let (part, missing) = own.gap {
      throw .gap(table: table.name, part: "\(part)", missing: "\(missing)")
    }
    self.time =
      own.finest == nil
      ? nil : TableTime(column: time.column, unit: time.unit, zone: zone ?? time.zone, keys: own)
  }

  /// The keys of an output, from their names.
  ///
  /// A key of the table has its type; a part that follows from the time is an int.
  ///
  /// - Throws: `OutputCellsError` for the first name that does not follow from the table's keys.
  public static func keys(
    named names: [String], of table: TableDefinition, renames: [KeyRename]
  ) throws(OutputCellsError) -> [PartitionKey] {
    var keys: [PartitionKey] = []
    for name in names {
      let type: KeyType =
        switch try source(of: name, in: table, renames) {
        case .own(let index): table.keys[index].type
        case .part: .int
        }
      keys.append(PartitionKey(name: name, type: type))
    }
    return keys
  }

  private static func source(
    of name: String, in table: TableDefinition, _ renames: [KeyRename]
  ) throws(OutputCellsError) -> Source {
    if let index = table.place(ofKey: name, renames) { return .own(index) }
    if let finest = table.time?.keys.finest, let part = TimePart(named: name), part <= finest {
      return .part(part)
    }
    throw .unknownKey(
      name, table: table.name, keys: table.keys.map(\.name), grain: table.time?.keys.grain,
      hasTime: table.time != nil)
  }

  /// The output partitions that may have rows of a partition: the one in which it lies and, with slack or on another
  /// clock, its neighbors.
  ///
  /// - Throws: `SpanError` where the partition's keys do not name a time.
  public func cells(of partition: Partition) throws(SpanError) -> [Partition] {
    guard let time, let source = table.time,
      case .range(_, let parts)? = try source.keys.localTime(of: partition)
    else { return [cell(of: partition, parts: nil)] }
    let own = cell(of: partition, parts: parts)
    let isSameClock = source.zone.exact == time.zone.exact
    guard slack > .zero || !isSameClock else { return [own] }
    let clock = try ZoneClock.named(time.zone)
    let window = TimeWindow(before: slack, after: slack)
    guard let reach = try source.span(of: partition).widened(by: window).hull else { return [own] }
    var cells: [Partition] = []
    var instant = reach.lowerBound
    while instant < reach.upperBound {
      let cell = cell(of: partition, parts: TimePart.parts(ofLocal: clock.local(at: instant)))
      // A year that all partitions share has an end too.
      guard let end = try time.span(of: cell).hull?.upperBound, end > instant else { break }
      cells.append(cell)
      instant = end
    }
    return cells
  }

  /// The time that an output partition covers.
  ///
  /// - Throws: `SpanError` where its keys do not name a time.
  public func span(of cell: Partition) throws(SpanError) -> PartitionSpan {
    try time?.span(of: cell) ?? .always
  }

  /// The output partition of some parts of a time; without them time keys are those of the partition, or NULL.
  private func cell(of partition: Partition, parts: [TimePart: Int]?) -> Partition {
    let values = zip(keys, sources).map { key, source -> PartitionValue in
      switch source {
      case .part(let part): parts?[part].map { .integer(Int64($0)) } ?? .null
      case .own(let index):
        parts.flatMap { parts in
          table.time?.keys.meanings[index]?.value(
            of: parts, like: partition.values[index], type: key.type)
        } ?? partition.values[index]
      }
    }
    return Partition(keys: keys, values: values)
  }
}

extension TimeKeyMeaning {
  /// The value of a key at a time; nil where the parts do not determine it.
  fileprivate func value(of parts: [TimePart: Int], like value: PartitionValue, type: KeyType)
    -> PartitionValue?
  {
    switch self {
    case .date:
      guard let year = parts[.year], let month = parts[.month], let day = parts[.day] else {
        return nil
      }
      return CivilDate(year: year, month: month, day: day).map { .date(days: $0.daysSinceEpoch) }
    case .part(let part):
      let width = if case .string(let text) = value { text.utf8.count } else { 0 }
      return parts[part].flatMap { PartitionValue(raw: padded($0, to: width), type: type) }
    case .pattern(let pattern):
      guard pattern.parts.isSubset(of: parts.keys) else { return nil }
      return PartitionValue(raw: pattern.text(of: parts), type: type)
    case .length(let length):
      guard case .timestamp(let start) = value else { return nil }
      guard let year = parts[.year], let month = parts[.month], let day = parts[.day],
        let date = CivilDate(year: year, month: month, day: day)
      else { return nil }
      let minutes = Int64((parts[.hour] ?? 0) * 60 + (parts[.minute] ?? 0))
      let local =
        Int64(date.daysSinceEpoch) * CivilDate.microsecondsADay + minutes * 60_000_000
      // Parts do not tell the seconds of lengths below a minute: the partition's own start stays.
      guard length >= .seconds(60) else { return .timestamp(microseconds: start) }
      let size = Int64(length.nanoseconds / 1000)
      return .timestamp(microseconds: local.floored(by: size) * size)
    }
  }
}

extension TableDefinition {
  /// The index of the key that has a name in the first input and the output.
  public func place(ofKey name: String, _ renames: [KeyRename]) -> Int? {
    let own = renames.first { $0.name.isSameName(as: name) }?.own ?? name
    // A key with another name there does not also have its own.
    let isRenamed = renames.contains {
      $0.own.isSameName(as: own) && !$0.name.isSameName(as: name)
    }
    return isRenamed ? nil : keys.firstIndex { $0.name.isSameName(as: own) }
  }
}

/// Why output partitions do not follow from those of an input.
public enum OutputCellsError: Error, Hashable, Sendable {
  /// A key that the table does not have, and that does not follow from its time.
  ///
  /// `grain` is nil where no key says anything about time.
  case unknownKey(String, table: String, keys: [String], grain: String?, hasTime: Bool)
  /// The output's keys tell a part of the time without a coarser one.
  case gap(table: String, part: String, missing: String)
}

extension OutputCellsError: CustomStringConvertible {
  /// What is wrong, and what to write.
  public var description: String {
    switch self {
    case .unknownKey(let name, let table, let keys, let grain, let hasTime):
      let has = keys.isEmpty ? "has no partition keys" : "has \(keys.joined(separator: ", "))"
      let time =
        switch (grain, TimePart(named: name)) {
        case _ where keys.isEmpty:
          " Nothing says which of its files belong to one \(name): give the table partitions, or let the output have "
            + "none, with `partitions: []`"
        case (nil, _?) where hasTime:
          " None of its keys says when its rows happen: say it under `keys:` of its `time:`, as in "
            + "`keys: { <key>: yyyyMMdd }`"
        case (let grain?, _?):
          " Its time is known by the \(grain) only: an output cannot be finer than its first input"
        case (nil, _?):
          " With a `time:` of the table, coarser parts of its time follow from its keys"
        default: ""
        }
      return
        "the partition key \(name) of the output does not follow from the table \(table), which \(has)."
        + time
    case .gap(let table, let part, let missing):
      return
        "the output's keys name no time: the \(part) of table \(table) without its \(missing). Name the "
        + "\(missing) as well, or leave the \(part) out"
    }
  }
}
