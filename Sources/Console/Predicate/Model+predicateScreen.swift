import Cells
import IncrementalJoin
import PartitionPredicate

extension Model {
  /// Handles Enter on the predicate screen.
  mutating func openPredicateRow() {
    if let debugger = predicate.debugger {
      let clause = debugger.selectedClause
      tell("Clause \(clause)", debugger.read.text(of: clause))
    } else if predicate.view == .clauses {
      guard let count = shownPredicate?.outline.clauses.count, count > 0 else { return }
      predicate.decidedBy = max(1, min(predicate.clauseList.index + 1, count))
      predicate.view = .partitions
      predicate.rows = nil
    } else {
      openDebugger()
    }
  }

  /// Goes back one step within the predicate screen; false when there is nothing to go back to.
  mutating func leavePredicatePart() -> Bool {
    if predicate.debugger != nil {
      closeDebugger()
    } else if predicate.view == .clauses {
      predicate.view = .partitions
    } else if predicate.decidedBy != nil {
      predicate.decidedBy = nil
      predicate.rows = nil
      predicate.view = .clauses
    } else {
      return false
    }
    return true
  }

  /// Shows the predicate of another input.
  mutating func switchInput(by offset: Int) {
    let count = page?.status.job.inputs.count ?? 0
    guard count > 0, predicate.debugger == nil, predicate.editor == nil else { return }
    predicate.input = (predicate.input + offset + count) % count
    predicate.scroll = nil
  }

  /// Scrolls the predicate's text.
  mutating func scrollText(by lines: Int) {
    let area = predicate.debugger == nil ? predicateLayout.text : debuggerLayout.text
    let count = predicateTextLines.count
    predicate.scroll = max(
      0, min(firstTextLine(height: area.rows) + lines, count - max(1, area.rows)))
  }
}
