import Cells
import Charts
import IncrementalJoin
import PartitionPredicate
import Reports
import Wording

/// The bands of the run screen.
struct RunLayout {
  let heading: Rect
  /// Whether there is no room for all of why the run was refused.
  let isCut: Bool
  let columns: Rect
  let list: Rect
  let detail: Rect?

  init(_ content: Rect, _ run: RunProgress?, detail columns: Int) {
    var rest = content
    let alarms = run?.summary?.alarms.isEmpty == false ? 1 : 0
    let undo = (run?.summary?.committed ?? 0) > 0 ? 1 : 0
    let time = run?.summary?.timings.text == nil ? 0 : 1
    let failures = (run?.counts[.failed] ?? 0) > 0 ? 1 : 0
    let fixed = 4 + alarms + undo + time + failures
    // What was refused has no partitions to list.
    let room = rest.rows - fixed - (run?.units.isEmpty == false ? 6 : 0)
    let refusal = run?.failure?.wrapped(toColumns: content.columns).count ?? 0
    isCut = refusal > max(1, room)
    heading = rest.cutTop(fixed + min(refusal, max(1, room)))
    detail = rest.cutDetail(columns)
    self.columns = rest.cutTop(1)
    list = rest
  }
}

/// The current run, partition by partition, or how the last one ended.
enum RunScreen: ScreenComponent {
  static func layout(_ model: Model, in content: Rect) -> RunLayout {
    RunLayout(content, model.run, detail: model.detailColumns)
  }

  /// The width that the run's other columns need, including the bar of a partition that is being staged.
  static let columnsBesideNames = 1 + 12 + 11 + 26

  static func draw(_ model: Model, on canvas: inout Canvas, in rect: Rect) {
    guard let run = model.run else {
      canvas.draw(
        [
          Line(), Line("No run in this session yet.", .strong),
          Line("R previews one; 3 shows the runs before."),
        ], in: rect)
      return
    }
    let layout = layout(model, in: rect)
    canvas.draw(
      heading(run, of: model.page?.name, canvas, columns: rect.columns), in: layout.heading)
    if layout.isCut {
      var rest = layout.heading
      let last = rest.cutBottom(1)
      canvas.frame.fill(last)
      canvas.draw(Line("Enter shows all of it.", .warning), in: last, row: 0)
    }
    guard let names = model.nameColumn(on: .run) else {
      return drawBatches(of: run, model, on: &canvas, layout)
    }
    let theme = canvas.theme
    canvas.draw(
      run.list, names, count: rowCount(model), in: layout.list, columns: layout.columns,
      name: { model.sourceRow(Self.self, at: $0).map { run.units[$0].path } },
      heading: {
        theme.mark(nil, model).heading($0).column("State", 11, .header)
          .column("Rows", 10, .header, right: true).adding(
            run.isActive ? "Progress" : "Note", .header)
      }
    ) { [canvas] place, names in
      model.sourceRow(Self.self, at: place).map { line(run.units[$0], model, canvas, names) }
        ?? Line()
    }
    if rowCount(model) == 0 {
      let text =
        model.filter?.text.isEmpty == false
        ? "Nothing fits the filter."
        : run.showsFailuresOnly
          ? "No partition failed."
          : run.isActive ? waiting(run) : run.failure == nil ? "No partition was run." : ""
      canvas.draw(Line(text, .dim), in: layout.list, row: 0)
    }
  }

  private static func line(
    _ unit: RunProgress.Unit, _ model: Model, _ canvas: Canvas, _ names: NameColumn
  ) -> Line {
    let status: PartitionStatus =
      switch unit.state {
      // What is staged stays pending until it is published.
      case .waiting, .kept: .pending
      case .staging, .staged, .published: .running
      case .committed, .unchanged: .done
      case .removed: .empty
      case .held: .held
      case .failed: .failed
      case .cancelled: .held
      }
    let glyph = status.glyph(unicode: canvas.theme.appearance.unicode)
    let partition = model.run?.job == model.page?.name ? unit.partition : nil
    let line = canvas.theme.mark(partition, model).name(unit.path, names)
      .column("\(glyph) \(unit.state.word)", 11, status.role)
      .column(unit.rows > 0 ? Quantity.number(unit.rows) : "", 10, right: true)
    if let message = unit.message { return line.adding(FailureText.brief(message), .bad) }
    guard unit.state == .staging else { return line }
    return line.adding(canvas.bar(unit.share, columns: 20), .accent)
      .adding(" \(Int(unit.share * 100)) %")
  }
}
