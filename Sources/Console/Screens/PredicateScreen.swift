import Cells
import IncrementalJoin

/// The bands of the predicate screen: both dialects side by side where there is room.
struct PredicateLayout {
  /// A dialect and where its text goes.
  struct Pane {
    let dialect: PredicateDialect
    let heading: Rect
    let rect: Rect
  }

  let heading: Rect
  let panes: [Pane]

  init(_ content: Rect, dialect: PredicateDialect) {
    var rest = content
    heading = rest.cutTop(2)
    func pane(_ dialect: PredicateDialect, _ rect: Rect) -> Pane {
      var rest = rect
      return Pane(dialect: dialect, heading: rest.cutTop(1), rect: rest)
    }
    if rest.columns >= 100 {
      let left = rest.cutLeft((rest.columns - 2) / 2)
      _ = rest.cutLeft(2)
      panes = [pane(.plain, left), pane(.compact, rest)]
    } else {
      panes = [pane(dialect, rest)]
    }
  }
}

/// The pushdown predicate of each input, over its own keys.
enum PredicateScreen {
  /// Glue refuses pushdown predicates that are longer.
  static let glueLimit = 2048

  static func draw(_ model: Model, on canvas: inout Canvas, in rect: Rect) {
    guard let page = model.page else { return }
    let state = model.predicate
    let layout = PredicateLayout(rect, dialect: state.dialect)
    var line = Line("Input: ", .dim)
    for (index, input) in page.status.job.inputs.enumerated() {
      line = line.adding(
        index == state.input ? "[\(input.name)]" : " \(input.name) ",
        index == state.input ? .strong : .dim
      ).adding(" ")
    }
    canvas.draw(line, in: layout.heading, row: 0)
    guard let text = state.shown else {
      canvas.draw(Line("Writing the predicate.", .dim), in: layout.heading, row: 1)
      return
    }
    canvas.draw(summary(text, heldCount: page.heldCount), in: layout.heading, row: 1)
    for pane in layout.panes {
      let length = pane.dialect == .plain ? text.plainLength : text.compactLength
      let lines = state.lines(pane.dialect, width: pane.rect.columns)
      var heading = Line(pane.dialect.rawValue, .header)
        .adding("  \(Quantity.count(length, "character"))", .dim)
      if length > glueLimit {
        heading = heading.adding("  longer than Glue's \(Quantity.number(glueLimit))", .warning)
      }
      let top = max(0, min(state.list.top, lines.count - max(1, pane.rect.rows)))
      if lines.count > pane.rect.rows {
        heading = heading.adding("  from line \(top + 1) of \(lines.count)", .dim)
      }
      canvas.draw(heading, in: pane.heading, row: 0)
      let visible = lines[top..<min(lines.count, top + pane.rect.rows)]
      canvas.draw(visible.map { Line($0) }, in: pane.rect)
    }
    canvas.frame.cursor = layout.panes.first?.rect.origin
  }

  private static func summary(_ text: PredicateText, heldCount: Int) -> Line {
    guard text.partitions > 0 else {
      return Line("Nothing to load: the predicate is FALSE, which selects no partition.", .good)
    }
    let held =
      heldCount > 0 ? ", without \(Quantity.number(heldCount)) held" : ""
    return Line("Selects \(Quantity.count(text.partitions, "partition"))\(held).")
  }
}
