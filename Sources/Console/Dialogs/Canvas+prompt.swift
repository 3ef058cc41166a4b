import Cells
import Wording

extension Canvas {
  /// Of longer lists, not every item is measured.
  private static let measuredItems = 100

  /// Draws a list from which one item is chosen; where items are cut, the whole selected one stands below the list.
  mutating func drawChoice(_ choice: Choice, over layout: Layout) {
    let width = min(layout.size.columns - 4, Self.widestDialog)
    let labels = min(choice.items.map(\.label.columns).max() ?? 0, (width - 2) / 2)
    func whole(_ item: Choice.Item) -> [String] {
      Self.whole(item, label: labels, columns: width - 2)
    }
    let below = choice.items.prefix(Self.measuredItems).map { whole($0).count }.max() ?? 0
    let rows = min(choice.items.count, 10)
    var inside = centeredBox(
      title: choice.title, columns: width, rows: rows + below + 3, over: layout)
    let bottom = inside.cutBottom(1)
    let text = inside.cutBottom(min(below, max(0, inside.rows - min(rows, 3))))
    draw(
      Line(" \(keys.name(.accept)) chooses, \(keys.name(.close)) closes", .dim), in: bottom, row: 0)
    draw(choice.list, count: choice.items.count, in: inside, placeRow: bottom.row) { index in
      let item = choice.items[index]
      return Line(" ").column(item.label, labels, .key).adding(item.detail, .dim)
    }
    guard choice.items.indices.contains(choice.list.index) else { return }
    draw(whole(choice.items[choice.list.index]).map { Line(" \($0)", .accent) }, in: text)
  }

  /// An item in lines; none where the list shows all of it.
  private static func whole(_ item: Choice.Item, label: Int, columns: Int) -> [String] {
    let isLabelCut = item.label.columns > label
    guard isLabelCut || label + 2 + item.detail.columns > columns else { return [] }
    let parts = [isLabelCut ? item.label : "", item.detail].filter { !$0.isEmpty }
    return parts.joined(separator: ": ").wrapped(toColumns: columns - 2)
  }

  /// Draws a text prompt, with what is wrong with the answer below it.
  mutating func drawPrompt(_ prompt: Prompt, over layout: Layout) {
    let width = min(layout.size.columns - 4, Self.widestDialog)
    let mistake = (prompt.mistake ?? "").split(separator: "\n").map { Line(" \($0)", .bad) }
    var inside = centeredBox(title: prompt.title, columns: width, rows: 8, over: layout)
    let field = inside.cutTop(1)
    let bottom = inside.cutBottom(1)
    draw(
      Line(" \(keys.name(.accept)) takes it, \(keys.name(.close)) closes", .dim), in: bottom,
      row: 0)
    draw(mistake, in: inside)
    draw(Line(" \(prompt.label)", .key), prompt.field, in: field)
  }
}
