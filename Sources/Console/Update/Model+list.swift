import Cells
import IncrementalJoin

extension Model {
  /// The list that the moving keys move on the current screen.
  private var listPath: WritableKeyPath<Model, ListState> {
    switch screen {
    case .overview: \.overviewList
    case .catalog:
      catalog.openPartition != nil
        ? \.catalog.fileList : catalog.open != nil ? \.catalog.partitionList : \.catalog.tableList
    case .bookmarks: \.runsList
    case .pending: \.pending.list
    case .predicate: \.predicate.list
    case .preview: \.preview.list
    case .run: \.runList
    }
  }

  /// The run's list; an empty one before there is a run.
  private var runList: ListState {
    get { run?.list ?? ListState() }
    set { run?.list = newValue }
  }

  /// The list that the moving keys move.
  var list: ListState { self[keyPath: listPath] }

  /// The rows of that list.
  var listCount: Int {
    switch screen {
    case .overview: return jobs.count
    case .catalog:
      if let partition = catalog.openPartition { return partition.files.count }
      return catalog.open?.rows.count ?? catalog.tables.count
    case .bookmarks: return page?.status.runs.count ?? 0
    case .pending: return pending.rows.count
    case .predicate:
      return PredicateLayout(Layout(size).content, dialect: predicate.dialect).panes
        .map { predicate.lines($0.dialect, width: $0.rect.columns).count }.max() ?? 0
    case .preview: return preview.rows.count
    case .run: return run?.visibleCount ?? 0
    }
  }

  /// The rows of a screen's list that are drawn.
  func listHeight(on screen: Screen) -> Int { listArea(on: screen).rows }

  /// Selects a row of the current list.
  mutating func selectRow(_ row: Int) {
    let height = listHeight(on: screen)
    if screen == .predicate {
      // Text has no selection: it scrolls by whole windows.
      predicate.list.top = max(0, min(row, listCount - max(1, height)))
      predicate.list.index = predicate.list.top
      return
    }
    if screen == .overview {
      selectJob(max(0, min(row, jobs.count - 1)))
    }
    if screen == .run { run?.follows = false }
    self[keyPath: listPath].select(row, count: listCount, height: height)
  }

  /// Moves the selection by rows.
  mutating func moveSelection(by rows: Int) {
    selectRow(screen == .predicate ? predicate.list.top + rows : list.index + rows)
  }

  /// Scrolls the list; the selection follows only when it would leave the window.
  mutating func scrollList(by rows: Int) {
    if screen == .predicate { return moveSelection(by: rows) }
    if screen == .run { run?.follows = false }
    let height = listHeight(on: screen)
    self[keyPath: listPath].scroll(by: rows, count: listCount, height: height)
    if screen == .overview { selectJob(overviewList.index) }
  }
}
