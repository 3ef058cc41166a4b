public import Cells
import Wording

/// Draws the console: a pure function that draws only what is visible.
public func view(_ model: Model, size: Size) -> Frame {
  var model = model
  model.size = size
  let layout = Layout(size)
  var canvas = Canvas(
    frame: Frame(size: size), theme: Theme(model.appearance), keys: model.dialogKeys)
  guard layout.isLargeEnough else {
    let wayOut = model.isRunning ? "The run continues." : "Press q to quit."
    let text =
      "The terminal is \(size); Dovetail needs \(Layout.minimum). Enlarge it. \(wayOut)"
    canvas.draw(text.wrapped(toColumns: size.columns).map { Line($0) }, in: canvas.frame.bounds)
    return canvas.frame
  }
  canvas.drawTitle(model, in: layout.title)
  canvas.drawTabs(model.screen, in: layout.tabs)
  canvas.drawContent(model, in: layout.content)
  canvas.drawStatus(model, in: layout.status)
  canvas.drawFooter(model, in: layout.footer)
  canvas.drawDialog(model, over: layout)
  return canvas.frame
}

extension Canvas {
  fileprivate mutating func drawContent(_ model: Model, in rect: Rect) {
    guard model.page != nil else { return drawNothing(model, in: rect) }
    model.component.draw(model, on: &self, in: rect)
    if let pane = model.detailArea(on: model.screen) { drawDetail(model, in: pane) }
    guard let list = model.component.rowList(model).map({ _ in model.listArea(on: model.screen) })
    else { return }
    draw(model.filterMessage(columns: list.columns), in: list)
  }

  /// Draws what is shown until there is a job: never a blank screen.
  private mutating func drawNothing(_ model: Model, in rect: Rect) {
    var lines = [Line()]
    if let failure = model.loadFailure {
      lines.append(Line("The status of the jobs could not be read.", .bad))
      lines += failure.wrapped(toColumns: rect.columns).map { Line($0) }
      lines.append(Line("r tries again.", .dim))
    } else if model.isLoading {
      lines.append(Line("Listing the inputs of all jobs" + theme.symbols.ellipsis, .accent))
      lines.append(Line("Large tables take a while; q quits.", .dim))
    } else {
      lines.append(Line("The workspace defines no job.", .strong))
      lines.append(Line("Declare one under `jobs:` in dovetail.yaml, then press r."))
    }
    draw(lines, in: rect)
  }

  fileprivate mutating func drawTitle(_ model: Model, in rect: Rect) {
    let style = theme.style(.title)
    frame.fill(rect, style: style)
    let state = Self.state(of: model)
    let marks = model.marks.isEmpty ? "" : ", \(Quantity.number(model.marks.count)) marked"
    let right = clipped(" \(state)\(marks) ", rect.columns * 2 / 3)
    let job = model.page.map { theme.symbols.separator + $0.name } ?? ""
    let left = clipped(" Dovetail  \(model.workspace)\(job)", rect.columns - right.columns - 1)
    frame.put(left, at: rect.origin, style: style)
    frame.put(
      right, at: Position(column: rect.columns - right.columns, row: rect.row), style: style)
  }

  private static func state(of model: Model) -> String {
    if let run = model.run, run.isActive {
      let job = run.job == model.page?.name ? "" : " \(run.job)"
      return "running\(job) \(run.finishedCount)/\(run.units.count)"
    }
    if model.isLoading { return "refreshing" }
    if model.loadFailure != nil { return "not up to date" }
    guard let page = model.page else { return "no job" }
    return page.pendingText()
  }

  /// While text is being edited, keys are text, so the commands are not offered.
  private mutating func drawEditorFooter(in rect: Rect) {
    let hints = [
      (keys.name(.accept), "keep"), (keys.name(.close), "drop"),
      ("\(keys.name(.up)) \(keys.name(.down))", "list"), (keys.name(.clear), "clear"),
    ]
    let line = hints.reduce(Line()) { line, key in
      line.adding(line.spans.isEmpty ? "" : "  ").adding(key.0, .key).adding(" \(key.1)")
    }
    draw(line, in: rect, row: 0)
  }

  fileprivate mutating func drawStatus(_ model: Model, in rect: Rect) {
    var rect = rect
    if let place { draw(Line(place, .dim), in: rect.cutRight(place.count), row: 0) }
    if model.isFiltering, let filter = model.filter {
      draw(Line("Filter: ", .key), filter.field, in: rect)
    } else if let notice = model.notice {
      let role: Role =
        switch notice.kind {
        case .information: .good
        case .warning: .warning
        case .failure: .bad
        }
      drawNotice(notice.text, role, in: rect)
    } else if let text = model.listText {
      draw(Line(text, .accent), in: rect, row: 0)
    } else if let age = model.listingAge {
      draw(Line(age, .dim), in: rect, row: 0)
    }
  }

  /// Draws a notice, which covers rows above its place where it is longer than one.
  private mutating func drawNotice(_ text: String, _ role: Role, in rect: Rect) {
    var lines = text.wrapped(toColumns: rect.columns)
    if lines.count > Self.noticeRows {
      // What does not fit either shows that there is more.
      let rest = lines[(Self.noticeRows - 1)...].joined(separator: " ")
      lines = Array(lines.prefix(Self.noticeRows - 1)) + [clipped(rest, rect.columns)]
    }
    let place = Rect(
      column: rect.column, row: rect.row + 1 - lines.count, columns: rect.columns,
      rows: lines.count)
    if lines.count > 1 { frame.fill(place) }
    draw(lines.map { Line($0, role) }, in: place)
  }

  /// The rows of a notice; more would hide too much of the screen.
  private static let noticeRows = 4

  fileprivate mutating func drawFooter(_ model: Model, in rect: Rect) {
    if model.isEditing, model.dialog == nil { return drawEditorFooter(in: rect) }
    let commands = model.commands.all.filter { command in
      command.footer != nil && command.screens.contains(model.screen)
        && command.isListed(model)
    }
    // Help and the way out come first, so they are never missing when space is short.
    var urgent: [Command.ID] = [.help, .leave]
    if model.isDebugging {
      urgent += [
        .step, .next, .finish, .resume, .stepBack, .breakpoint, .watch, .runToClause,
        .nextPartition,
      ]
    } else {
      if model.selectsReleasable { urgent.append(.release) }
      if model.selectsStaged { urgent += [.difference, .publishStaged, .discardStaged] }
      urgent += [.run, .execute, .cancel, .open, .filter]
      if model.screen == .bookmarks {
        urgent += model.selectsStaged ? [.undo] : [.undo, .difference]
      }
      if [.bookmarks, .pending, .calendar].contains(model.screen) { urgent.append(.mark) }
      urgent.append(.why)
    }
    // Where there are many keys, the demo can wait, and so can releasing what nothing holds.
    let late: [Command.ID] =
      [.predicate, .pending, .bookmarks].contains(model.screen) ? [.demoNext, .release] : []
    let ordered =
      urgent.compactMap { id in commands.first { $0.id == id } }
      + commands.filter { !urgent.contains($0.id) && !late.contains($0.id) }
      + commands.filter { late.contains($0.id) && !urgent.contains($0.id) }
    let keys = ordered.map { ($0, $0.whyDisabled(model) != nil) }
    var line = Line()
    var room = rect.columns
    // What can be done now comes before what cannot.
    for (command, isDisabled) in keys.filter({ !$0.1 }) + keys.filter({ $0.1 }) {
      var word = command.footer ?? ""
      if command.id == .leave, model.screen == .overview { word = "quit" }
      if command.id == .filter, model.screen == .calendar { word = "date" }
      let key = command.keys.first?.name ?? ""
      guard key.count + 1 + word.count <= room else { continue }
      room -= key.count + word.count + 3
      if !line.spans.isEmpty { line = line.adding("  ") }
      line =
        line.adding(key, isDisabled ? .dim : .key)
        .adding(" \(word)", isDisabled ? .dim : .plain)
    }
    draw(line, in: rect, row: 0)
  }
}
