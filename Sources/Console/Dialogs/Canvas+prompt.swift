import Cells
import Wording

extension Canvas {
  /// Draws a list from which one item is chosen.
  mutating func drawChoice(_ choice: Choice, over layout: Layout) {
    let width = min(layout.size.columns - 4, Self.widestDialog)
    var inside = centeredBox(
      title: choice.title, columns: width, rows: min(choice.items.count, 10) + 3, over: layout)
    let bottom = inside.cutBottom(1)
    draw(
      Line(" \(keys.name(.accept)) chooses, \(keys.name(.close)) closes", .dim), in: bottom, row: 0)
    let labels = choice.items.map(\.label.columns).max() ?? 0
    draw(choice.list, count: choice.items.count, in: inside, placeRow: bottom.row) { index in
      let item = choice.items[index]
      return Line(" ").column(item.label, min(labels, inside.columns / 2), .key)
        .adding(item.detail, .dim)
    }
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
