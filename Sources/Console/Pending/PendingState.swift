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
  private(set) var rows = PendingRows()

  /// The row under the cursor.
  var selected: PendingRow? { rows.indices.contains(list.index) ? rows[list.index] : nil }

  /// Lists the rows of a job again and keeps the selection on the same row if it still exists.
  ///
  /// - Parameters:
  ///   - page: The job; nil for none.
  ///   - shown: The partitions that filter and order let through; nil for all of the list.
  ///   - isSorted: Whether they are in another order than their own.
  ///   - previous: The job as it was loaded before; nil when it is the same.
  ///   - height: How many rows of the list are drawn.
  mutating func rebuild(
    _ page: JobPage?, shown: [Int]?, isSorted: Bool, from previous: JobPage?, height: Int
  ) {
    let selected = rows.indices.contains(list.index) ? rows[list.index] : nil
    if let selected, let page = previous ?? page, page.known.indices.contains(selected.partition) {
      sought = Sought(partition: page.known[selected.partition].partition, row: selected)
    }
    rows =
      page.map {
        PendingRows(
          of: shown ?? (showsAll ? Array($0.known.indices) : $0.pending), isSorted: isSorted,
          expanded: expanded, $0)
      } ?? PendingRows()
    guard let page, let sought, let index = page.index(of: sought.partition),
      let first = rows.row(of: index)
    else {
      list.select(list.index, count: rows.count, height: height)
      return
    }
    let branch = rows[first...].prefix { $0.partition == index }
    let same = branch.firstIndex { $0.isSame(as: sought.row) }
    list.select(same ?? first, count: rows.count, height: height)
    self.sought = nil
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
