import Cells
import Charts
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

/// The detail pane: the partitions of the cell under the cursor, and the account of the first of them.
extension CalendarScreen {
  /// The partitions that are named.
  private static let partitionLimit = 12

  static func detailArea(_ model: Model, in content: Rect) -> Rect? {
    CalendarLayout(content, model.calendar.grid, detail: model.detailColumns).detail
  }

  static func detail(_ model: Model) -> RowDetail? {
    guard let page = model.page, let cell = selected(model) else { return nil }
    let known = known(in: cell, page)
    var lines = [TextReport.Line(sentence(about: cell), .strong)]
    if known.count > 1 {
      lines += known.prefix(partitionLimit).map { index in
        TextReport.Line(
          "  \(page.paths[index]): \(model.status(ofKnown: index, of: page).word)")
      }
      let rest = known.count - partitionLimit
      if rest > 0 { lines.append(TextReport.Line("  and \(Quantity.number(rest)) more", .dim)) }
    }
    return RowDetail(
      known: TextReport(title: "\(cell.table.name) \(cell.name)", lines: lines),
      request: known.first.map { .why(page.known[$0].partition) })
  }

  private static func sentence(about cell: Selected) -> String {
    guard let summary = cell.cell?.summary else { return "There is no partition." }
    return "\(summary.prefix(1).uppercased() + summary.dropFirst())."
  }
}
