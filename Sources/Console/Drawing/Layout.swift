import Cells
import IncrementalJoin
import Wording

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
  /// Where the rows of a screen's list are drawn: what keys, wheel and clicks go by.
  func listArea(on screen: Screen) -> Rect {
    let area = wholeListArea(on: screen)
    return nameColumn(on: screen)?.split(area).list ?? area
  }

  /// How partitions' names are drawn in the list of a screen; nil where the list has none.
  func nameColumn(on screen: Screen) -> NameColumn? {
    let columns = wholeListArea(on: screen).columns
    func column(_ longest: Int, besides others: Int, _ list: ListState) -> NameColumn {
      NameColumn(longest: longest, besides: others, columns: columns, shift: list.shift)
    }
    switch screen {
    case .overview, .bookmarks: return nil
    case .catalog:
      guard let open = catalog.open, catalog.openPartition == nil else { return nil }
      return column(
        open.longestPath, besides: CatalogScreen.columnsBesideNames(open, columns: columns),
        catalog.partitionList)
    case .pending:
      return page.map {
        column($0.longestPath, besides: PendingScreen.columnsBesideNames($0), pending.list)
      }
    case .predicate:
      guard let subject = predicate.subject, predicate.debugger == nil,
        predicate.view == .partitions
      else { return nil }
      return column(
        subject.longestPath,
        besides: PredicateScreen.columnsBesideNames(isEdited: isPredicateEdited), predicate.list)
    case .preview:
      guard let page = preview.page, !preview.showsSteps else { return nil }
      return column(page.longestPath, besides: PreviewScreen.columnsBesideNames, preview.list)
    case .run:
      return run.map { column($0.longestPath, besides: RunScreen.columnsBesideNames, $0.list) }
    }
  }

  private func wholeListArea(on screen: Screen) -> Rect {
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
