import Cells
import IncrementalJoin
import PartitionPredicate
import Reports
import Wording

/// The bands of the preview: the plan's figures, its list, and a sample of its rows.
struct PreviewLayout {
  let heading: Rect
  let columns: Rect
  let list: Rect
  let sample: Rect
  /// Whether list and sample take turns in one place.
  let isSinglePane: Bool
  /// Beside the list.
  let detail: Rect?
  /// The whole selected step, below steps that are too long for a row; without rows where none is.
  let step: Rect

  init(_ content: Rect, _ preview: PreviewState, detail columns: Int) {
    isSinglePane = content.rows < 18 || content.columns < 70
    var rest = content
    heading = rest.cutTop(
      3 + (preview.conditions.isEmpty ? 0 : 1) + (preview.page?.pace == nil ? 0 : 1)
        + max(1, preview.page?.refusalLines(columns: content.columns).count ?? 0))
    if isSinglePane {
      sample = rest
    } else if preview.sampled == nil {
      // A line says how to read one, where there is something to read it of.
      sample = rest.cutBottom(preview.plan?.units.isEmpty == false ? 1 : 0)
    } else {
      sample = rest.cutBottom(max(7, rest.rows * 2 / 5))
    }
    detail = rest.cutDetail(columns)
    self.columns = rest.cutTop(1)
    let isCut = preview.showsSteps && preview.longestStep > rest.columns - Self.stepNumber
    // Words are wrapped as a whole, so that rows are not full.
    let rows = preview.longestStep / max(1, rest.columns - 12) + 1
    step = rest.cutBottom(isCut && detail == nil ? min(rows, 4, rest.rows / 2) : 0)
    list = rest
  }

  /// The columns of a step's number.
  static let stepNumber = 6
}

/// What a run would do, and a sample of the rows that it would write.
enum PreviewScreen: ScreenComponent {
  /// What a run does with a partition.
  static func what(_ unit: WorkUnit) -> (word: String, role: Role) {
    unit.isPublished
      ? unit.isSurelyEmpty ? ("remove", .bad) : ("overwrite", .warning)
      : unit.isSurelyEmpty ? ("empty", .dim) : ("new", .good)
  }

  /// The width that the plan's other columns need, with room for a few words of the reason.
  static let columnsBesideNames = 1 + 10 + 7 + 9 + 16

  static func draw(_ model: Model, on canvas: inout Canvas, in rect: Rect) {
    let layout = layout(model, in: rect)
    guard let page = model.preview.page else {
      return drawWithoutPlan(model, on: &canvas, in: rect)
    }
    let plan = page.plan
    canvas.draw(heading(page, model, columns: rect.columns), in: layout.heading)
    if layout.isSinglePane, model.preview.isSampleOpen {
      drawSample(model, on: &canvas, in: layout.sample)
      return
    }
    drawList(plan, model, on: &canvas, layout)
    if !layout.isSinglePane { drawSample(model, on: &canvas, in: layout.sample) }
  }

  private static func drawWithoutPlan(_ model: Model, on canvas: inout Canvas, in rect: Rect) {
    var lines = [Line()]
    if let failure = model.preview.failure {
      lines.append(Line("There is no plan.", .bad))
      lines += failure.wrapped(toColumns: rect.columns).map { Line($0) }
      lines.append(Line("r plans again.", .dim))
    } else if model.isRunning {
      lines.append(
        Line("A run is in progress: 7 shows it. The next plan is made when it has ended."))
    } else if let request = model.preview.inFlight ?? model.preview.request {
      lines.append(
        Line("Planning \(request.title) of \(request.job)\(canvas.theme.symbols.ellipsis)", .accent)
      )
    } else {
      lines.append(Line("No plan yet: r makes one of what is pending.", .dim))
    }
    canvas.draw(lines, in: rect)
  }

  private static func heading(_ page: PlanPage, _ model: Model, columns: Int) -> [Line] {
    let plan = page.plan
    let first = Line("Plan \(plan.id)", .strong)
      .adding(" \(plan.kind.rawValue) of \(plan.job.name)")
      .adding("  listed \(Quantity.instant(plan.listedAt)) UTC", .dim)
    var second = Line(Quantity.count(plan.units.count, "partition"), .strong)
    if page.refusal == nil { second = counted(second, page) }
    let apart = apart(plan)
    let isApart = second.spans.reduce(apart.columns) { $0 + $1.text.columns } > columns
    if !isApart { second = second.adding(apart, .accent) }
    // Where the second line is full, what is left out comes before what the plan needs.
    let third = Line(isApart ? "\(apart.dropFirst(2)); reads " : "Reads ", isApart ? .accent : .dim)
      .adding(
        "\(Quantity.count(page.fileCount, "file")), \(Quantity.bytes(page.bytes))"
          + (page.haloBytes > 0 ? ", of it \(Quantity.bytes(page.haloBytes)) of halo; " : "; ")
          + "needs about \(Quantity.bytes(page.expectedBytes)) free", .dim)
    let time = page.pace.map { [Line("Takes \($0.text(for: plan))", .dim)] } ?? []
    var fourth = Line()
    var refused: [Line] = []
    if model.preview.mayBeOutOfDate {
      fourth = Line("The inputs changed since: r plans again; a run would be refused.", .warning)
    } else if page.steps.isEmpty {
      fourth = Line("Nothing to do.", .good)
    } else if page.refusal != nil {
      refused = page.refusalLines(columns: columns).map { Line($0, .bad) }
    } else if let refusal = page.refusals.first {
      fourth = Line("\(reason(refusal)): to run it, type the job's name.", .bad)
    } else if let caution = page.caution {
      fourth = Line(caution, .warning)
    }
    let conditions = model.preview.conditions
    let fifth = Line(conditions.joined(separator: ", "), .accent)
    return [first, second, third] + time + (conditions.isEmpty ? [] : [fifth])
      + (refused.isEmpty ? [fourth] : refused)
  }

  /// What becomes of the partitions, behind their number.
  private static func counted(_ line: Line, _ page: PlanPage) -> Line {
    let (overwritten, removed) = (page.overwritten.count, page.removals.count)
    return line.adding(": \(Quantity.number(page.new)) new, ")
      .adding("\(Quantity.number(overwritten)) overwritten", overwritten > 0 ? .warning : .plain)
      .adding(", ")
      .adding("\(Quantity.number(removed)) removed", removed > 0 ? .bad : .plain)
  }

  private static func reason(_ refusal: PlanError) -> String {
    switch refusal {
    case .sourceChanged(_, let input, _): "The source of input \(input) changed"
    case .ceiling(_, let limit, _, _): "It exceeds \(limit)"
    case .lost(_, let loss, _): "Input \(loss.input) has lost partitions"
    default: "It removes published data"
    }
  }

  /// What the plan leaves out, and what is wrong; nothing where that is nothing.
  private static func apart(_ plan: Plan) -> String {
    let parts = [
      plan.held.isEmpty ? "" : "\(Quantity.number(plan.held.count)) held",
      plan.problems.isEmpty ? "" : Quantity.count(plan.problems.count, "problem"),
    ].filter { !$0.isEmpty }
    return parts.isEmpty ? "" : "; \(parts.joined(separator: ", "))"
  }

  private static func drawList(
    _ plan: Plan, _ model: Model, on canvas: inout Canvas, _ layout: PreviewLayout
  ) {
    let state = model.preview
    guard let names = model.nameColumn(on: .preview) else {
      canvas.draw(Line("Steps, in order", .header), in: layout.columns, row: 0)
      canvas.draw(
        state.list, count: rowCount(model), in: layout.list, placeRow: layout.columns.row
      ) { place in
        model.sourceRow(Self.self, at: place).map {
          Line().column("\($0 + 1)", PreviewLayout.stepNumber - 1, .dim, right: true)
            .adding(state.steps[$0])
        } ?? Line()
      }
      if layout.step.rows > 0, let row = selectedRow(model) {
        let whole = state.steps[row].wrapped(toColumns: layout.step.columns)
        canvas.draw(whole.map { Line($0, .key) }, in: layout.step)
      }
      return
    }
    let theme = canvas.theme
    canvas.draw(
      state.list, names, count: rowCount(model), in: layout.list, columns: layout.columns,
      placeRow: layout.columns.row,
      name: { model.sourceRow(Self.self, at: $0).flatMap { name(of: state.rows[$0], plan) } },
      heading: {
        theme.mark(nil, model).column("Does", 9, .header).heading($0)
          .column("Files", 6, .header, right: true).column("Bytes", 8, .header, right: true)
          .adding("Why", .header)
      },
      row: { place, names in
        guard let row = model.sourceRow(Self.self, at: place) else { return Line() }
        let partition = partition(of: state.rows[row], plan)
        return line(state.rows[row], plan, state, names, after: theme.mark(partition, model))
      })
  }

  static func name(of row: PreviewRow, _ plan: Plan) -> String? {
    switch row {
    case .unit(let index): plan.units[index].partition.path.text
    case .held(let index): plan.held[index].partition.path.text
    case .problem, .step: nil
    }
  }

  private static func line(
    _ row: PreviewRow, _ plan: Plan, _ state: PreviewState, _ names: NameColumn, after mark: Line
  ) -> Line {
    switch row {
    case .unit(let index):
      let unit = plan.units[index]
      // Nothing is known of what is there already, where a run is refused because of the output.
      let isUnknown = state.page?.refusal != nil && !unit.isPublished
      let (word, role) = isUnknown ? (word: "build", role: Role.plain) : what(unit)
      return mark.column(word, 9, role).name(unit.partition.path.text, names)
        .column(Quantity.number(unit.fileCount), 6, right: true)
        .column(Quantity.bytes(unit.bytes), 8, right: true).adding(unit.reasonText)
    case .held(let index):
      let held = plan.held[index]
      return mark.column("held", 9, .accent).name(held.partition.path.text, names)
        .column("", 6).column("", 8).adding(held.hold?.remark(way: "4, then ") ?? "", .accent)
    case .problem(let index):
      let problem = plan.problems[index]
      return mark.column("problem", 9, .bad).adding(problem.description)
    case .step(let index):
      return Line().column("\(index + 1)", 5, .dim, right: true).adding(state.steps[index])
    }
  }

  private static func drawSample(_ model: Model, on canvas: inout Canvas, in rect: Rect) {
    var rest = rect
    let title = rest.cutTop(1)
    guard let partition = model.preview.sampled else {
      guard model.selectedUnit != nil else { return }
      canvas.draw(
        Line("Sample: Enter reads rows of the selected partition.", .dim), in: title, row: 0)
      return
    }
    let name = "Sample of \(partition.path)"
    var remark = ""
    switch model.preview.samples[partition] {
    case .loading?:
      canvas.draw(Line("Reading\(canvas.theme.symbols.ellipsis)", .accent), in: rest, row: 0)
    case .failed(let sentence)?:
      canvas.draw(
        sentence.wrapped(toColumns: rest.columns).map { Line($0, .bad) }, in: rest)
    case .rows(let table)?:
      let first = min(model.preview.sampleColumn, max(0, table.columns.count - 1))
      remark =
        " \(Quantity.count(table.rows.count, "row")), from column \(first + 1) of "
        + "\(table.columns.count)\(table.isRounded ? ", rounded" : ""); Left, Right scroll"
      canvas.draw(lines(table, from: first), in: rest)
    case nil:
      canvas.draw(Line("Not read.", .dim), in: rest, row: 0)
    }
    let room = max(title.columns / 3, title.columns - remark.columns - 1)
    canvas.draw(
      Line().cutInTheMiddle(name, min(name.columns, room), .strong).adding(remark, .dim),
      in: title, row: 0)
    if model.preview.isSampleOpen,
      layout(model).isSinglePane
    {
      canvas.frame.cursor = rest.origin
    }
  }

  private static func lines(_ table: SampleTable, from first: Int) -> [Line] {
    let columns = table.columns.indices.dropFirst(first)
    var heading = Line()
    for column in columns {
      heading = heading.column(table.columns[column].name, table.widths[column], .header)
    }
    let rows = table.rows.map { row in
      columns.reduce(Line()) { line, column in
        let value = column < row.count ? row[column] : nil
        return line.column(value ?? "NULL", table.widths[column], value == nil ? .dim : .plain)
      }
    }
    return [heading] + (rows.isEmpty ? [Line("The partition's join has no rows.", .dim)] : rows)
  }
}
