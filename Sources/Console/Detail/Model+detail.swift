import Cells
import IncrementalJoin
import Reports

extension Model {
  /// The columns from which on there is room for the detail pane.
  static let detailWidth = 110

  /// The columns of the pane including its rule; 0 if there is no pane.
  var detailColumns: Int {
    size.columns >= Self.detailWidth && !detail.isHidden ? size.columns * 2 / 5 : 0
  }

  /// Where the pane of a screen is drawn; nil if there is none.
  func detailArea(on screen: Screen) -> Rect? {
    guard detailColumns > 0, page != nil else { return nil }
    return screen.component.detailArea(self, in: Layout(size).content)
  }

  /// Whether the pane lies below a report, which keeps its full width, and not beside a list.
  var isPaneBelow: Bool { if case .report = dialog { true } else { false } }

  /// The rows of the pane below a report, whose lines may lead to others; 0 if there is none.
  func paneRows(of view: ReportView) -> Int {
    detailColumns > 0 && view.leadsOn && size.rows >= 24 ? size.rows / 3 : 0
  }

  /// Where the pane is drawn now: below the report that covers the screen, or beside the screen's list.
  private var paneArea: Rect? {
    guard case .report(let view) = dialog else { return detailArea(on: screen) }
    let rows = paneRows(of: view)
    // The last two rows are the report's own.
    return rows == 0
      ? nil : Rect(column: 0, row: size.rows - 2 - rows, columns: size.columns, rows: rows)
  }

  /// What the pane is about: the selected line of that report, or the selected row of that list.
  private var selectedDetail: RowDetail? {
    guard case .report(let view) = dialog else { return component.detail(self) }
    return page.flatMap { view.detail(in: $0) }
  }

  /// The request for what a row does not know yet.
  private func request(_ row: RowDetail) -> DetailRequest? {
    guard let page, let report = row.request else { return nil }
    return DetailRequest(job: page.name, report: report, load: load)
  }

  /// What the pane shows; nil if nothing is selected.
  var detailText: DetailText? {
    guard let row = selectedDetail else { return nil }
    let title = row.known.title
    guard let request = request(row) else { return DetailText(title: title, row.known.lines) }
    switch detail[request] {
    case .report(let report)? where row.isReplaced:
      return DetailText(title: report.title, report.lines)
    case .report(let report)?:
      return DetailText(title: title, row.known.lines + [TextReport.Line()], report.lines)
    case .failed(let sentence)?:
      return DetailText(
        title: title, row.known.lines,
        [TextReport.Line(), TextReport.Line(sentence, .bad)])
    case nil:
      let dots = appearance.unicode ? Symbols.unicode.ellipsis : Symbols.ascii.ellipsis
      return DetailText(
        title: title, row.known.lines,
        [TextReport.Line(), TextReport.Line("Reading\(dots)", .dim)])
    }
  }

  /// Requests the report of the selected row, unless it is known or another one is being read.
  mutating func settlePane() {
    guard paneArea != nil, let row = selectedDetail else { return }
    detail.show(row.known.title)
    guard let request = request(row), detail.isWanted(request) else { return }
    detail.ask(request)
    wanted.append(.detail(request))
  }

  /// Shows or hides the pane.
  mutating func toggleDetail() {
    detail.isHidden.toggle()
    notice = Notice(
      kind: .information,
      text: detail.isHidden ? "The detail pane is hidden." : "The detail pane is shown.")
  }

  /// Why there is no pane; nil if there is one.
  var whyNoDetail: String? { whyNotWide ?? (detail.isHidden ? "the pane is hidden" : nil) }

  /// Why there can be no pane; nil if there can.
  var whyNotWide: String? {
    if size.columns < Self.detailWidth { return "it takes \(Self.detailWidth) columns" }
    return isDebugging ? "Esc leaves the debugger first" : nil
  }

  /// Scrolls the pane by lines.
  mutating func scrollDetail(by lines: Int) {
    guard let area = paneArea, let text = detailText else { return }
    let inside = DetailPane(area, isBelow: isPaneBelow)
    let last = text.last(columns: inside.text.columns, rows: inside.text.rows)
    let (top, isTooLarge) = detail.top.addingReportingOverflow(lines)
    detail.top = isTooLarge ? last : max(0, min(top, last))
  }
}
