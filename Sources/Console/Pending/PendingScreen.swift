import Cells
import Charts
import IncrementalJoin
import PartitionPredicate
import Wording

/// The bands of the pending screen.
struct PendingLayout {
  let heading: Rect
  let columns: Rect
  let list: Rect
  let detail: Rect?

  init(_ content: Rect, detail columns: Int) {
    var rest = content
    heading = rest.cutTop(1)
    detail = rest.cutDetail(columns)
    self.columns = rest.cutTop(1)
    list = rest
  }
}

/// The pending partitions with the tree of reasons: partition, reason, input partition, files.
enum PendingScreen: ScreenComponent {
  static func list(_ model: Model) -> WritableKeyPath<Model, ListState> { \.pending.list }

  static func rowCount(_ model: Model) -> Int { model.pending.rows.count }

  private static func layout(_ model: Model, in content: Rect) -> PendingLayout {
    PendingLayout(content, detail: model.detailColumns)
  }

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
        longest: $0.longestPath, besides: columnsBesideNames($0), columns: columns,
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
    return RowSource(
      { showsAll ? Array(page.known.indices) : page.pending },
      name: { page.paths[$0] }, words: { page.words }, keys: page.status.job.output.keys,
      partition: { page.known[$0].partition },
      columns: [
        SortColumn("Partition", number: Int64.init),
        SortColumn("State") { page.known[$0].hold?.word ?? page.partitionStatus($0).word },
        SortColumn("Why", text: { why(page.known[$0]) }),
      ])
  }

  /// The list's rows are those of the tree; the source's rows are its partitions.
  static func selectedRow(_ model: Model) -> Int? { model.pending.selected?.partition }

  static func place(of row: Int, _ model: Model) -> Int? { model.pending.row(of: row) }

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
    model.pending.rows.compactMap { if case .partition(let index) = $0 { index } else { nil } }
  }

  static var selectsPartitions: Bool { true }

  static func whyNotMarked(_ model: Model) -> String? {
    model.pending.rows.isEmpty ? "the list is empty" : nil
  }

  static func mark(_ model: inout Model) { model.toggleMark() }

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

  /// The width of `one-sided` and a gap before the reason.
  private static let sidesColumns = 10

  /// The width that the list's other columns need, with room for a few words of the reason.
  static func columnsBesideNames(_ page: JobPage) -> Int {
    4 + 1 + 10 + (page.oneSidedCount > 0 ? sidesColumns + 1 : 0) + 20
  }

  static func draw(_ model: Model, on canvas: inout Canvas, in rect: Rect) {
    guard let page = model.page, let names = model.nameColumn(on: .pending) else { return }
    let layout = layout(model, in: rect)
    let state = model.pending
    let isFiltered = model.filter?.text.isEmpty == false
    if state.rows.isEmpty, model.filterMessage(columns: layout.list.columns).isEmpty {
      let text =
        isFiltered
        ? "No partition fits the filter; Esc clears it."
        : "Nothing is pending. . shows all known partitions."
      canvas.draw(Line(text, .dim), in: layout.list, row: 0)
    }
    let theme = canvas.theme
    canvas.draw(
      state.list, names, count: state.rows.count, in: layout.list, columns: layout.columns,
      name: { page.paths[state.rows[$0].partition] },
      heading: { names in
        let line = Line("    ").heading(names).column("State", 9, .header)
        return (page.oneSidedCount > 0 ? line.column("Sides", sidesColumns, .header) : line)
          .adding("Why", .header)
      },
      row: { line(state.rows[$0], page, model, $1, theme) })
    canvas.draw(heading(page, state, theme), in: layout.heading, row: 0)
  }

  private static func heading(_ page: JobPage, _ state: PendingState, _ theme: Theme) -> Line {
    var parts = [page.pendingText(separator: theme.symbols.separator)]
    if page.oneSidedCount > 0 { parts.append("\(Quantity.number(page.oneSidedCount)) one-sided") }
    if state.showsAll { parts.append("all \(Quantity.number(page.known.count)) shown") }
    return Line(parts.joined(separator: theme.symbols.separator), .strong)
  }

  private static func line(
    _ row: PendingRow, _ page: JobPage, _ model: Model, _ names: NameColumn, _ theme: Theme
  ) -> Line {
    let known = page.known[row.partition]
    switch row {
    case .partition(let index):
      return partitionLine(index, page, model, names, theme)
    case .note:
      return Line(
        "    \(page.status(row.partition))", known.hold == nil ? .good : .accent)
    case .reason(let index, let number):
      let reason = known.reasons[number]
      var symbol = " "
      if case .inputChanged = reason {
        let branch = PendingState.Branch.reason(page.known[index].partition, number)
        symbol =
          model.pending.expanded.contains(branch)
          ? theme.symbols.expanded : theme.symbols.collapsed
      }
      return Line("    \(symbol) ", .dim).adding("\(reason)", .warning)
    case .input(_, let reason, let input):
      let input = known.inputs[input]
      let partition = known.reasons[reason].change?.partition ?? input.partition
      let version = input.members.first { $0.partition == partition }?.listing.version
      return Line("        \(partition.path) of \(input.input.table.name): ", .strong)
        .adding(present(version))
    case .change(_, let reason, let number):
      guard case .inputChanged(let change) = known.reasons[reason] else { return Line() }
      return changeLine(change.changes[number])
    case .unchanged(_, let input):
      let input = known.inputs[input]
      return Line("      \(input.input.name): ")
        .adding(
          input.version == nil
            ? input.isLookedAt ? "no file in this partition" : "not looked at"
            : "up to date, \(present(input.version))\(neighbors(input))",
          .dim)
    }
  }

  private static func partitionLine(
    _ index: Int, _ page: JobPage, _ model: Model, _ names: NameColumn, _ theme: Theme
  ) -> Line {
    let partition = page.known[index]
    let isOpen = model.pending.expanded.contains(.partition(partition.partition))
    let isMarked = model.marks.contains(partition.partition)
    let status = model.status(ofKnown: index, of: page)
    let glyph = status.glyph(unicode: theme.appearance.unicode)
    let line = Line("\(isOpen ? theme.symbols.expanded : theme.symbols.collapsed) ", .dim)
      .adding(isMarked ? "\(theme.symbols.mark) " : "  ", .key)
      .name(page.paths[index], names, isMarked ? .strong : .plain)
      .column("\(glyph) \(partition.hold?.word ?? status.word)", 9, status.role)
    guard page.oneSidedCount > 0 else { return line.adding(why(partition)) }
    return line.column(isMissingSide(partition) ? "one-sided" : "", sidesColumns, .accent)
      .adding(why(partition))
  }

  /// Whether an input is missing in it; not where it is held since nobody has seen that input's table anywhere.
  private static func isMissingSide(_ partition: PendingPartition) -> Bool {
    if case .unknownColumns? = partition.hold { return false }
    return partition.isOneSided
  }

  /// Why it is left out, which comes before why it is pending.
  private static func why(_ partition: PendingPartition) -> String {
    let reason = partition.reasons.isEmpty ? "up to date" : partition.reasonText
    guard let hold = partition.hold else { return reason }
    return "\(hold.remark()); \(reason)"
  }

  private static func present(_ version: PartitionVersion?) -> String {
    guard let version else { return "no file now" }
    return "\(Quantity.count(version.files.count, "file")) now, \(Quantity.bytes(version.bytes))"
  }

  /// How many partitions it is in, if more than one.
  private static func neighbors(_ input: PendingInput) -> String {
    guard input.members.count > 1 else { return "" }
    let halo = input.members.count - input.core.count
    return " in \(Quantity.count(input.members.count, "partition"))"
      + (halo > 0 ? ", \(Quantity.number(halo)) of them halo" : "")
  }

  private static func changeLine(_ change: FileChange) -> Line {
    let role: Role =
      switch change.kind {
      case .added: .good
      case .rewritten: .warning
      case .removed: .bad
      }
    let file = change.file
    let name = file.path.parts(separatedBy: "/").last ?? file.path
    return Line("          ").column(change.kind.rawValue, 9, role)
      .column(Quantity.bytes(file.size), 8, right: true)
      .column(Quantity.instant(nanoseconds: file.modified), 19, .dim)
      .adding(name.text)
  }
}
