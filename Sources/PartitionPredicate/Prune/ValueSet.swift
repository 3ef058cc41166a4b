/// A set of one key's values, as ranges in the key's own order: what a clause on the key selects.
struct ValueSet: Hashable, Sendable {
  /// The key's type, which orders the values.
  let type: KeyType
  /// Ascending places: the set begins at the first, ends at the second, begins at the third...
  private(set) var cuts: [ValueCut]
  let hasNull: Bool

  /// Creates the set of NULL alone, or the empty set.
  init(_ type: KeyType, null hasNull: Bool = false) {
    self.type = type
    self.cuts = []
    self.hasNull = hasNull
  }

  /// Creates a range, empty where it ends before it begins.
  init(_ type: KeyType, from start: ValueCut, to end: ValueCut) {
    let cuts = [start.normalized(type), end.normalized(type)]
    self.type = type
    self.cuts = cuts[0] < cuts[1] ? cuts : []
    self.hasNull = false
  }

  /// Creates the set of values, which may be NULL, in any order.
  init(_ type: KeyType, values: [PartitionValue]) {
    let ranges = values.filter { $0 != .null }
      .map { ValueSet(type, from: .before($0), to: .after($0)) }
    self = ValueSet.union(ranges + [ValueSet(type, null: values.contains(.null))], type)
  }

  private init(type: KeyType, cuts: [ValueCut], hasNull: Bool) {
    self.type = type
    self.cuts = cuts
    self.hasNull = hasNull
  }

  /// Every value but NULL.
  static func allButNull(_ type: KeyType) -> ValueSet { ValueSet(type, from: .start, to: .end) }

  /// Whether no value belongs to it.
  var isEmpty: Bool { cuts.isEmpty && !hasNull }

  /// Whether every value belongs to it, NULL included.
  var isAll: Bool { hasNull && hasAllButNull }

  /// Whether every value but NULL belongs to it.
  var hasAllButNull: Bool { cuts == [.start, .end] }

  /// The ranges, each from a place to a place.
  var ranges: [(from: ValueCut, to: ValueCut)] {
    stride(from: 0, to: cuts.count, by: 2).map { (cuts[$0], cuts[$0 + 1]) }
  }

  /// Every value outside of the set, NULL included.
  var complement: ValueSet {
    var cuts = cuts
    if cuts.first == .start { cuts.removeFirst() } else { cuts.insert(.start, at: 0) }
    if cuts.last == .end { cuts.removeLast() } else { cuts.append(.end) }
    return ValueSet(type: type, cuts: cuts, hasNull: !hasNull)
  }

  /// The values of the set but NULL.
  var withoutNull: ValueSet { ValueSet(type: type, cuts: cuts, hasNull: false) }

  /// The values of any of the sets, in O(n log n) of their ranges.
  static func union(_ sets: [ValueSet], _ type: KeyType) -> ValueSet {
    var cuts: [ValueCut] = []
    for range in sets.flatMap(\.ranges).sorted(by: { $0.from < $1.from }) {
      if let last = cuts.last, range.from <= last {
        if last < range.to { cuts[cuts.count - 1] = range.to }
      } else {
        cuts += [range.from, range.to]
      }
    }
    return ValueSet(type: type, cuts: cuts, hasNull: sets.contains(where: \.hasNull))
  }

  /// The values of all of the sets.
  static func intersection(_ sets: [ValueSet], _ type: KeyType) -> ValueSet {
    union(sets.map(\.complement), type).complement
  }

  /// Whether every value of this set belongs to another.
  func isSubset(of other: ValueSet) -> Bool {
    ValueSet.intersection([self, other.complement], type).isEmpty
  }
}

/// A place between two values of one key, where a range begins or ends.
enum ValueCut: Hashable, Comparable, Sendable {
  /// Before every value that is not NULL.
  case start
  case before(PartitionValue)
  case after(PartitionValue)
  /// After every value.
  case end

  /// The order of the places.
  static func < (left: ValueCut, right: ValueCut) -> Bool {
    switch (left, right) {
    case (_, .start), (.end, _): false
    case (.start, _), (_, .end): true
    case (.before(let a), .before(let b)), (.after(let a), .after(let b)): a < b
    case (.before(let a), .after(let b)): a <= b
    case (.after(let a), .before(let b)): a < b
    }
  }

  /// The one spelling of this place in a type whose values can be counted: after 3 is before 4.
  func normalized(_ type: KeyType) -> ValueCut {
    switch self {
    case .after(let value) where type.isCounted:
      value.successor(type).map { .before($0) } ?? .end
    case .before(let value) where value == type.least: .start
    default: self
    }
  }
}

extension KeyType {
  /// Whether each value has a next one.
  var isCounted: Bool {
    switch self {
    case .int, .bigint, .date, .boolean: true
    case .string, .timestamp, .decimal: false
    }
  }

  /// The least value of a type that has one.
  fileprivate var least: PartitionValue? {
    switch self {
    case .int: .integer(Int64(Int32.min))
    case .bigint: .integer(.min)
    case .boolean: .boolean(false)
    case .string: .string("")
    case .date, .timestamp, .decimal: nil
    }
  }
}

extension PartitionValue {
  /// The next value of a type whose values can be counted; nil after the last one.
  func successor(_ type: KeyType) -> PartitionValue? {
    switch (self, type) {
    case (.integer(let number), .int): number < Int32.max ? .integer(number + 1) : nil
    case (.integer(let number), .bigint): number < Int64.max ? .integer(number + 1) : nil
    case (.date(let days), .date): days < Int.max ? .date(days: days + 1) : nil
    case (.boolean(let flag), .boolean): flag ? nil : .boolean(true)
    default: nil
    }
  }

  /// The value before this one, of a type whose values can be counted; nil before the first one.
  func predecessor(_ type: KeyType) -> PartitionValue? {
    switch (self, type) {
    case (.integer(let number), .int): number > Int32.min ? .integer(number - 1) : nil
    case (.integer(let number), .bigint): number > Int64.min ? .integer(number - 1) : nil
    case (.date(let days), .date): days > Int.min ? .date(days: days - 1) : nil
    case (.boolean(let flag), .boolean): flag ? .boolean(false) : nil
    default: nil
    }
  }
}
