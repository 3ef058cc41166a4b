import IncrementalJoin
import PartitionPredicate

/// The sets of units of a batch that read one of the other inputs together, every partition once.
///
/// The rows of the units of a set need not be kept apart: what one unit reads and another one does not is too far
/// away in time to meet the rows of that other one.
struct UnitSets: Hashable, Sendable {
  /// The number of the set of each unit.
  let ofUnits: [Int]
  /// The input as the sets read it: the `unit` of a group is the number of a set.
  let relation: InputRelation
  private let sets: [UnitSet]

  /// Divides units into sets.
  ///
  /// - Parameters:
  ///   - relation: The other input, with the groups of all units.
  ///   - spans: The time that each unit covers.
  ///   - window: How far beyond it rows may meet.
  init(of relation: InputRelation, spans: [PartitionSpan], window: TimeWindow) {
    var groups = spans.map { _ in [FileGroup]() }
    for group in relation.groups { groups[group.unit].append(group.read(by: 0)) }
    var sets: [UnitSet] = []
    ofUnits = spans.enumerated().map { unit, span in
      let own = Dictionary(grouping: groups[unit], by: \.partition)
      let member = UnitSet.Member(unit: unit, span: span, wide: span.widened(by: window))
      let place = sets.firstIndex { $0.admits(member, reading: own) } ?? sets.count
      if place == sets.count { sets.append(UnitSet()) }
      sets[place].add(member, reading: own, in: groups[unit].map(\.partition))
      return place
    }
    self.sets = sets
    var once = relation
    once.groups = sets.enumerated().flatMap { number, set in
      set.order.flatMap { set.groups[$0] ?? [] }.map { $0.read(by: number) }
    }
    self.relation = once
  }

  /// How many sets there are.
  var count: Int { sets.count }

  /// The unit of a set whose own rows a partition's are; nil where they are only in the halo of units.
  func owner(in set: Int, of span: PartitionSpan) -> Int? { sets[set].owner(of: span) }

  /// Whether a partition may have own rows of a unit of a set.
  func overlaps(_ span: PartitionSpan, in set: Int) -> Bool { sets[set].overlaps(span) }
}

/// Units that read an input together.
private struct UnitSet: Hashable {
  struct Member: Hashable {
    let unit: Int
    let span: PartitionSpan
    /// Where rows lie that the unit's may meet.
    let wide: PartitionSpan
  }

  private var members: [Member] = []
  /// What they read.
  private(set) var groups: [Partition: [FileGroup]] = [:]
  private(set) var order: [Partition] = []

  /// Whether another unit may join.
  ///
  /// - Complexity: O(*p* · *m*) for *p* partitions and *m* members.
  func admits(_ member: Member, reading own: [Partition: [FileGroup]]) -> Bool {
    for (partition, read) in own {
      let span = read[0].span
      if let known = groups[partition] {
        // No row is of two units, so that it can be counted.
        guard known == read, !span.isWithin(member.span) || owner(of: span) == nil else {
          return false
        }
      } else if members.contains(where: { $0.wide.overlaps(span) }) {
        return false
      }
    }
    return groups.allSatisfy { own[$0] != nil || !$1[0].span.overlaps(member.wide) }
  }

  mutating func add(
    _ member: Member, reading own: [Partition: [FileGroup]], in order: [Partition]
  ) {
    members.append(member)
    for partition in order where groups[partition] == nil {
      groups[partition] = own[partition]
      self.order.append(partition)
    }
  }

  func owner(of span: PartitionSpan) -> Int? { members.first { span.isWithin($0.span) }?.unit }

  func overlaps(_ span: PartitionSpan) -> Bool { members.contains { span.overlaps($0.span) } }
}

extension FileGroup {
  fileprivate func read(by unit: Int) -> FileGroup {
    var group = self
    group.unit = unit
    return group
  }
}

extension PartitionSpan {
  /// Whether rows that are in their place in this span are in their place in the other one, too.
  func isWithin(_ other: PartitionSpan) -> Bool {
    switch (self, other) {
    case (.unknown, .unknown), (_, .always): true
    case (.instants(let own), .instants(let others)):
      own.allSatisfy { interval in
        others.contains {
          $0.lowerBound <= interval.lowerBound && interval.upperBound <= $0.upperBound
        }
      }
    default: false
    }
  }
}
