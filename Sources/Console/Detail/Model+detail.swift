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

  /// The request for what a row does not know yet.
  private func request(_ row: RowDetail) -> DetailRequest? {
    guard let page, let report = row.request else { return nil }
    return DetailRequest(job: page.name, report: report, load: load)
  }

  /// What the pane shows; nil if nothing is selected.
  var detailText: DetailText? {
    guard let row = component.detail(self) else { return nil }
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
    guard detailArea(on: screen) != nil, let row = component.detail(self) else { return }
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
  var whyNoDetail: String? {
    if size.columns < Self.detailWidth { return "it takes \(Self.detailWidth) columns" }
    return detail.isHidden ? "the pane is hidden" : nil
  }

  /// Scrolls the pane by lines.
  mutating func scrollDetail(by lines: Int) {
    guard let area = detailArea(on: screen), let text = detailText else { return }
    let inside = DetailPane(area)
    let last = text.last(columns: inside.text.columns, rows: inside.text.rows)
    let (top, isTooLarge) = detail.top.addingReportingOverflow(lines)
    detail.top = isTooLarge ? last : max(0, min(top, last))
  }
}
