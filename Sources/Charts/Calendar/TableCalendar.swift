public import IncrementalJoin
public import PartitionPredicate

/// The partitions of one table in time order, each with what a picture shows of it.
public struct TableCalendar: Sendable {
  /// Partitions of one time and group.
  public struct Entry: Hashable, Sendable {
    /// See `CalendarKeys.slot(of:)`; without time keys, the index into `values`.
    public let slot: Int
    /// The index into `groups`.
    public let group: Int
    /// What is known about them.
    public fileprivate(set) var cell: CalendarCell
    /// Where they lie in `order`.
    fileprivate var members: Range<Int32>
  }

  /// The input's name, or the job's for its output.
  public let name: String
  /// Whether it is the job's output.
  public let isOutput: Bool
  /// How the table's keys are read.
  public let keys: CalendarKeys
  /// The groups as paths such as `region=eu`, in order; one empty text for a table without other keys.
  public let groups: [ExactText]
  /// The values of the last key, in order, where no key tells a time; otherwise empty.
  public let values: [ExactText]
  /// Sorted by time, then by group.
  public let entries: [Entry]
  /// The number of partitions of each status.
  public let counts: [PartitionStatus: Int]
  /// Partitions whose keys name no time, by their status.
  public let untimed: [PartitionStatus: Int]

  /// The indices of the partitions, as they were given, in the order of the entries.
  private let order: [Int32]
  private let groupOf: [[PartitionValue]: Int]
  private let valueOf: [PartitionValue: Int]

  /// Sorts the partitions of a table in O(n log n) time.
  ///
  /// - Parameters:
  ///   - name: The input's name, or the job's for its output.
  ///   - isOutput: Whether it is the job's output.
  ///   - keys: The table's keys.
  ///   - time: What is declared about them; nil for nothing.
  ///   - partitions: Each one once, in any order.
  public init(
    name: String, isOutput: Bool, keys: [PartitionKey], time: TimeKeys?,
    partitions: [(partition: Partition, cell: CalendarCell)]
  ) {
    let reader = CalendarKeys(keys: keys, time: time)
    var counts: [PartitionStatus: Int] = [:]
    var untimed: [PartitionStatus: Int] = [:]
    for (_, cell) in partitions { counts[cell.status, default: 0] += cell.partitions }
    var groups: Set<[PartitionValue]> = []
    var values: Set<PartitionValue> = []
    for (partition, _) in partitions {
      if !reader.groupKeys.isEmpty { groups.insert(reader.group(of: partition)) }
      if reader.grain == .value { values.insert(partition.values.last ?? .null) }
    }
    let sortedGroups =
      reader.groupKeys.isEmpty ? [[]] : groups.sorted { $0.lexicographicallyPrecedes($1) }
    let sortedValues = values.sorted()
    groupOf = Dictionary(
      sortedGroups.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    valueOf = Dictionary(
      sortedValues.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var entries: [Entry] = []
    entries.reserveCapacity(partitions.count)
    for (index, (partition, cell)) in partitions.enumerated() {
      let slot =
        reader.grain == .value
        ? valueOf[partition.values.last ?? .null] : reader.slot(of: partition)
      guard let slot else {
        untimed[cell.status, default: 0] += cell.partitions
        continue
      }
      let group = reader.groupKeys.isEmpty ? 0 : groupOf[reader.group(of: partition)] ?? 0
      let place = Int32(clamping: index)
      entries.append(Entry(slot: slot, group: group, cell: cell, members: place..<place))
    }
    entries.sort { ($0.slot, $0.group) < ($1.slot, $1.group) }
    order = entries.map(\.members.lowerBound)
    self.name = name
    self.isOutput = isOutput
    self.keys = reader
    self.groups = sortedGroups.map {
      Self.path(keys: reader.groupKeys.map { keys[$0] }, values: $0)
    }
    self.values = sortedValues.map { ExactText($0.text) }
    self.entries = Self.merged(entries)
    self.counts = counts
    self.untimed = untimed
  }

  private static func path(keys: [PartitionKey], values: [PartitionValue]) -> ExactText {
    keys.isEmpty ? "" : Partition(keys: keys, values: values).path
  }

  /// Merges entries with the same place, which keys that tell minutes produce.
  private static func merged(_ sorted: [Entry]) -> [Entry] {
    var entries: [Entry] = []
    entries.reserveCapacity(sorted.count)
    for (place, var entry) in sorted.enumerated() {
      let place = Int32(clamping: place)
      if let last = entries.last, last.slot == entry.slot, last.group == entry.group {
        entries[entries.count - 1].cell.add(entry.cell)
        entries[entries.count - 1].members = last.members.lowerBound..<place + 1
      } else {
        entry.members = place..<place + 1
        entries.append(entry)
      }
    }
    return entries
  }

  /// From the first to the last time; nil for a table without partitions.
  public var slots: Range<Int>? {
    guard let first = entries.first, let last = entries.last else { return nil }
    return first.slot..<last.slot + 1
  }

  /// The entries in a span of time, found by binary search.
  public func entries(in slots: Range<Int>) -> ArraySlice<Entry> {
    let start = entries.partitioningIndex { $0.slot >= slots.lowerBound }
    let end = entries[start...].partitioningIndex { $0.slot >= slots.upperBound }
    return entries[start..<end]
  }

  /// All partitions in a span of time, and in one group where it is given, as one cell; nil when there are none.
  public func cell(in slots: Range<Int>, group: Int? = nil) -> CalendarCell? {
    var cell: CalendarCell?
    for entry in entries(in: slots, group: group) {
      if cell == nil { cell = entry.cell } else { cell?.add(entry.cell) }
    }
    return cell
  }

  /// The entries in a span of time, and in a group where it is given; a short span is found by binary search.
  private func entries(in slots: Range<Int>, group: Int?) -> [Entry] {
    guard let group else { return Array(entries(in: slots)) }
    guard slots.count <= 64 else { return entries(in: slots).filter { $0.group == group } }
    return slots.compactMap { slot in
      let place = entries.partitioningIndex { ($0.slot, $0.group) >= (slot, group) }
      guard place < entries.endIndex, entries[place].slot == slot, entries[place].group == group
      else { return nil }
      return entries[place]
    }
  }

  /// The partitions in a span of time, and in one group where it is given, as indices into those that the calendar was
  /// made from.
  public func partitions(in slots: Range<Int>, group: Int? = nil) -> [Int] {
    entries(in: slots, group: group)
      .flatMap { entry in order[Int(entry.members.lowerBound)..<Int(entry.members.upperBound)] }
      .map { Int($0) }
  }

  /// Where a partition stands, as its slot and group; nil for one without a time or that is not in the table.
  public func place(of partition: Partition) -> (slot: Int, group: Int)? {
    let slot =
      keys.grain == .value ? valueOf[partition.values.last ?? .null] : keys.slot(of: partition)
    let group = keys.groupKeys.isEmpty ? 0 : groupOf[keys.group(of: partition)]
    guard let slot, let group else { return nil }
    return (slot, group)
  }
}

extension RandomAccessCollection {
  /// The first index from which a condition holds through the end, or the end index.
  func partitioningIndex(_ holds: (Element) -> Bool) -> Index {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = index(low, offsetBy: distance(from: low, to: high) / 2)
      if holds(self[middle]) { high = middle } else { low = index(after: middle) }
    }
    return low
  }
}
