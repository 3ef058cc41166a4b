import PartitionPredicate

/// Which partitions of one input every output partition reads.
///
/// Partitions with equal compared keys are grouped and sorted by the start of their spans, which is also the order of
/// their ends. What an output partition reads of them is one range, found by two binary searches and named by the
/// difference of two sums.
struct ReadSets {
  let input: JobInput
  /// Partitions that have files but no span, so no output partition reads them.
  private(set) var problems: [ListingProblem] = []
  /// Whether every output partition reads at most one partition, the one with its own keys.
  let isAlone: Bool
  /// The members in the order of their groups and starts.
  private let members: [PendingInput.Member]
  /// The members as parts of a set; empty where no set is read.
  private let versions: [PartitionVersion.Member]
  /// Where the members begin and end, the table's slack included; nil where time does not matter.
  private let hulls: [Range<Int64>]?
  /// The sum of the members before each one; empty where no set is read.
  private let sums: [VersionSum]
  private var groups: [[PartitionValue]: Group] = [:]
  /// The keys that must be equal, as indices into the output's keys and the input's.
  let compared: [(output: Int, own: Int)]
  let window: TimeWindow
  /// How far outside its partition's span a row may lie and still count.
  let slack: Duration
  /// Whether spans decide what is read.
  let isByTime: Bool
  /// The files whose names are not UTF-8.
  let unreadFiles: [UnreadName]

  /// Members with the same values of the compared keys.
  private struct Group {
    /// Those whose span is `.unknown`.
    var unknown: Range<Int>
    /// Those with instants, or all where time does not matter.
    var others: Range<Int>
  }

  /// Sorts what a listing found.
  ///
  /// - Parameters:
  ///   - input: One input of the job.
  ///   - snapshot: Its listing.
  ///   - index: Its place among the inputs.
  ///   - job: The job's present definition.
  init(of input: JobInput, _ snapshot: Snapshot, index: Int, in job: JobDefinition) {
    self.input = input
    let relation = KeyRelation(of: input, in: job)
    compared = relation.compared
    window = job.windows[index]
    slack = job.isByTime ? input.table.time?.slack ?? .zero : .zero
    isByTime = relation.isByTime
    unreadFiles = snapshot.unreadFiles
    isAlone = !relation.isByTime && compared.count == input.table.keys.count
    var placed: [Placed] = []
    placed.reserveCapacity(snapshot.partitions.count)
    for (partition, listing) in snapshot.partitions {
      let values = relation.compared.map { partition.values[$0.own] }
      do {
        let hull =
          try relation.isByTime
          ? input.table.hull(of: partition, isWide: job.isByTime) : .some(nil)
        guard let hull else { continue }
        placed.append(Placed(values: values, hull: hull, partition: partition, listing: listing))
      } catch {
        problems.append(
          ListingProblem(
            table: input.table.name,
            path: input.table.location.file(partition.path).exact,
            kind: .noSpan(reason: "\(error)")))
      }
    }
    problems.sort { $0.path < $1.path }
    placed.sort { $0.precedes($1) }
    members = placed.map { PendingInput.Member(partition: $0.partition, listing: $0.listing) }
    hulls = relation.isByTime ? placed.map { $0.hull ?? 0..<0 } : nil
    versions =
      isAlone
      ? []
      : placed.map {
        PartitionVersion.Member(path: $0.partition.path, version: $0.listing.version)
      }
    sums = versions.reduce(into: isAlone ? [] : [VersionSum()]) { sums, member in
      var sum = sums[sums.count - 1]
      sum += VersionSum(member)
      sums.append(sum)
    }
    for (index, place) in placed.enumerated() {
      var group = groups[place.values] ?? Group(unknown: index..<index, others: index..<index)
      if relation.isByTime, place.hull == nil {
        group.unknown = group.unknown.lowerBound..<index + 1
      }
      group.others = max(group.others.lowerBound, group.unknown.upperBound)..<index + 1
      groups[place.values] = group
    }
  }

  /// A partition with its place in the order; `hull` is nil for a span that is unknown, and where time does not matter.
  private struct Placed {
    let values: [PartitionValue]
    let hull: Range<Int64>?
    let partition: Partition
    let listing: PartitionListing

    func precedes(_ other: Placed) -> Bool {
      if values != other.values { return values.lexicographicallyPrecedes(other.values) }
      switch (hull, other.hull) {
      case (nil, .some): return true
      case (.some, nil): return false
      case (let own?, let others?) where own != others:
        return (own.lowerBound, own.upperBound) < (others.lowerBound, others.upperBound)
      default: return partition < other.partition
      }
    }
  }

  /// What an output partition reads.
  ///
  /// - Parameters:
  ///   - cell: The output partition.
  ///   - span: The time that it covers.
  /// - Returns: The partitions, with or without files.
  func read(by cell: Partition, span: PartitionSpan) -> PendingInput {
    var input = listed(by: cell, span: span)
    input.unread = unreadFile(in: cell, span: span)
    return input
  }

  private func listed(by cell: Partition, span: PartitionSpan) -> PendingInput {
    let values = compared.map { cell.values[$0.output] }
    guard let group = groups[values] else { return pending(0..<0, core: 0..<0, for: cell) }
    guard let hulls else { return pending(group.others, core: group.others, for: cell) }
    let whole = group.unknown.lowerBound..<group.others.upperBound
    switch span {
    case .always: return pending(whole, core: whole, for: cell)
    case .unknown:
      let isTimeless = group.others.allSatisfy { hulls[$0] == .min ..< .max }
      let read = isTimeless ? whole : group.unknown
      return pending(read, core: read, for: cell)
    case .instants:
      func range(_ span: PartitionSpan) -> Range<Int> {
        guard let hull = span.hull else { return group.others.lowerBound..<group.others.lowerBound }
        let first = group.others.first(from: { hulls[$0].upperBound > hull.lowerBound })
        let end = group.others.first(from: { hulls[$0].lowerBound >= hull.upperBound })
        return first..<max(first, end)
      }
      return pending(range(span.widened(by: window)), core: range(span), for: cell)
    }
  }

  /// What an output partition reads when it was not looked at.
  func unseen(by cell: Partition) -> PendingInput {
    PendingInput(
      input: input, partition: own(cell), isAlone: isAlone, members: [], core: 0..<0, version: nil,
      isLookedAt: false)
  }

  /// The members with a span that an output partition reads at some time; nil where time does not matter.
  func timed(by cell: Partition) -> ArraySlice<PendingInput.Member>? {
    guard hulls != nil else { return nil }
    return members[groups[compared.map { cell.values[$0.output] }]?.others ?? 0..<0]
  }

  /// When each partition landed, with its oldest file, in nanoseconds since 1970-01-01 UTC; `members` of what is read
  /// have their places.
  var landings: [Int64?] { members.map { $0.listing.version.files.lazy.map(\.modified).min() } }

  /// Whether a partition of the input lies outside a span.
  func isHalo(_ partition: Partition, of span: PartitionSpan) -> Bool {
    guard hulls != nil, let own = try? input.table.time?.span(of: partition) else { return false }
    return !span.overlaps(own)
  }

  private func pending(_ range: Range<Int>, core: Range<Int>, for cell: Partition) -> PendingInput {
    let read = members[range]
    let version: PartitionVersion? =
      switch range.count {
      case 0: nil
      case 1: read.first?.listing.version
      default:
        PartitionVersion(
          members: versions[range], sum: sums[range.upperBound] - sums[range.lowerBound])
      }
    return PendingInput(
      input: input, partition: read.first?.partition ?? own(cell), isAlone: isAlone,
      members: read, core: core, version: version)
  }

  /// The input's partition with the values of an output partition's keys of the same names, and NULL where it has none.
  func own(_ cell: Partition) -> Partition {
    var values = input.table.keys.map { _ in PartitionValue.null }
    for (value, key) in zip(cell.values, cell.keys) {
      guard let own = input.table.place(ofKey: key.name, input.renames),
        input.table.keys[own].type == key.type
      else { continue }
      values[own] = value
    }
    return Partition(keys: input.table.keys, values: values)
  }
}

extension TableDefinition {
  /// From the start to the end of what a partition covers, including slack where rows are selected by time.
  ///
  /// - Returns: The range; nil in it when the span is unknown; nil for a partition that covers nothing.
  fileprivate func hull(of partition: Partition, isWide: Bool) throws(SpanError) -> Range<Int64>?? {
    guard let time else { return .some(.min ..< .max) }
    let slack = isWide ? TimeWindow(before: time.slack, after: time.slack) : .none
    return switch try time.span(of: partition) {
    case .always: .some(.min ..< .max)
    case .unknown: .some(nil)
    case .instants(let instants):
      PartitionSpan.instants(instants).widened(by: slack).hull.map { .some($0) }
    }
  }
}

extension Range<Int> {
  /// The first place from which on a condition holds, by halving; the end when it never does.
  fileprivate func first(from holds: (Int) -> Bool) -> Int {
    var (low, high) = (lowerBound, upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
