import Dispatch
import PartitionPredicate
import Synchronization

/// The words beside the names of a list's rows, in lower case; words that many rows share are stored once.
struct SearchText: Sendable {
  private var texts: [String] = []
  private var textOf: [Int32] = []

  init(_ words: some Sequence<String>) {
    var known: [String: Int32] = [:]  // characters: equal words are found equally
    for words in words {
      if let number = known[words] {
        textOf.append(number)
      } else {
        let number = Int32(texts.count)
        known[words] = number
        textOf.append(number)
        texts.append(words)
      }
    }
  }

  /// Which rows have words that satisfy a condition, which is tested once for words that many rows share.
  func rows(where isFound: (String) -> Bool) -> @Sendable (Int) -> Bool {
    let hits = texts.map(isFound)
    return { [textOf] in hits[Int(textOf[$0])] }
  }

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
  ///   - words: What else is shown of the rows.
  ///   - partition: A row's partition.
  /// - Returns: Those of the candidates, in their order.
  func matches(
    _ candidates: [Int], name: @Sendable (Int) -> String, words: SearchText? = nil,
    partition: (Int) -> Partition?
  ) -> [Int] {
    switch self {
    case .everything: return candidates
    case .beginning, .mistake: return []
    case .predicate(let evaluator):
      return candidates.filter { partition($0).map(evaluator.selects) ?? false }
    case .words(let searched):
      let isFound = searched.matcher(beside: words)
      return Self.select(candidates) { isFound(name($0), $0) }
    }
  }

  /// How many rows are tested at once, by one core.
  private static let share = 1 << 16

  /// The candidates for which a test holds, in their order; where they are many, all cores test them.
  private static func select(
    _ candidates: [Int], where isFound: @Sendable (Int) -> Bool
  ) -> [Int] {
    let shares = stride(from: 0, to: candidates.count, by: share).map {
      candidates[$0..<min($0 + share, candidates.count)]
    }
    guard shares.count > 1 else { return candidates.filter(isFound) }
    let found = Mutex([[Int]](repeating: [], count: shares.count))
    DispatchQueue.concurrentPerform(iterations: shares.count) { index in
      let rows = shares[index].filter(isFound)
      found.withLock { $0[index] = rows }
    }
    return found.withLock { Array($0.joined()) }
  }

  /// Whether a filter's text is searched for literally.
  static func isText(_ text: String) -> Bool {
    let trimmed = text.drop { $0 == " " }.lowercased()
    return !text.isEmpty && !trimmed.hasPrefix("@") && !"where ".hasPrefix(trimmed)
      && !trimmed.hasPrefix("where ")
  }
}
