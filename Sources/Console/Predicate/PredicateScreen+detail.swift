import Cells
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

/// The detail pane: why the predicate does or does not select a partition, and the partition's account; or a clause.
extension PredicateScreen {
  /// The clauses that are shown of one partition; the truth table has all of them.
  private static let clauseLimit = 40

  static func detailArea(_ model: Model, in content: Rect) -> Rect? {
    model.isDebugging ? nil : model.predicateLayout.pane
  }

  static func detail(_ model: Model) -> RowDetail? {
    let state = model.predicate
    guard let read = model.shownPredicate, state.view == .clauses else {
      return partitionDetail(model)
    }
    return ClausesPane.detail(read, model)
  }

  private static func partitionDetail(_ model: Model) -> RowDetail? {
    guard let page = model.page, let subject = model.predicate.subject,
      let row = model.predicate.selectedRow
    else { return nil }
    guard let read = model.shownPredicate, let detail = model.predicate.detail else {
      return .why(subject.known[row], of: page)
    }
    let status = detail.status.prefix(1).uppercased() + detail.status.dropFirst() + "."
    let sentences = [
      TextReport.Line(detail.sentence, detail.truth == .isTrue ? .good : .plain),
      TextReport.Line(status),
    ]
    return RowDetail(
      known: TextReport(
        title: subject.paths[row], lines: sentences + clauses(read, detail, model)),
      request: .why(page.known[subject.known[row]].partition))
  }

  /// The value of each clause for the partition.
  private static func clauses(
    _ read: ParsedPredicate, _ detail: PartitionDetail, _ model: Model
  ) -> [TextReport.Line] {
    let ellipsis = Theme(model.appearance).symbols.ellipsis
    let width = max(10, model.predicateTextColumns - 22)
    let lines = read.outline.clauses.prefix(clauseLimit).map { clause in
      let number = "\(clause.number)"
      let indent = String(repeating: " ", count: min(clause.depth, 8) * 2)
      let text = (indent + read.text(of: clause.number))
        .clipped(toColumns: width, ellipsis: ellipsis)
      let value = detail.values[clause.number]
      return TextReport.Line(
        String(repeating: " ", count: max(0, 4 - number.count)) + "\(number) \(text)"
          + String(repeating: " ", count: max(0, width - text.columns) + 1)
          + (value?.literalText ?? "never looked at"), tone(of: value))
    }
    let rest = read.outline.clauses.count - lines.count
    return [TextReport.Line(), TextReport.Line("Clauses", .strong)] + lines
      + (rest > 0 ? [TextReport.Line("and \(Quantity.number(rest)) more: t shows them", .dim)] : [])
  }

  private static func tone(of value: PartitionValue?) -> TextReport.Tone {
    guard let value else { return .dim }
    switch Truth(value) {
    case .isTrue?: return .good
    case .isFalse?: return .bad
    case .isNull?: return .warning
    case nil: return .plain
    }
  }
}
