import Dispatch
import PartitionPredicate
import Synchronization

/// How names are searched.
enum SearchText {
  /// Whether a name contains a lower-case text; the name's case does not matter.
  static func contains(_ needle: [UInt8], in name: String) -> Bool {
    var name = name
    let found = name.withUTF8 { bytes -> Bool? in
      if contains(needle, in: bytes, { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }) { return true }
      return bytes.allSatisfy { $0 < 0x80 } ? false : nil
    }
    return found ?? contains(needle, in: Array(name.lowercased().utf8))
  }

  private static func contains(
    _ needle: [UInt8], in bytes: some RandomAccessCollection<UInt8>,
    _ fold: (UInt8) -> UInt8 = { $0 }
  ) -> Bool {
    guard let first = needle.first else { return true }
    guard bytes.count >= needle.count else { return false }
    var start = bytes.startIndex
    let last = bytes.index(bytes.endIndex, offsetBy: -needle.count)
    while start <= last {
      if fold(bytes[start]) == first,
        zip(needle, bytes[start...]).allSatisfy({ $0 == fold($1) })
      {
        return true
      }
      bytes.formIndex(after: &start)
    }
    return false
  }
}

extension ListFilter {
  /// The candidates that pass the filter.
  ///
  /// - Parameters:
  ///   - candidates: Rows, in order.
  ///   - name: A row's name.
  ///   - paths: The names of all rows where they are partitions; nil for other lists.
  ///   - words: What else is shown of the rows.
  ///   - partition: A row's partition.
  /// - Returns: Those of the candidates, in their order.
  func matches(
    _ candidates: [Int], name: @escaping @Sendable (Int) -> String, paths: PartitionPaths? = nil,
    words: SharedTexts? = nil, partition: (Int) -> Partition?
  ) -> [Int] {
    switch self {
    case .everything: return candidates
    case .beginning, .mistake: return []
    case .predicate(let predicate):
      if let table = paths?.table, table.keys == predicate.keys {
        let selected = table.select(predicate)
        return candidates.filter(selected.contains)
      }
      let evaluator = PredicateEvaluator(predicate)
      return candidates.filter { partition($0).map(evaluator.selects) ?? false }
    case .words(let searched):
      let tests = searched.tests(name: name, paths: paths, beside: words)
        .filter { !$0.isAlwaysTrue }
      return tests.isEmpty ? candidates : Self.select(candidates, tests)
    }
  }

  /// How many rows are tested at once, by one core.
  private static let share = 1 << 16

  /// The candidates for which all tests hold, in their order; where they are many, all cores test them.
  private static func select(_ candidates: [Int], _ tests: [WordTest]) -> [Int] {
    @Sendable func found(_ share: ArraySlice<Int>) -> [Int] {
      tests.dropFirst().reduce(tests[0].rows(among: share)) { $1.rows(among: $0[...]) }
    }
    let shares = stride(from: 0, to: candidates.count, by: share).map {
      candidates[$0..<min($0 + share, candidates.count)]
    }
    guard shares.count > 1 else { return found(candidates[...]) }
    let results = Mutex([[Int]](repeating: [], count: shares.count))
    DispatchQueue.concurrentPerform(iterations: shares.count) { index in
      let rows = found(shares[index])
      results.withLock { $0[index] = rows }
    }
    return results.withLock { Array($0.joined()) }
  }

  /// Whether a filter's text is searched for literally.
  static func isText(_ text: String) -> Bool {
    let trimmed = text.drop { $0 == " " }.lowercased()
    return !text.isEmpty && !trimmed.hasPrefix("@") && !"where ".hasPrefix(trimmed)
      && !trimmed.hasPrefix("where ")
  }
}
