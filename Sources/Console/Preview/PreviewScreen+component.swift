import Cells
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

/// The list shows the plan's partitions, what it leaves out and its problems; or else its steps.
extension PreviewScreen {
  static func list(_ model: Model) -> WritableKeyPath<Model, ListState> { \.preview.list }

  static func rowList(_ model: Model) -> RowList? { .plan }

  static func ownCount(_ model: Model) -> Int { model.preview.rows.count }

  static func rowVersion(_ model: Model) -> RowVersion {
    RowVersion(identity: [model.preview.number])
  }

  static func rowSource(_ model: Model) -> RowSource? {
    guard let plan = model.plan else { return nil }
    let (rows, steps) = (model.preview.rows, model.preview.steps)
    @Sendable func unit(_ row: Int) -> WorkUnit? {
      if case .unit(let index) = rows[row] { plan.units[index] } else { nil }
    }
    return RowSource(
      { Array(rows.indices) },
      name: { name(of: rows[$0], plan) ?? "" },
      words: {
        SharedTexts(
          rows.lazy.map { row in
            switch row {
            case .unit(let index):
              "\(what(plan.units[index]).word) \(plan.units[index].reasonText)"
            case .held(let index): "held \(plan.held[index].hold?.consoleSentence ?? "")"
            case .problem(let index): "problem \(plan.problems[index])"
            case .step(let index): steps[index]
            }
          })
      },
      keys: plan.job.output.keys,
      partition: { partition(of: rows[$0], plan) },
      columns: [
        SortColumn("Partition", number: Int64.init),
        SortColumn("Does", text: { unit($0).map { what($0).word } ?? "" }),
        SortColumn("Files", number: { unit($0).map { Int64($0.fileCount) } ?? 0 }),
        SortColumn("Bytes", number: { unit($0)?.bytes ?? 0 }),
        SortColumn("Why", text: { unit($0)?.reasonText ?? "" }),
      ])
  }

  static func listArea(_ model: Model, in content: Rect) -> Rect {
    layout(model, in: content).list
  }

  /// The bands of the screen.
  static func layout(_ model: Model, in content: Rect? = nil) -> PreviewLayout {
    PreviewLayout(
      content ?? Layout(model.size).content, model.preview, detail: model.detailColumns)
  }

  static func detailArea(_ model: Model, in content: Rect) -> Rect? {
    let layout = layout(model, in: content)
    let isHidden = layout.isSinglePane && model.preview.isSampleOpen
    return model.plan == nil || isHidden ? nil : layout.detail
  }

  /// What the plan does with a partition and why, or the whole text of another row.
  static func detail(_ model: Model) -> RowDetail? {
    let preview = model.preview
    guard let plan = model.plan, let row = selectedRow(model) else { return nil }
    switch preview.rows[row] {
    case .unit(let index):
      return RowDetail(
        known: .unit(plan.units[index]), request: .why(plan.units[index].partition))
    case .held(let index):
      let held = plan.held[index]
      return RowDetail(
        known: TextReport(
          title: held.partition.path.text,
          lines: [TextReport.Line(held.hold?.consoleSentence ?? "", .warning)]),
        request: .why(held.partition), isReplaced: true)
    case .problem(let index):
      return RowDetail(
        known: TextReport(
          title: "Problem", lines: [TextReport.Line("\(plan.problems[index])", .bad)]))
    case .step(let index):
      return RowDetail(
        known: TextReport(
          title: "Step \(index + 1)", lines: [TextReport.Line(preview.steps[index])]))
    }
  }

  static func nameColumn(_ model: Model, columns: Int) -> NameColumn? {
    guard let page = model.preview.page, !model.preview.showsSteps else { return nil }
    return NameColumn(
      longest: page.longestPath, besides: columnsBesideNames + model.markColumns, columns: columns,
      shift: model.preview.list.shift)
  }

  static func copied(_ model: Model) -> (what: String, text: String)? {
    if let unit = model.selectedUnit {
      return ("the partition", unit.partition.path.text)
    }
    return model.plan.map { ("the plan's id", $0.id) }
  }

  static func partition(_ model: Model) -> Partition? { model.selectedUnit?.partition }

  static func markable(_ model: Model) -> MarkableRows? {
    guard let plan = model.plan, plan.job.name == model.page?.name else { return nil }
    let shown = model.preview.rows
    return rows(model) { partition(of: shown[$0], plan) }
  }

  /// The partition that a row is about; nil for a problem and for a step.
  static func partition(of row: PreviewRow, _ plan: Plan) -> Partition? {
    switch row {
    case .unit(let index): plan.units[index].partition
    case .held(let index): plan.held[index].partition
    case .problem, .step: nil
    }
  }

  static func appear(_ model: inout Model) -> [Effect] { model.planIfMissing() }

  /// Reads a sample of a partition, or shows the whole text of another row.
  static func open(_ model: inout Model) -> [Effect] {
    if let unit = model.selectedUnit {
      model.preview.isSampleOpen = true
      return model.askForSample(unit)
    }
    let preview = model.preview
    guard let plan = model.plan, let row = selectedRow(model) else { return [] }
    switch preview.rows[row] {
    case .held(let index):
      let held = plan.held[index]
      model.tell(held.partition.path.text, held.hold?.consoleSentence ?? "")
    case .problem(let index):
      model.tell("Problem", "\(plan.problems[index])")
    case .step(let index): model.tell("Step", preview.steps[index])
    case .unit: break
    }
    return []
  }

  /// Scrolls the sample.
  static func move(_ model: inout Model, sideways offset: Int) -> [Effect] {
    guard let sampled = model.preview.sampled,
      case .rows(let table)? = model.preview.samples[sampled]
    else { return [] }
    model.preview.sampleColumn = max(
      0, min(model.preview.sampleColumn + offset, table.columns.count - 1))
    return []
  }

  static func whyNoOtherView(_ model: Model) -> String? {
    model.plan == nil ? "there is no plan yet" : nil
  }

  static func switchView(_ model: inout Model) { model.preview.toggleSteps() }

  static func goBack(_ model: inout Model) -> Bool {
    guard model.preview.isSampleOpen,
      layout(model).isSinglePane
    else { return false }
    model.preview.isSampleOpen = false
    return true
  }

  static func refresh(_ model: inout Model) -> [Effect]? {
    guard let request = model.preview.request, !model.isRunning else { return nil }
    return model.ask(for: request)
  }
}
