import Cells
import Reports
import Wording

extension Canvas {
  /// Draws a report over the whole screen, so that its tables have all the columns.
  mutating func drawReport(_ view: ReportView, over layout: Layout) {
    var view = view
    var rest = frame.bounds
    frame.fill(rest)
    let heading = rest.cutTop(1)
    let hint = rest.cutBottom(1)
    _ = rest.cutBottom(1)
    frame.fill(heading, style: theme.style(.title))
    frame.put(
      clipped(" \(view.report.title)", heading.columns), at: heading.origin,
      style: theme.style(.title))
    view.lay(outTo: rest.columns)
    view.scroll(by: 0, height: rest.rows)
    let shown = view.lines.dropFirst(view.top).prefix(rest.rows)
    draw(shown.map { Line($0.text, Self.role(of: $0.tone)) }, in: rest)
    let place =
      view.lines.count > rest.rows
      ? "\(Quantity.number(view.top + 1))-\(Quantity.number(view.top + shown.count)) of "
        + Quantity.number(view.lines.count) : ""
    var line = Line("Esc", .key).adding(" back  ").adding("j k", .key).adding(" scroll  ")
      .adding("y", .key).adding(" copy")
    if !view.repairs.isEmpty {
      line = line.adding("  ").adding("R", .key)
        .adding(" preview a run of \(Quantity.count(view.repairs.count, "partition"))")
    }
    draw(line, in: hint, row: 0)
    frame.put(
      place, at: Position(column: hint.columns - place.count, row: hint.row),
      style: theme.style(.dim))
    frame.cursor = rest.origin
  }

  /// Draws that something is being read.
  mutating func drawWaiting(_ waiting: Waiting, over layout: Layout) {
    let width = min(layout.size.columns - 4, 76)
    let inside = centeredBox(title: waiting.job, columns: width, rows: 4, over: layout)
    draw(
      [
        Line(" \(waiting.title)\(theme.symbols.ellipsis)", .accent),
        Line(" Esc stops waiting", .dim),
      ], in: inside)
    frame.cursor = inside.origin
  }

  private static func role(of tone: TextReport.Tone) -> Role {
    switch tone {
    case .plain: .plain
    case .strong: .strong
    case .good: .good
    case .warning: .warning
    case .bad: .bad
    case .dim: .dim
    }
  }
}
