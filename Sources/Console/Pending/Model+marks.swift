import IncrementalJoin
import PartitionPredicate

/// Which of a list's partitions are marked in one go.
enum MarkedRows: Sendable {
  case all
  /// Those that are not marked; the marked ones are unmarked.
  case inverse
  /// The rows in a range of the list.
  case range(ClosedRange<Int>)
  case selected(by: PushdownPredicate)
}

extension Model {
  /// Begins a range of rows at the cursor, or marks from its start to the cursor.
  mutating func toggleRange() {
    guard let start = rangeStart else {
      rangeStart = list.index
      return
    }
    rangeStart = nil
    mark(.range(min(start, list.index)...max(start, list.index)))
  }

  /// Asks for the predicate that selects the partitions to mark.
  mutating func askForMarks() {
    dialog = .prompt(
      Prompt(
        subject: .marks, title: "Mark the partitions that a predicate selects", label: "where "))
  }

  /// Marks many partitions of the list, off the terminal's thread.
  mutating func mark(_ which: MarkedRows) {
    guard let page, checkFilter() else { return }
    let (rows, marks) = (pending.rows, marks)
    compute {
      var marked = marks
      let places: Range<Int> =
        if case .range(let range) = which {
          range.clamped(to: 0...max(0, rows.count - 1))
            .lowerBound..<min(
              range.upperBound + 1, rows.count)
        } else { rows.indices }
      let evaluator: PredicateEvaluator? =
        if case .selected(let predicate) = which { PredicateEvaluator(predicate) } else { nil }
      var isFirst = true
      for place in places {
        // A branch in the range stands for its partition.
        guard isFirst || rows[place].isPartition else { continue }
        isFirst = false
        let partition = page.known[rows[place].partition].partition
        if let evaluator, !evaluator.selects(partition) { continue }
        if case .inverse = which, marked.remove(partition) != nil { continue }
        marked.insert(partition)
      }
      return .marks(marked, job: page.name)
    }
  }
}

extension PendingRow {
  /// Whether it is the first row of a partition.
  fileprivate var isPartition: Bool { if case .partition = self { true } else { false } }
}
