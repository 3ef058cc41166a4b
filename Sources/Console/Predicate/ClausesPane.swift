import Cells
import PartitionPredicate
import Reports
import Wording

/// The truth table of a predicate's clauses over all known partitions.
enum ClausesPane {
  static func draw(_ model: Model, on canvas: inout Canvas, _ layout: PredicateLayout) {
    guard let read = model.shownPredicate, let table = model.predicate.clauses else { return }
    let number = layout.list.columns < 76 ? 7 : 8
    let width = max(10, layout.list.columns - 7 - 5 * (number + 1))
    let names = ["Reached", "TRUE", "FALSE", "NULL", "Decides"]
    // What the marks before the numbers mean, where there is room.
    let legend = width >= 25 ? "Clause  i note  ! mistake" : "Clause"
    canvas.draw(
      names.reduce(Line().column("No.", 5, .header, right: true).column(legend, width, .header)) {
        $0.column($1, number, .header, right: true)
      }, in: layout.columns, row: 0)
    let clauses = read.outline.clauses
    canvas.draw(
      model.predicate.clauseList, count: clauses.count, in: layout.list,
      placeRow: layout.heading.row
    ) { index in
      let clause = clauses[index]
      let count = table.counts[index]
      let indent = String(repeating: " ", count: min(clause.depth, 8) * 2)
      let findings = table.findings[clause.number] ?? []
      let isWrong = findings.contains { $0.severity == .warning }
      let role: Role = isWrong ? .warning : .plain
      return Line().column(findings.isEmpty ? "" : isWrong ? "!" : "i", 1, isWrong ? role : .accent)
        .column("\(clause.number)", 3, .dim, right: true)
        .column(indent + read.text(of: clause.number), width, role)
        .column(Quantity.number(count.reached), number, right: true)
        .column(
          Quantity.number(count.isTrue), number, count.isTrue > 0 ? .isTrue : .dim, right: true
        )
        .column(Quantity.number(count.isFalse), number, right: true)
        .column(
          Quantity.number(count.isNull), number, count.isNull > 0 ? .isNull : .dim, right: true
        )
        .column(Quantity.number(count.decides), number, right: true)
    }
    drawDetail(read, table, model, on: &canvas, in: layout.detail)
  }

  private static func drawDetail(
    _ read: ParsedPredicate, _ table: ClauseTable, _ model: Model, on canvas: inout Canvas,
    in rect: Rect
  ) {
    guard rect.rows > 1 else { return }
    let number = max(1, min(model.predicate.clauseList.index + 1, read.outline.clauses.count))
    var rest = rect
    canvas.drawRule("Clause \(number)", in: rest.cutTop(1))
    let findings = (table.findings[number] ?? []).flatMap { finding in
      let isWrong = finding.severity == .warning
      return "\(isWrong ? "!" : "i") \(finding.message)".wrapped(toColumns: rest.columns)
        .map { Line($0, isWrong ? .warning : .accent) }
    }
    let decides = decides(table.counts[number - 1])
    let text = read.text(of: number).wrapped(toColumns: rest.columns).prefix(
      findings.isEmpty ? max(1, rest.rows - 1) : 1)
    canvas.draw(text.map { Line($0) } + findings + [Line(decides, .dim)], in: rest)
  }

  /// How many partitions a clause decides.
  private static func decides(_ count: ClauseCount) -> String {
    count.decides == 0
      ? "It decides no partition."
      : "It decides \(Quantity.count(count.decides, "partition")): Enter shows them."
  }

  /// What the detail pane shows of the selected clause: its whole text, what is notable about it, and the counts.
  static func detail(_ read: ParsedPredicate, _ model: Model) -> RowDetail? {
    guard let table = model.predicate.clauses, !read.outline.clauses.isEmpty else { return nil }
    let number = max(1, min(model.predicate.clauseList.index + 1, read.outline.clauses.count))
    let count = table.counts[number - 1]
    let findings = (table.findings[number] ?? []).map { finding in
      finding.severity == .warning
        ? TextReport.Line("! \(finding.message)", .warning)
        : TextReport.Line("i \(finding.message)")
    }
    let counts =
      "Reached by \(Quantity.count(count.reached, "partition")): TRUE for "
      + "\(Quantity.number(count.isTrue)), FALSE for \(Quantity.number(count.isFalse)), NULL for "
      + "\(Quantity.number(count.isNull))."
    return RowDetail(
      known: TextReport(
        title: "Clause \(number)",
        lines: [TextReport.Line(read.text(of: number))] + findings
          + [TextReport.Line(counts), TextReport.Line(decides(count), .dim)]))
  }
}
