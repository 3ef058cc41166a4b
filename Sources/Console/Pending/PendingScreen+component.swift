import Cells
import Charts
import IncrementalJoin
import PartitionPredicate
import Wording

/// The list shows the tree of the pending partitions, or of all known ones.
extension PendingScreen {
  static func list(_ model: Model) -> WritableKeyPath<Model, ListState> { \.pending.list }

  static func rowCount(_ model: Model) -> Int { model.pending.rows.count }

  static func listArea(_ model: Model, in content: Rect) -> Rect {
    layout(model, in: content).list
  }

  static func detailArea(_ model: Model, in content: Rect) -> Rect? {
    layout(model, in: content).detail
  }

  static func detail(_ model: Model) -> RowDetail? {
    guard let page = model.page, let row = model.pending.selected else { return nil }
    return .why(row.partition, of: page)
  }

  static func nameColumn(_ model: Model, columns: Int) -> NameColumn? {
    model.page.map {
      NameColumn(
        longest: $0.paths.longest, besides: columnsBesideNames($0), columns: columns,
        shift: model.pending.list.shift)
    }
  }

  static func rowList(_ model: Model) -> RowList? { .pending }

  static func ownCount(_ model: Model) -> Int { model.page?.known.count ?? 0 }

  static func rowVersion(_ model: Model) -> RowVersion {
    RowVersion(identity: [model.load], content: model.pending.showsAll ? 1 : 0)
  }

  static func rowSource(_ model: Model) -> RowSource? {
    guard let page = model.page else { return nil }
    let showsAll = model.pending.showsAll
    var columns = [
      SortColumn("Partition", number: Int64.init),
      SortColumn("State") { page.known[$0].hold?.word ?? page.partitionStatus($0).word },
    ]
    if page.oneSidedCount > 0 {
      columns.append(
        SortColumn("Sides", text: { page.known[$0].isMissingSide ? "one-sided" : "" }))
    }
    columns.append(SortColumn("Why", text: { why(page.known[$0]) }))
    return RowSource(
      { showsAll ? Array(page.known.indices) : page.pending },
      paths: page.paths, words: { page.words }, columns: columns)
  }

  /// The list's rows are those of the tree; the source's rows are its partitions.
  static func selectedRow(_ model: Model) -> Int? { model.pending.selected?.partition }

  static func place(of row: Int, _ model: Model) -> Int? { model.pending.rows.row(of: row) }

  static func didChangeRows(_ model: inout Model, keeping row: Int?) {
    model.rebuildPending(from: model.page)
  }

  static func copied(_ model: Model) -> (what: String, text: String)? {
    guard let page = model.page, let row = model.pending.selected else { return nil }
    if case .change(let index, let reason, let number) = row,
      case .inputChanged(let change) = page.known[index].reasons[reason]
    {
      return ("the file's path", change.changes[number].file.path.text)
    }
    return ("the partition", page.paths[row.partition])
  }

  static func partition(_ model: Model) -> Partition? {
    guard let page = model.page, let row = model.pending.selected else { return nil }
    return page.known[row.partition].partition
  }

  static func shown(_ model: Model, _ page: JobPage) -> [Int]? {
    model.pending.rows.partitions
  }

  static var selectsPartitions: Bool { true }

  /// The rows of a branch stand for their partition.
  static func markable(_ model: Model) -> MarkableRows? {
    guard let page = model.page else { return nil }
    let (rows, place) = (model.pending.rows, model.pending.list.index)
    let selected = model.pending.selected.map { [page.known[$0.partition].partition] } ?? []
    return MarkableRows(places: place..<place + 1, selected: selected) { range in
      rows[(range ?? rows.indices).clamped(to: rows.indices)]
        .map { page.known[$0.partition].partition }
    }
  }

  /// Marks the partition of the row, and goes on to the next partition.
  static func mark(_ model: inout Model) {
    model.toggleMark()
    guard let row = model.pending.selected else { return }
    let next = model.pending.rows[(model.pending.list.index + 1)...].firstIndex {
      $0.partition != row.partition
    }
    if let next { model.selectRow(next) }
  }

  static func whyNotAll(_ model: Model) -> String? {
    model.page == nil ? "no job is loaded yet" : nil
  }

  static func switchAll(_ model: inout Model) { model.toggleShowsAll() }

  /// Opens or closes a branch, or shows the whole sentence of a row.
  static func open(_ model: inout Model) -> [Effect] {
    model.openPendingRow()
    return []
  }

  static func move(_ model: inout Model, sideways offset: Int) -> [Effect] {
    model.moveInTree(by: offset)
    return []
  }
}
