import Cells
import Foundation
import IncrementalJoin
import Operations
import Reports
import Wording

/// The bands of the bookmarks screen: inputs above, runs below.
struct BookmarksLayout {
  /// The width from which the runs have a column for what they did besides.
  static let wide = 110

  let inputs: Rect
  let heading: Rect
  let list: Rect
  /// 3, or 1 where many inputs would leave no room for the runs.
  let linesPerInput: Int
  /// What the selected run did besides, below the runs, where their rows have no room for it.
  let remark: Rect?
  /// Beside the runs.
  let detail: Rect?

  init(_ content: Rect, inputs count: Int, detail columns: Int) {
    linesPerInput = 1 + 3 * count + 5 <= content.rows ? 3 : 1
    var rest = content
    inputs = rest.cutTop(min(1 + linesPerInput * count, max(1, content.rows - 5)))
    _ = rest.cutTop(1)
    detail = rest.cutDetail(columns)
    heading = rest.cutTop(1)
    let hasRoom = detail != nil || rest.columns >= Self.wide || rest.rows < 4
    remark = hasRoom ? nil : rest.cutBottom(1)
    list = rest
  }
}

/// What counts as consumed of each input, what has arrived since, and the runs.
enum BookmarksScreen: ScreenComponent {
  static func list(_ model: Model) -> WritableKeyPath<Model, ListState> { \.runsList }

  static func rowList(_ model: Model) -> RowList? { .runs }

  static func ownCount(_ model: Model) -> Int { model.page?.history.count ?? 0 }

  static func rowVersion(_ model: Model) -> RowVersion {
    RowVersion(
      identity: [model.load, model.page?.history.count ?? 0], content: model.historyChanges)
  }

  static func rowSource(_ model: Model) -> RowSource? {
    guard let page = model.page else { return nil }
    let runs = page.history
    return RowSource(
      count: runs.count, name: { "\(runs[$0].id)" },
      words: { row in
        let run = runs[row]
        return "\(run.kind.rawValue) \(run.state.rawValue) \(Quantity.instant(run.startedAt)) "
          + remark(run, page)
      },
      columns: [
        SortColumn("Run", number: { runs[$0].id.number }),
        SortColumn("Kind", text: { runs[$0].kind.rawValue }),
        SortColumn("State", text: { runs[$0].state.rawValue }),
        SortColumn(
          "Took", unit: "s", number: { runs[$0].took.map { $0.components.seconds } ?? -1 }),
        SortColumn("Done", number: { Int64(runs[$0].committed) }),
        SortColumn("Failed", number: { Int64(runs[$0].failed) }),
        SortColumn("Rows", number: { runs[$0].rows }),
      ])
  }

  static func listArea(_ model: Model, in content: Rect) -> Rect {
    layout(model, in: content).list
  }

  private static func layout(_ model: Model, in content: Rect) -> BookmarksLayout {
    BookmarksLayout(
      content, inputs: model.page?.status.job.inputs.count ?? 0, detail: model.detailColumns)
  }

  static func detailArea(_ model: Model, in content: Rect) -> Rect? {
    layout(model, in: content).detail
  }

  /// The record of the run until its whole account is read.
  static func detail(_ model: Model) -> RowDetail? {
    model.selectedInHistory.map {
      RowDetail(known: .record(of: $0), request: .run($0.id), isReplaced: true)
    }
  }

  static func copied(_ model: Model) -> (what: String, text: String)? {
    model.selectedInHistory.map { ("the plan's id", $0.plan) }
  }

  static func whyNotMarked(_ model: Model) -> String? {
    model.selectedInHistory == nil ? "no run is there" : nil
  }

  /// Marks the selected run as the one after which a window begins, or unmarks it.
  static func mark(_ model: inout Model) {
    guard let run = model.selectedInHistory else { return }
    model.windowStart = model.windowStart == run.id ? nil : run.id
  }

  static func open(_ model: inout Model) -> [Effect] {
    model.selectedInHistory.map { model.ask(for: .run($0.id)) } ?? []
  }

  static func draw(_ model: Model, on canvas: inout Canvas, in rect: Rect) {
    guard let page = model.page else { return }
    let layout = layout(model, in: rect)
    var lines = [
      Line().column("Bookmark of", 16, .header).column("Run", 6, .header, right: true)
        .column("Outputs", 10, .header, right: true).column("Files", 8, .header, right: true)
        .column("Bytes", 9, .header, right: true)
    ]
    for bookmark in page.status.bookmarks {
      lines += self.lines(bookmark, page).prefix(layout.linesPerInput)
    }
    canvas.draw(lines, in: layout.inputs)
    drawRuns(page, model, on: &canvas, layout)
  }

  private static func lines(_ bookmark: Bookmark, _ page: JobPage) -> [Line] {
    let first = Line().column(bookmark.input, 16, .strong)
      .column(bookmark.run.map { "\($0)" } ?? "none", 6, right: true)
      .column(Quantity.number(bookmark.partitions), 10, right: true)
      .column(Quantity.number(bookmark.files), 8, right: true)
      .column(Quantity.bytes(bookmark.bytes), 9, right: true)
    let second = Line(
      bookmark.run == nil
        ? "  nothing was ever consumed"
        : "  listed \(bookmark.listedAt.map(Quantity.instant) ?? "-")"
          + (bookmark.files == 0
            ? "  newest none" : "  newest \(Quantity.instant(nanoseconds: bookmark.newest)) UTC"),
      .dim)
    guard let arrivals = page.arrivals[bookmark.input] else {
      let third =
        page.isListed(bookmark.input)
        ? Line("  since then: nothing new", .good)
        : Line("  since then: unknown, since it could not be listed (1 says why)", .bad)
      return [first, second, third]
    }
    let counts = ChangeKind.allCases.compactMap { kind in
      arrivals.counts[kind].map { "\(Quantity.number($0)) \(kind.rawValue)" }
    }
    let third = Line(
      "  since then: \(counts.joined(separator: ", ")), \(Quantity.bytes(arrivals.bytes))"
        + " in \(Quantity.count(arrivals.partitions, "partition"))", .warning)
    return [first, second, third]
  }

  private static func drawRuns(
    _ page: JobPage, _ model: Model, on canvas: inout Canvas, _ layout: BookmarksLayout
  ) {
    let runs = page.history
    let isWide = layout.heading.columns >= 80
    // Without the year and the seconds there is room for the kind, which says more.
    let isShort = layout.heading.columns < 69
    let isWidest = layout.heading.columns >= BookmarksLayout.wide
    var heading = Line().column("Run", 5, .header, right: true)
    heading = heading.column("Kind", 7, .header).column("State", 11, .header)
      .column(isShort ? "Started" : "Started (UTC)", isShort ? 11 : 19, .header)
    if isWide { heading = heading.column("Took", 9, .header, right: true) }
    heading = heading.column("Done", 5, .header, right: true)
      .column("Failed", 6, .header, right: true).column("Rows", 9, .header, right: true)
    if isWidest {
      heading = heading.column("Same", 6, .header, right: true).adding("What, and why", .header)
    }
    canvas.draw(heading, in: layout.heading, row: 0)
    if runs.isEmpty {
      canvas.draw(Line("The job never ran.", .dim), in: layout.list, row: 0)
    }
    let mark = canvas.theme.symbols.mark
    canvas.draw(model.runsList, count: rowCount(model), in: layout.list) { place in
      guard let row = model.sourceRow(Self.self, at: place) else { return Line() }
      let run = runs[row]
      let isStart = run.id == model.windowStart
      let isStaged = run.state == .staged
      var line = Line()
        .column(isStart ? "\(mark)\(run.id)" : "\(run.id)", 5, isStart ? .key : .plain, right: true)
        .column(run.kind.rawValue, 7, run.kind.isBuild ? .plain : .accent)
      let isUndone = page.undone[run.id] != nil
      let started = Quantity.instant(run.startedAt)
      line = line.column(
        isUndone ? "undone" : run.state.rawValue, 11, isUndone ? .dim : role(run.state)
      )
      .column(
        isShort ? String(started.dropFirst(5).dropLast(3)) : started, isShort ? 11 : 19)
      if isWide {
        line = line.column(run.took.map(Quantity.elapsed) ?? "-", 9, right: true)
      }
      line = line.column(Quantity.number(run.committed), 5, right: true)
        .column(Quantity.number(run.failed), 6, run.failed > 0 ? .bad : .plain, right: true)
        .column(
          Quantity.number(isStaged ? page.status.stagedRows[run.id] ?? 0 : run.rows), 9,
          isStaged ? .accent : .plain, right: true)
      guard isWidest else { return line }
      return line.column(Quantity.number(run.unchanged), 6, .dim, right: true)
        .adding(remark(run, page))
    }
    guard let rect = layout.remark, let run = model.selectedInHistory else { return }
    let text = remark(run, page)
    if !text.isEmpty { canvas.draw(Line("Run \(run.id): \(text)", .accent), in: rect, row: 0) }
  }

  /// What was requested, what waits, and why, in a few words each.
  private static func remark(_ run: RunRecord, _ page: JobPage) -> String {
    var parts: [String] = []
    if let later = page.undone[run.id] { parts.append("undone by run \(later)") }
    if run.mode != .enable { parts.append("bookmark \(run.mode.rawValue)") }
    if !run.whatItDid.isEmpty { parts.append(run.whatItDid) }
    if let staged = page.status.staged[run.id], !staged.isEmpty {
      let outdated = page.status.outdated[run.id]?.count ?? 0
      let ways = outdated == staged.count ? "X discards" : "d compares, P publishes, X discards"
      let part = outdated == staged.count ? "" : "\(Quantity.number(outdated)) "
      let remark = outdated == 0 ? "" : ", \(part)too late to publish"
      parts.append("\(Quantity.number(staged.count)) staged\(remark): \(ways)")
    }
    if let note = run.note { parts.append("\"\(note)\"") }
    return parts.joined(separator: ", ")
  }

  private static func role(_ state: RunState) -> Role {
    switch state {
    case .running, .staged: .accent
    case .succeeded: .good
    case .partial, .cancelled: .warning
    case .failed, .interrupted: .bad
    }
  }
}
