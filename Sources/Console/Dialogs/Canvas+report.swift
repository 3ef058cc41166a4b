import Cells
import Reports
import Wording

extension Canvas {
  /// Draws a report over the whole screen, so that its tables get the full width.
  mutating func drawReport(_ view: ReportView, _ model: Model, over layout: Layout) {
    var rest = frame.bounds
    frame.fill(rest)
    let heading = rest.cutTop(1)
    let hint = rest.cutBottom(1)
    let message = rest.cutBottom(1)
    draw(Line(view.message ?? "", .warning), in: message, row: 0)
    let pane = rest.cutBottom(model.paneRows(of: view))
    if pane.rows > 0 { drawDetail(model, in: pane) }
    frame.fill(heading, style: theme.style(.title))
    frame.put(
      clipped(" \(view.report.title)", heading.columns), at: heading.origin,
      style: theme.style(.title))
    frame.cursor = rest.origin
    let window = view.list.window(count: view.rows.count, height: rest.rows)
    for place in window {
      let mark = Line(view.isMarked(place) ? theme.symbols.mark : "", .key)
        .padded(toColumns: view.markColumns)
      let piece = line(view.rows[place].piece, columns: rest.columns - view.markColumns)
      draw(
        Line(spans: mark.spans + piece.spans), in: rest, row: place - window.lowerBound,
        selected: place == view.list.index)
    }
    if view.isTyping { return draw(Line("Filter: ", .key), view.filter, in: hint) }
    let place =
      view.rows.count > rest.rows
      ? "\(Quantity.number(window.lowerBound + 1))-\(Quantity.number(window.upperBound)) of "
        + Quantity.number(view.rows.count) : ""
    draw(footer(of: view, columns: hint.columns - place.count), in: hint, row: 0)
    frame.put(
      place, at: Position(column: hint.columns - place.count, row: hint.row),
      style: theme.style(.dim))
  }

  /// The keys of a report, and its filter; where there is little room, the less important ones are left out.
  private func footer(of view: ReportView, columns: Int) -> Line {
    var words = [(keys.name(.close), "back")]
    if !view.repairs.isEmpty {
      let count = Quantity.count(view.repairs.count, "partition")
      words.append((keys.name(.rerun), "preview a run of \(count)"))
    }
    if view.offersTables {
      let count = view.marked.isEmpty ? "" : "\(Quantity.number(view.marked.count)) "
      words += [
        (keys.name(.mark), "mark"), (keys.name(.accept), "add \(count)to dovetail.yaml"),
      ]
    }
    words += [
      ("\(keys.shortName(.down)) \(keys.shortName(.up))", "move"),
      (keys.name(.accept), "go there"), (keys.name(.filter), "filter"), (keys.name(.copy), "copy"),
    ]
    if view.offersTables { words.removeAll { $0.1 == "go there" } }
    let filter = view.filter.text.isEmpty ? "" : "\"\(view.filter.text)\""
    func width() -> Int { words.reduce(0) { $0 + $1.0.columns + $1.1.columns + 3 } }
    for dispensable in ["move", "copy", "go there", "filter"]
    where width() + min(filter.columns, Self.leastFilter) > columns {
      words.removeAll { $0.1 == dispensable }
    }
    let line = words.reduce(Line()) { $0.adding($1.0, .key).adding(" \($1.1)  ") }
    return line.adding(clipped(filter, columns - width() - 1), .accent)
  }

  /// The columns that are kept for a long filter.
  private static let leastFilter = 12

  /// Draws a notice that something is being read.
  mutating func drawWaiting(_ waiting: DialogRequest, over layout: Layout) {
    let width = min(layout.size.columns - 4, 76)
    let inside = centeredBox(title: waiting.job, columns: width, rows: 4, over: layout)
    draw(
      [
        Line(" \(waiting.title)\(theme.symbols.ellipsis)", .accent),
        Line(" \(keys.name(.close)) stops waiting", .dim),
      ], in: inside)
    frame.cursor = inside.origin
  }

  /// A line of a report, or a piece of one; a bar takes the columns that are left.
  func line(_ line: TextReport.Line, columns: Int) -> Line {
    let symbols = theme.symbols
    let text = line.bar?.text(within: columns, full: symbols.axisFull, empty: symbols.axisEmpty)
    return Line(text ?? line.text, Self.role(of: line.tone))
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
