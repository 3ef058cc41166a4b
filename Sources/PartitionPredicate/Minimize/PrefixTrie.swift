/// Partitions by their prefixes, with equal rests stored once: what a compact predicate is written
/// from.
///
/// Depth is the number of keys. Building is linear in the rows, but for a bounded search for rests
/// that fit together.
struct PrefixTrie {
  /// Where the predicate has to be exact.
  enum Domain {
    /// For every value that a key can have.
    case whole
    /// For the known partitions.
    case known
  }

  /// The values that occur at one place behind a prefix, each with its rest.
  struct Place: Hashable {
    /// Ascending codes of the key.
    var codes: [UInt32]
    /// The rest of each code: a place, or one of the ends.
    var rests: [Int]
  }

  /// The end of a partition that is not selected, and every rest without a selected one.
  static let nothing = 0
  /// The end of a selected partition.
  static let end = 1

  let table: PartitionTable
  /// The keys by depth.
  let order: [Int]
  let domain: Domain
  /// The places by number; the first two numbers are the ends.
  private(set) var places: [Place]
  /// Whether everything known at a place is selected.
  private(set) var isComplete = [false, true]
  /// The values of each place that share a rest, with that rest.
  private(set) var groups: [[(codes: [UInt32], rest: Int)]] = [[], []]
  private(set) var lengths = [0, 0]
  private(set) var depths = [0, 0]
  private(set) var root = nothing
  private var numbers: [Place: Int] = [:]

  /// About how many characters the predicate has.
  var length: Int { lengths[root] }

  /// Builds the trie of a table's rows.
  ///
  /// - Parameters:
  ///   - table: The partitions; all known ones if the domain is that.
  ///   - selected: One flag a row.
  ///   - order: The order of the keys, outermost first.
  ///   - domain: Where the predicate has to be exact.
  init(_ table: PartitionTable, selected: [Bool], order: [Int], domain: Domain) {
    self.table = table
    self.order = order
    self.domain = domain
    places = [Place(codes: [], rests: []), Place(codes: [], rests: [])]
    // Over the whole domain the other rows are like any that are not known.
    let sorted = table.sortedRows(order)
    let rows = domain == .known ? sorted : sorted.filter { selected[Int($0)] }
    let columns = order.map { key in
      let codes = table.columns[key].codes
      return rows.map { codes[Int($0)] }
    }
    let flags = rows.map { selected[Int($0)] }
    root = build(columns, flags, 0..<rows.count, depth: 0)
  }

  private mutating func build(
    _ columns: [[UInt32]], _ flags: [Bool], _ rows: Range<Int>, depth: Int
  ) -> Int {
    guard depth < columns.count else {
      return flags[rows].contains(true) ? Self.end : Self.nothing
    }
    var place = Place(codes: [], rests: [])
    var start = rows.lowerBound
    while start < rows.upperBound {
      let code = columns[depth][start]
      var stop = start + 1
      while stop < rows.upperBound, columns[depth][stop] == code { stop += 1 }
      let rest = build(columns, flags, start..<stop, depth: depth + 1)
      place.codes.append(code)
      place.rests.append(rest)
      start = stop
    }
    return number(of: place, depth: depth)
  }

  /// The number of a place; equal places have the same.
  mutating func number(of place: Place, depth: Int) -> Int {
    if place.rests.allSatisfy({ $0 == Self.nothing }) { return Self.nothing }
    if let known = numbers[place] { return known }
    let number = places.count
    numbers[place] = number
    places.append(place)
    isComplete.append(place.rests.allSatisfy { isComplete[$0] })
    groups.append([])
    lengths.append(0)
    depths.append(depth)
    let found = isComplete[number] && domain == .known ? [] : grouped(place, depth: depth)
    groups[number] = found
    lengths[number] = length(of: found, at: place, depth: depth)
    return number
  }

  /// The codes of a place by their rest, in the order of the first code.
  private mutating func grouped(
    _ place: Place, depth: Int
  ) -> [(codes: [UInt32], rest: Int)] {
    var index: [Int: Int] = [:]
    var groups: [(codes: [UInt32], rest: Int)] = []
    for (code, rest) in zip(place.codes, place.rests) where rest != Self.nothing {
      if let group = index[rest] {
        groups[group].codes.append(code)
      } else {
        index[rest] = groups.count
        groups.append(([code], rest))
      }
    }
    return domain == .known && depth + 1 < order.count ? fitted(groups, depth: depth) : groups
  }

  private func length(
    of groups: [(codes: [UInt32], rest: Int)], at place: Place, depth: Int
  ) -> Int {
    groups.reduce(0) { sum, group in
      let clause = ValueRuns(group.codes, at: place, depth: depth, in: self)
      return sum + clause.length(in: table) + lengths[group.rest] + 10
    }
  }
}

extension PrefixTrie {
  /// Puts groups together whose rests can be told by one predicate, since no known partition of the
  /// one contradicts the other.
  private mutating func fitted(
    _ groups: [(codes: [UInt32], rest: Int)], depth: Int
  ) -> [(codes: [UInt32], rest: Int)] {
    var complete: (codes: [UInt32], rest: Int)?
    var fitted: [(codes: [UInt32], rest: Int)] = []
    for group in groups {
      if isComplete[group.rest] {
        // A complete rest needs no clause; every one is as good as another.
        complete = ((complete?.codes ?? []) + group.codes, complete?.rest ?? group.rest)
        continue
      }
      // Only the last few, so that many different rests take no quadratic time.
      var isFitted = false
      for index in fitted.indices.suffix(Self.maximumTries) where !isFitted {
        guard let rest = merged(fitted[index].rest, group.rest) else { continue }
        fitted[index] = (fitted[index].codes + group.codes, rest)
        isFitted = true
      }
      if !isFitted { fitted.append(group) }
    }
    guard let complete else { return fitted.map { ($0.codes.sorted(), $0.rest) } }
    // One rest for everything is better than two.
    if fitted.count == 1 {
      var rest: Int? = fitted[0].rest
      for other in Set(groups.map(\.rest)).sorted() where isComplete[other] {
        rest = rest.flatMap { merged($0, other) }
      }
      if let rest { return [(groups.flatMap(\.codes).sorted(), rest)] }
    }
    return (fitted + [complete]).map { ($0.codes.sorted(), $0.rest) }
      .sorted { $0.codes[0] < $1.codes[0] }
  }

  private static let maximumTries = 16

  // MARK: Rests that fit together

  /// A rest that agrees with two others wherever these have a known partition; nil when they
  /// contradict each other.
  mutating func merged(_ first: Int, _ second: Int) -> Int? {
    if first == second { return first }
    guard first > Self.end, second > Self.end else { return nil }
    guard let place = union(places[first], places[second]) else { return nil }
    return number(of: place, depth: depths[first])
  }

  private mutating func union(_ first: Place, _ second: Place) -> Place? {
    var union = Place(codes: [], rests: [])
    var (left, right) = (0, 0)
    while left < first.codes.count || right < second.codes.count {
      let isLeft =
        right == second.codes.count
        || left < first.codes.count && first.codes[left] <= second.codes[right]
      let isRight =
        left == first.codes.count
        || right < second.codes.count && second.codes[right] <= first.codes[left]
      union.codes.append(isLeft ? first.codes[left] : second.codes[right])
      if isLeft && isRight {
        guard let rest = merged(first.rests[left], second.rests[right]) else { return nil }
        union.rests.append(rest)
      } else {
        union.rests.append(isLeft ? first.rests[left] : second.rests[right])
      }
      if isLeft { left += 1 }
      if isRight { right += 1 }
    }
    return union
  }

  // MARK: The predicate

  /// The predicate: alternatives of values with their rests, by their first value.
  func node() -> PredicateNode {
    var written: [Int: PredicateNode] = [:]
    return node(root, depth: 0, &written)
  }

  private func node(
    _ number: Int, depth: Int, _ written: inout [Int: PredicateNode]
  ) -> PredicateNode {
    if number == Self.end || isComplete[number] && domain == .known { return .constant(true) }
    if let known = written[number] { return known }
    var alternatives: [PredicateNode] = []
    for group in groups[number] {
      let rest = node(group.rest, depth: depth + 1, &written)
      let values = ValueRuns(group.codes, at: places[number], depth: depth, in: self).node(table)
      let terms =
        (values.map { [$0] } ?? []) + (rest == .constant(true) ? [] : rest.terms(of: .and))
      alternatives.append(.all(declared(terms)))
    }
    let node = PredicateNode.any(alternatives.flatMap { $0.terms(of: .or) })
    written[number] = node
    return node
  }

  /// The terms in the order of the keys as declared, those on several keys last.
  private func declared(_ terms: [PredicateNode]) -> [PredicateNode] {
    if order == Array(table.keys.indices) { return terms }
    let places = terms.map { term in
      let keys = term.usedKeys
      return keys.count == 1 ? keys.first ?? 0 : table.keys.count
    }
    return zip(places, terms.indices).sorted { $0 < $1 }.map { terms[$0.1] }
  }
}
