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
  static func layout(_ model: Model, in content: Rect) -> PendingLayout {
    PendingLayout(content, detail: model.detailColumns)
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
    canvas.draw(heading(page, state, theme), in: layout.heading, row: 0)
    canvas.draw(
      state.list, names, count: state.rows.count, in: layout.list, columns: layout.columns,
      name: { page.paths[state.rows[$0].partition] },
      heading: { names in
        let line = Line("    ").heading(names).column("State", 9, .header)
        return (page.oneSidedCount > 0 ? line.column("Sides", sidesColumns, .header) : line)
          .adding("Why", .header)
      },
      row: { line(state.rows[$0], page, model, $1, theme) })
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
    return line.column(partition.isMissingSide ? "one-sided" : "", sidesColumns, .accent)
      .adding(why(partition))
  }

  /// Why it is left out, which comes before why it is pending.
  static func why(_ partition: PendingPartition) -> String {
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
