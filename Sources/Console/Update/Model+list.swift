import Cells
import IncrementalJoin
import PartitionPredicate

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
    case .predicate:
      predicate.debugger != nil
        ? \.debuggerList
        : predicate.view == .clauses ? \.predicate.clauseList : \.predicate.list
    case .preview: \.preview.list
    case .run: \.runList
    }
  }

  /// The run's list; an empty one before there is a run.
  private var runList: ListState {
    get { run?.list ?? ListState() }
    set { run?.list = newValue }
  }

  /// The debugger's outline; an empty list without a debugger.
  private var debuggerList: ListState {
    get { predicate.debugger?.list ?? ListState() }
    set { predicate.debugger?.list = newValue }
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
      if let debugger = predicate.debugger { return debugger.read.outline.clauses.count }
      if predicate.view == .clauses { return shownPredicate?.outline.clauses.count ?? 0 }
      return predicate.rows?.count ?? 0
    case .preview: return preview.rows.count
    case .run: return run?.visibleCount ?? 0
    }
  }

  /// The rows of a screen's list that are drawn.
  func listHeight(on screen: Screen) -> Int { listArea(on: screen).rows }

  /// Selects a row of the current list.
  mutating func selectRow(_ row: Int) {
    let height = listHeight(on: screen)
    if screen == .overview {
      selectJob(max(0, min(row, jobs.count - 1)))
    }
    if screen == .run { run?.follows = false }
    self[keyPath: listPath].select(row, count: listCount, height: height)
  }

  /// Scrolls the list by columns.
  mutating func scrollList(sideways columns: Int) {
    guard let names = nameColumn(on: screen) else { return }
    let shift = names.shift + columns
    self[keyPath: listPath].shift = max(0, min(shift, names.furthest))
  }

  /// Moves the selection by rows.
  mutating func moveSelection(by rows: Int) {
    selectRow(list.index + rows)
  }

  /// Scrolls the list; the selection follows only when it would leave the window.
  mutating func scrollList(by rows: Int) {
    if screen == .run { run?.follows = false }
    let height = listHeight(on: screen)
    self[keyPath: listPath].scroll(by: rows, count: listCount, height: height)
    if screen == .overview { selectJob(overviewList.index) }
  }
}
