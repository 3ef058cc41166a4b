import IncrementalJoin
import PartitionPredicate

/// Which of a list's partitions are marked in one go.
enum MarkedRows: Sendable {
  case all
  /// Those that are not marked; the marked ones are unmarked.
  case inverse
  /// The rows at these places.
  case range(Range<Int>)
  case selected(by: PushdownPredicate)
}

extension Model {
  /// The beginning of a range of the list that is shown.
  private var shownRangeStart: MarkStart? {
    rangeStart.flatMap {
      $0.screen == screen && $0.list == component.rowList(self) ? $0 : nil
    }
  }

  /// Whether a range of the list that is shown was begun.
  var isMarkingRange: Bool { shownRangeStart != nil }

  /// Marks the partitions under the cursor, or unmarks them when all are marked.
  mutating func toggleMark() {
    guard let rows = component.markable(self) else { return }
    if marks.isSuperset(of: rows.selected) {
      marks.subtract(rows.selected)
    } else {
      marks.formUnion(rows.selected)
    }
  }

  /// Begins a range of rows at the cursor, or marks from its start to the cursor.
  mutating func toggleRange() {
    guard let rows = component.markable(self) else { return }
    guard let start = shownRangeStart else {
      rangeStart = MarkStart(
        screen: screen, list: component.rowList(self), places: rows.places)
      return
    }
    rangeStart = nil
    let first = min(start.places.lowerBound, rows.places.lowerBound)
    mark(.range(first..<max(start.places.upperBound, rows.places.upperBound)))
  }

  /// Asks for the predicate that selects the partitions to mark.
  mutating func askForMarks() {
    dialog = .prompt(
      Prompt(
        subject: .marks, title: "Mark the partitions that a predicate selects", label: "where "))
  }

  /// Marks many partitions of the list, off the terminal's thread.
  mutating func mark(_ which: MarkedRows) {
    guard let page, checkFilter(), let rows = component.markable(self) else { return }
    let (marks, job) = (marks, page.name)
    compute {
      var marked = marks
      let range: Range<Int>? = if case .range(let range) = which { range } else { nil }
      let evaluator: PredicateEvaluator? =
        if case .selected(let predicate) = which { PredicateEvaluator(predicate) } else { nil }
      var seen: Set<Partition> = []
      for case let partition? in rows.partitions(range) where seen.insert(partition).inserted {
        if let evaluator, !evaluator.selects(partition) { continue }
        if case .inverse = which, marked.remove(partition) != nil { continue }
        marked.insert(partition)
      }
      return .marks(marked, job: job)
    }
  }
}

extension Theme {
  /// The beginning of a row that may be marked, or of the heading above; nothing while nothing is marked.
  func mark(_ partition: Partition?, _ model: Model) -> Line {
    guard model.markColumns > 0 else { return Line() }
    let isMarked = partition.map(model.marks.contains) ?? false
    return Line(isMarked ? "\(symbols.mark) " : "  ", .key)
  }
}

extension Model {
  /// The columns that lists other than the pending one have before their rows for marks.
  var markColumns: Int { marks.isEmpty ? 0 : 2 }
}
