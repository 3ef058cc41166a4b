/// How the values of a group are told from the other values at its place: runs, single values, or
/// all but some.
struct ValueRuns {
  /// First and last code of each run of at least three values.
  private(set) var runs: [(first: UInt32, last: UInt32)] = []
  /// The codes that are listed one by one.
  private(set) var single: [UInt32] = []
  /// The codes that are not meant, where listing them is shorter; nil else.
  private(set) var excluded: [UInt32]?
  private(set) var hasNull = false
  /// Whether no clause is needed.
  private(set) var isEverything = false
  private let key: Int

  /// Finds the runs.
  ///
  /// - Parameters:
  ///   - codes: The ascending codes of the group.
  ///   - place: Where the group is; in the known domain, values that are not there do not matter.
  ///   - depth: The depth of the place.
  ///   - trie: The trie of the place.
  init(_ codes: [UInt32], at place: PrefixTrie.Place, depth: Int, in trie: PrefixTrie) {
    key = trie.order[depth]
    let column = trie.table.columns[key]
    let type = trie.table.keys[key].type
    hasNull = codes.first == 0 && column.values.first == .null
    let values = hasNull ? codes.dropFirst() : codes[...]
    switch trie.domain {
    case .whole:
      // Of all types only boolean has so few values that all of them may be there.
      isEverything = type == .boolean && hasNull && values.count == 2
      collect(values) { column.values[Int($0)].successor(type) == column.values[Int($1)] }
    case .known:
      isEverything = codes.count == place.codes.count
      let present = place.codes
      var position = 0
      collect(values) { left, right in
        while present[position] < left { position += 1 }
        return present[position + 1] == right
      }
      exclude(among: column.values.first == .null ? present.filter { $0 > 0 } : present, values)
    }
  }

  private mutating func collect(
    _ codes: ArraySlice<UInt32>, isNext: (UInt32, UInt32) -> Bool
  ) {
    var run: [UInt32] = []
    func close(_ runs: inout [(first: UInt32, last: UInt32)], _ single: inout [UInt32]) {
      if run.count >= 3 { runs.append((run[0], run[run.count - 1])) } else { single += run }
    }
    for code in codes {
      if let last = run.last, !isNext(last, code) {
        close(&runs, &single)
        run = []
      }
      run.append(code)
    }
    close(&runs, &single)
  }

  /// Takes the other values instead, where these are fewer literals; for all values but NULL, IS NOT
  /// NULL takes as many characters as two literals or three.
  private mutating func exclude(among present: [UInt32], _ codes: ArraySlice<UInt32>) {
    let others = present.count - codes.count
    guard !isEverything, codes.count > 1,
      others + (others == 0 ? 3 : 0) < runs.count * 2 + single.count
    else { return }
    let own = Set(codes)
    excluded = present.filter { !own.contains($0) }
  }

  /// About how many characters the clause has.
  func length(in table: PartitionTable) -> Int {
    func literal(_ code: UInt32) -> Int { table.columns[key].values[Int(code)].length }
    if isEverything { return 0 }
    var sum = hasNull ? 17 : 0
    if let excluded { return sum + 15 + excluded.reduce(0) { $0 + literal($1) + 2 } }
    sum += runs.reduce(0) { $0 + 23 + literal($1.first) + literal($1.last) }
    if !single.isEmpty { sum += 9 + single.reduce(0) { $0 + literal($1) + 2 } }
    return sum
  }

  /// The clause; nil where none is needed.
  func node(_ table: PartitionTable) -> PredicateNode? {
    if isEverything { return nil }
    let clauses = KeyClauses(key, table.keys[key])
    func value(_ code: UInt32) -> PartitionValue { table.columns[key].values[Int(code)] }
    var terms: [PredicateNode] = []
    if let excluded {
      terms = [
        excluded.isEmpty
          ? clauses.isNull(negated: true) : clauses.list(excluded.map(value), negated: true)
      ]
    } else {
      terms = runs.map { clauses.between(value($0.first), value($0.last)) }
      if !single.isEmpty { terms.append(clauses.list(single.map(value))) }
    }
    if hasNull { terms.append(clauses.isNull(negated: false)) }
    return .any(terms)
  }
}
