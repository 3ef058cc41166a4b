import Cells
import IncrementalJoin

/// The bands of the screen, from top to bottom.
struct Layout {
  /// Below this the screens do not fit.
  static let minimum = Size(columns: 60, rows: 16)

  let size: Size
  let title: Rect
  let tabs: Rect
  let content: Rect
  let status: Rect
  let footer: Rect

  init(_ size: Size) {
    self.size = size
    var rest = Rect(origin: Position(column: 0, row: 0), size: size)
    title = rest.cutTop(1)
    tabs = rest.cutTop(1)
    footer = rest.cutBottom(1)
    status = rest.cutBottom(1)
    content = rest
  }

  var isLargeEnough: Bool {
    size.columns >= Self.minimum.columns && size.rows >= Self.minimum.rows
  }
}

extension Model {
  /// Where the list of a screen is drawn: what keys, wheel and clicks go by.
  func listArea(on screen: Screen) -> Rect {
    let content = Layout(size).content
    switch screen {
    case .overview: return OverviewLayout(content, jobs: jobs.count).list
    case .catalog: return CatalogLayout(content, catalog).list
    case .bookmarks:
      return BookmarksLayout(content, inputs: page?.status.job.inputs.count ?? 0).list
    case .pending: return PendingLayout(content).list
    case .predicate:
      return predicate.debugger == nil ? predicateLayout.list : debuggerLayout.list
    case .preview: return PreviewLayout(content, preview).list
    case .run: return RunLayout(content, run).list
    }
  }
}
