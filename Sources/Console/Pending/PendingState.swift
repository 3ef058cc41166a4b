import IncrementalJoin
import PartitionPredicate

/// One row of the why-tree; the numbers are indices into a job page's partitions, their reasons and changes.
enum PendingRow: Hashable, Sendable {
  case partition(Int)
  /// A sentence: why it is held, or why it is not pending.
  case note(Int)
  case reason(Int, Int)
  case input(Int, reason: Int, input: Int)
  case change(Int, reason: Int, change: Int)
  /// An input that has not changed.
  case unchanged(Int, input: Int)

  /// The partition that the row is about.
  var partition: Int {
    switch self {
    case .partition(let index), .note(let index), .reason(let index, _),
      .input(let index, _, _), .change(let index, _, _), .unchanged(let index, _):
      index
    }
  }
}

/// The state of the pending screen: its filter, and which branches of the tree are open.
struct PendingState: Sendable {
  /// The identity of a branch, so that it stays open through a refresh.
  enum Branch: Hashable, Sendable {
    case partition(Partition)
    case reason(Partition, Int)
  }

  private struct Sought: Sendable {
    let partition: Partition
    let row: PendingRow
  }

  var list = ListState()
  var showsAll = false
  var expanded: Set<Branch> = []
  /// The row to select again once it is listed.
  private var sought: Sought?
  /// The visible rows, rebuilt only when something that decides them changes.
  var rows: [PendingRow] = []
  /// Whether the rows are in the order of their partitions.
  private var isInOrder = true

  /// The row under the cursor.
  var selected: PendingRow? { rows.indices.contains(list.index) ? rows[list.index] : nil }

  /// Lists the rows of a job again and keeps the selection on the same row if it still exists.
  ///
  /// - Parameters:
  ///   - page: The job; nil for none.
  ///   - shown: The partitions that filter and order let through; nil for all of the list.
  ///   - previous: The job as it was loaded before; nil when it is the same.
  ///   - height: How many rows of the list are drawn.
  mutating func rebuild(_ page: JobPage?, shown: [Int]?, from previous: JobPage?, height: Int) {
    let selected = rows.indices.contains(list.index) ? rows[list.index] : nil
    if let selected, let page = previous ?? page, page.known.indices.contains(selected.partition) {
      sought = Sought(partition: page.known[selected.partition].partition, row: selected)
    }
    rows = page.map { visibleRows($0, shown) } ?? []
    isInOrder = shown.map { zip($0, $0.dropFirst()).allSatisfy(<) } ?? true
    guard let page, let sought, let index = page.index(of: sought.partition),
      let first = row(of: index)
    else {
      list.select(list.index, count: rows.count, height: height)
      return
    }
    let branch = rows[first...].prefix { $0.partition == index }
    let same = branch.firstIndex { $0.isSame(as: sought.row) }
    list.select(same ?? first, count: rows.count, height: height)
    self.sought = nil
  }

  /// The first row of a partition.
  func row(of partition: Int) -> Int? {
    guard isInOrder else { return rows.firstIndex(of: .partition(partition)) }
    let place = rows.lowerBound { $0.partition < partition }
    return place < rows.count && rows[place].partition == partition ? place : nil
  }

  private func visibleRows(_ page: JobPage, _ shown: [Int]?) -> [PendingRow] {
    let indices = shown ?? (showsAll ? Array(page.known.indices) : page.pending)
    // Hashing a partition for each of many thousands of rows would cost more than everything else.
    let open = Set(
      expanded.compactMap {
        if case .partition(let partition) = $0 { page.index(of: partition) } else { nil }
      })
    var rows: [PendingRow] = []
    rows.reserveCapacity(indices.count)
    for index in indices {
      rows.append(.partition(index))
      if open.contains(index) { appendBranch(of: index, page, to: &rows) }
    }
    return rows
  }

  private func appendBranch(of index: Int, _ page: JobPage, to rows: inout [PendingRow]) {
    let partition = page.known[index]
    if partition.hold != nil || partition.reasons.isEmpty { rows.append(.note(index)) }
    var changed: Set<String> = []
    for (number, reason) in partition.reasons.enumerated() {
      rows.append(.reason(index, number))
      guard case .inputChanged(let change) = reason else { continue }
      let name = change.input
      changed.insert(name)
      guard expanded.contains(.reason(partition.partition, number)) else { continue }
      if let input = partition.inputs.firstIndex(where: { $0.input.name == name }) {
        rows.append(.input(index, reason: number, input: input))
      }
      rows += change.changes.indices.map { .change(index, reason: number, change: $0) }
    }
    for (number, input) in partition.inputs.enumerated() where !changed.contains(input.input.name) {
      rows.append(.unchanged(index, input: number))
    }
  }
}

extension PendingRow {
  /// Whether two rows are at the same place in their partitions' branches.
  fileprivate func isSame(as other: PendingRow) -> Bool {
    switch (self, other) {
    case (.partition, .partition), (.note, .note): true
    case (.reason(_, let a), .reason(_, let b)): a == b
    case (.input(_, let a, _), .input(_, let b, _)): a == b
    case (.change(_, let a, let c), .change(_, let b, let d)): a == b && c == d
    case (.unchanged(_, let a), .unchanged(_, let b)): a == b
    default: false
    }
  }
}
