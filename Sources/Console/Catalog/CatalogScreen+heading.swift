import Cells
import PartitionPredicate
import Wording

extension CatalogScreen {
  /// The table's name, keys and use, in what the place within the list leaves of the row.
  static func drawHeading(
    _ open: OpenTable, _ model: Model, on canvas: inout Canvas, _ layout: CatalogLayout
  ) {
    let keys = open.table.keys.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
    let count = rowCount(model)
    let place = 3 * Quantity.number(count).columns + 6
    let end = layout.list.column + layout.list.columns - layout.heading.column
    let room =
      (count > layout.list.rows ? end - place : layout.heading.columns) - open.table.name.columns
    let texts = [open.table.use, open.table.briefUse].map { " by \(keys), \($0)" }
    let text = texts.first { $0.columns <= room } ?? canvas.clipped(texts[1], max(0, room))
    canvas.draw(
      Line(open.table.name, .strong).adding(text, .dim), in: layout.heading, row: 0)
  }
}
