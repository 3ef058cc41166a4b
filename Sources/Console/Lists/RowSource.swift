import IncrementalJoin
import PartitionPredicate

/// One of the console's lists that can be filtered and sorted.
public enum RowList: String, CaseIterable, Hashable, Sendable {
  case jobs
  case tables
  case tablePartitions = "table-partitions"
  case files
  case runs
  case pending
  case inputPartitions = "predicate"
  case plan
  case units = "run"

  /// The titles of the columns that it can be sorted by.
  public var columns: [String] {
    switch self {
    case .jobs: ["Job", "State", "Pending", "Held", "Failed", "Last run"]
    case .tables: ["Table", "Format", "Partitions", "Files", "Bytes", "Use"]
    case .tablePartitions:
      ["Partition", "State", "Files", "Rows", "Bytes", "Newest", "Built by"]
    case .files: ["File", "Bytes", "Modified"]
    case .runs: ["Run", "Kind", "State", "Took", "Done", "Failed", "Rows"]
    case .pending: ["Partition", "State", "Sides", "Why"]
    case .inputPartitions: ["Partition", "Verdict", "State", "Bytes"]
    case .plan: ["Partition", "Does", "Files", "Bytes", "Why"]
    case .units: ["Partition", "State", "Rows"]
    }
  }
}

/// What a list is made from, so that it can be filtered, sorted and searched off the terminal's thread.
struct RowSource: Sendable {
  /// The rows that the list has without a filter, in their own order.
  let candidates: @Sendable () -> [Int]
  /// A row's name.
  let name: @Sendable (Int) -> String
  /// What is shown beside the names, by row.
  let words: @Sendable () -> SharedTexts?
  /// The keys of the rows' partitions; empty where the rows are not partitions.
  var keys: [PartitionKey] = []
  /// A row's partition.
  var partition: @Sendable (Int) -> Partition? = { _ in nil }
  /// The names of all rows where each is a partition; nil for other lists.
  var paths: PartitionPaths?
  /// The columns that the list can be sorted by.
  let columns: [SortColumn]

  /// Creates a list of rows whose words are all known.
  init(
    count: Int, name: @escaping @Sendable (Int) -> String,
    words: @escaping @Sendable (Int) -> String, columns: [SortColumn]
  ) {
    candidates = { Array(0..<count) }
    self.name = name
    self.words = { SharedTexts((0..<count).lazy.map(words)) }
    self.columns = columns
  }

  /// Creates a list whose every row is a partition.
  init(
    _ candidates: @escaping @Sendable () -> [Int], paths: PartitionPaths,
    words: @escaping @Sendable () -> SharedTexts?, columns: [SortColumn]
  ) {
    self.init(
      candidates, name: { paths[$0] }, words: words, keys: paths.table.keys,
      partition: { paths.table.partition(at: $0) }, columns: columns)
    self.paths = paths
  }

  /// Creates a list in which rows may be partitions.
  init(
    _ candidates: @escaping @Sendable () -> [Int], name: @escaping @Sendable (Int) -> String,
    words: @escaping @Sendable () -> SharedTexts?, keys: [PartitionKey],
    partition: @escaping @Sendable (Int) -> Partition?, columns: [SortColumn]
  ) {
    self.candidates = candidates
    self.name = name
    self.words = words
    self.keys = keys
    self.partition = partition
    self.columns = columns
  }

  /// The rows that pass a filter, in an order.
  ///
  /// - Parameters:
  ///   - filter: What rows must have.
  ///   - order: How they are sorted; nil for their own order.
  ///   - among: The only rows that can pass; nil for all, in their own order.
  /// - Returns: How many rows were examined, and those that are shown.
  func rows(_ filter: ListFilter, _ order: RowOrder?, among: [Int]?) -> (examined: Int, rows: [Int])
  {
    let candidates = among ?? candidates()
    let found = filter.matches(
      candidates, name: name, paths: paths, words: words(), partition: partition)
    guard among == nil, let order, let column = columns.first(where: { $0.title == order.column })
    else { return (candidates.count, found) }
    let keys = found.map(column.key)
    let places = keys.indices.sorted { left, right in
      // Equal rows stay in their own order.
      if keys[left] == keys[right] { return left < right }
      return (keys[left] < keys[right]) != order.isDescending
    }
    return (candidates.count, places.map { found[$0] })
  }
}

/// A column that a list can be sorted by.
struct SortColumn: Sendable {
  let title: String
  /// What exported numbers count, where lists show them otherwise.
  let unit: String?
  let key: @Sendable (Int) -> SortKey

  /// A column of numbers; `unit` says what they count where that is not shown as such: `s`.
  init(_ title: String, unit: String? = nil, number: @escaping @Sendable (Int) -> Int64) {
    self.title = title
    self.unit = unit
    key = { .number(number($0)) }
  }

  init(_ title: String, text: @escaping @Sendable (Int) -> String) {
    self.title = title
    unit = nil
    key = { .text(text($0)) }
  }
}

/// What rows are compared by: numbers as numbers, texts by their bytes.
enum SortKey: Comparable, Sendable {
  case number(Int64)
  case text(String)

  static func == (left: SortKey, right: SortKey) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): left == right
    case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
    case (.number, .text), (.text, .number): false
    }
  }

  static func < (left: SortKey, right: SortKey) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): left < right
    case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
    case (.number, .text): true
    case (.text, .number): false
    }
  }
}
