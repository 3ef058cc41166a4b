import Cells
import Reports
import Wording

/// The bands of the detail pane: a rule, the title, and the text.
struct DetailPane {
  let rule: Rect
  let title: Rect
  let text: Rect

  /// - Parameters:
  ///   - rect: The whole pane.
  ///   - isBelow: Whether it lies below what it is about, and not beside it.
  init(_ rect: Rect, isBelow: Bool) {
    var rest = rect
    rule = isBelow ? rest.cutTop(1) : rest.cutLeft(1)
    if !isBelow { _ = rest.cutLeft(1) }
    title = rest.cutTop(1)
    text = rest
  }
}

extension Canvas {
  /// Draws the detail pane, and only its visible lines.
  mutating func drawDetail(_ model: Model, in rect: Rect) {
    let pane = DetailPane(rect, isBelow: model.isPaneBelow)
    if model.isPaneBelow {
      frame.fill(pane.rule, with: theme.symbols.horizontal, style: theme.style(.dim))
    }
    for row in 0..<pane.rule.rows where !model.isPaneBelow {
      frame.put(
        theme.symbols.vertical, at: Position(column: pane.rule.column, row: pane.rule.row + row),
        style: theme.style(.dim))
    }
    guard let text = model.detailText else {
      return draw(Line("Nothing is selected.", .dim), in: pane.title, row: 0)
    }
    let top = max(0, min(model.detail.top, text.count - 1))
    let end = draw(text, from: top, in: pane.text)
    drawTitle(of: text, seen: top..<end, in: pane.title)
  }

  /// Draws the lines of a text from one of them on, as many as fit; returns the first one that does not.
  @discardableResult
  mutating func draw(_ text: DetailText, from top: Int, in rect: Rect) -> Int {
    var rest = rect
    var index = top
    while index < text.count, rest.rows > 0 {
      let lines = text.pieces(index, columns: rest.columns).map {
        line($0, columns: rest.columns)
      }
      guard lines.count <= rest.rows || index == top else { break }
      rest = draw(lines, in: rest)
      index += 1
    }
    return index
  }

  /// Draws the title and, if not all lines are visible, which ones are.
  private mutating func drawTitle(of text: DetailText, seen: Range<Int>, in rect: Rect) {
    var rest = rect
    if seen.count < text.count {
      let place =
        " \(Quantity.number(seen.lowerBound + 1))-\(Quantity.number(seen.upperBound))"
        + " of \(Quantity.number(text.count))"
      draw(Line(place, .dim), in: rest.cutRight(place.count), row: 0)
    }
    draw(Line().cutInTheMiddle(text.title, rest.columns, .strong), in: rest, row: 0)
  }
}
