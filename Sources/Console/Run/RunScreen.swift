import Cells
import Charts
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

/// The bands of the run screen.
struct RunLayout {
  let heading: Rect
  let columns: Rect
  let list: Rect
  let detail: Rect?

  init(_ content: Rect, _ run: RunProgress?, detail columns: Int) {
    var rest = content
    let alarms = run?.summary?.alarms.isEmpty == false ? 1 : 0
    let undo = (run?.summary?.committed ?? 0) > 0 ? 1 : 0
    let time = run?.summary?.timings.text == nil ? 0 : 1
    let failures = (run?.counts[.failed] ?? 0) > 0 ? 1 : 0
    heading = rest.cutTop((run?.failure == nil ? 4 : 7) + alarms + undo + time + failures)
    detail = rest.cutDetail(columns)
    self.columns = rest.cutTop(1)
    list = rest
  }
}

/// The current run, partition by partition, or how the last one ended.
enum RunScreen: ScreenComponent {
  static func list(_ model: Model) -> WritableKeyPath<Model, ListState> {
    showsBatches(model) ? \.batchList : \.runList
  }

  private static func showsBatches(_ model: Model) -> Bool { model.run?.showsBatches ?? false }

  static func rowList(_ model: Model) -> RowList? { showsBatches(model) ? nil : .units }

  static func ownCount(_ model: Model) -> Int {
    guard let run = model.run else { return 0 }
    return run.showsBatches ? run.batches.count : run.units.count
  }

  static func rowVersion(_ model: Model) -> RowVersion {
    RowVersion(
      identity: [model.startedRuns, ownCount(model)], content: model.run?.events ?? 0,
      isPartial: model.run?.showsFailuresOnly ?? false)
  }

  static func rowSource(_ model: Model) -> RowSource? {
    guard let run = model.run else { return nil }
    let units = run.units
    let showsFailuresOnly = run.showsFailuresOnly
    return RowSource(
      {
        showsFailuresOnly
          ? units.indices.filter { units[$0].state == .failed } : Array(units.indices)
      },
      name: { units[$0].path },
      words: { SearchText(units.lazy.map { "\($0.state.rawValue) \($0.message ?? "")" }) },
      keys: units.first?.partition.keys ?? [], partition: { units[$0].partition },
      columns: [
        SortColumn("Partition", number: Int64.init),
        SortColumn("State", text: { units[$0].state.rawValue }),
        SortColumn("Rows", number: { units[$0].rows }),
      ])
  }

  static func listArea(_ model: Model, in content: Rect) -> Rect {
    layout(model, in: content).list
  }

  private static func layout(_ model: Model, in content: Rect) -> RunLayout {
    RunLayout(content, model.run, detail: model.detailColumns)
  }

  static func detailArea(_ model: Model, in content: Rect) -> Rect? {
    model.run == nil ? nil : layout(model, in: content).detail
  }

  /// What the run has done with the partition; after its end, also what the ledger knows of it.
  static func detail(_ model: Model) -> RowDetail? {
    guard let run = model.run else { return nil }
    if run.showsBatches {
      return selectedRow(model).map { RowDetail(known: run.account(ofBatch: $0)) }
    }
    guard let unit = selected(model) else { return nil }
    let isKnown =
      !run.isActive && run.job == model.page?.name
      && model.page?.index(of: unit.partition) != nil
    return RowDetail(
      known: run.account(of: unit), request: isKnown ? .why(unit.partition) : nil)
  }

  static func nameColumn(_ model: Model, columns: Int) -> NameColumn? {
    guard let run = model.run, !run.showsBatches else { return nil }
    return NameColumn(
      longest: run.longestPath, besides: columnsBesideNames, columns: columns,
      shift: run.list.shift)
  }

  static func willMove(_ model: inout Model) { model.run?.follows = false }

  static func copied(_ model: Model) -> (what: String, text: String)? {
    selected(model).map { unit in
      unit.message.map { ("the failure", $0) } ?? ("the partition", unit.path)
    }
  }

  static func partition(_ model: Model) -> Partition? { selected(model)?.partition }

  static func run(_ model: Model) -> RunRecord? {
    model.page?.status.runs.first { $0.id == model.run?.id }
  }

  static func whyNotAll(_ model: Model) -> String? {
    if showsBatches(model) { return "Esc leads back to the partitions first" }
    return model.run == nil ? "there was no run yet" : nil
  }

  static func switchAll(_ model: inout Model) { model.run?.toggleFailuresOnly() }

  static func whyNoOtherView(_ model: Model) -> String? {
    model.run == nil ? "there was no run yet" : nil
  }

  static func switchView(_ model: inout Model) { model.run?.showsBatches.toggle() }

  static func goBack(_ model: inout Model) -> Bool {
    guard showsBatches(model) else { return false }
    model.run?.showsBatches = false
    return true
  }

  private static func selected(_ model: Model) -> RunProgress.Unit? {
    guard let run = model.run, !run.showsBatches else { return nil }
    return selectedRow(model).map { run.units[$0] }
  }

  /// Shows the whole sentence of a failure, which may be longer than the row.
  static func open(_ model: inout Model) -> [Effect] {
    if let unit = selected(model), let message = unit.message {
      model.dialog = .note(title: unit.path, text: message)
    }
    return []
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
    canvas.draw(heading(run, canvas, columns: rect.columns), in: layout.heading)
    guard let names = model.nameColumn(on: .run) else {
      return drawBatches(of: run, model, on: &canvas, layout)
    }
    canvas.draw(
      run.list, names, count: rowCount(model), in: layout.list, columns: layout.columns,
      name: { model.sourceRow(Self.self, at: $0).map { run.units[$0].path } },
      heading: {
        Line().heading($0).column("State", 11, .header)
          .column("Rows", 10, .header, right: true).adding(
            run.isActive ? "Progress" : "Note", .header)
      }
    ) { [canvas] place, names in
      model.sourceRow(Self.self, at: place).map { line(run.units[$0], canvas, names) } ?? Line()
    }
    if rowCount(model) == 0 {
      let text =
        model.filter?.text.isEmpty == false
        ? "Nothing fits the filter."
        : run.showsFailuresOnly
          ? "No partition failed."
          : run.isActive ? waiting(run) : "No partition was run."
      canvas.draw(Line(text, .dim), in: layout.list, row: 0)
    }
  }

  private static func heading(_ run: RunProgress, _ canvas: Canvas, columns: Int) -> [Line] {
    let separator = canvas.theme.symbols.separator
    let name = run.id.map { "Run \($0)" } ?? "Run"
    let (state, role) = state(of: run)
    let percent = Int(run.share * 100)
    let barWidth = max(10, min(50, columns - 30))
    let counts = counts(of: run)
    var lines = [
      Line("\(name) of \(run.job)", .strong).adding(separator).adding(state, role)
        .adding("\(separator)plan \(run.plan)", .dim),
      Line(canvas.bar(run.share, columns: barWidth), role).adding(" \(percent) %")
        .adding("  \(run.finishedCount)/\(run.units.count)", .dim),
      Line(counts.joined(separator: separator)),
      Line(
        "\(Quantity.number(run.rows)) rows\(separator)\(Quantity.elapsed(run.elapsed))"
          + (run.speed.map { "\(separator)\($0)" } ?? "")
          + (run.recovered.isEmpty
            ? "" : "\(separator)\(run.recovered.count) recovered")),
    ]
    if let summary = run.summary {
      let written =
        summary.staged > 0
        ? "\(Quantity.number(run.rows)) rows staged"
        : "\(Quantity.number(summary.rows)) rows, \(Quantity.bytes(summary.bytesWritten)) written"
      lines[3] = Line(
        "\(written) from \(Quantity.count(summary.filesRead, "file")), "
          + "\(Quantity.bytes(summary.bytesRead)), in \(Quantity.elapsed(summary.elapsed))")
      lines[2] = lines[2].adding(rest(of: summary, separator), .dim)
      if let time = summary.timings.text {
        lines.append(Line("Where the time went: \(time)", .dim))
      }
      if summary.committed > 0 {
        lines.append(Line("3 shows the runs; U there undoes this one.", .dim))
      }
      if !summary.alarms.isEmpty {
        lines.append(
          Line(
            "\(Quantity.count(summary.alarms.count, "match alarm")): m shows what got worse", .bad))
      }
    }
    if (run.counts[.failed] ?? 0) > 0 {
      let retry = run.isActive ? "" : "; 3, then F retries"
      lines.append(Line(". shows only the failed, Enter says why\(retry).", .warning))
    }
    if let failure = run.failure {
      lines += failure.wrapped(toColumns: columns).map { Line($0, .bad) }
    }
    return lines
  }

  /// What a run is doing before it has a plan.
  private static func waiting(_ run: RunProgress) -> String {
    guard !run.listings.isEmpty else { return "Waiting for the plan." }
    let counts = run.listings.sorted { $0.key < $1.key }.map {
      "\(Quantity.count($0.value, "file")) of \($0.key)"
    }
    return "Listed \(counts.joined(separator: ", "))."
  }

  /// How many partitions are in each state; committed ones are counted as everywhere else.
  private static func counts(of run: RunProgress) -> [String] {
    UnitState.allCases.compactMap { state in
      var count = run.counts[state] ?? 0
      switch state {
      case .committed:
        let parts = [
          (run.counts[.removed] ?? 0, "empty"), (run.counts[.unchanged] ?? 0, "unchanged"),
        ].filter { $0.0 > 0 }.map { "\(Quantity.number($0.0)) \($0.1)" }
        count = run.committedCount
        guard count > 0 else { return nil }
        return "\(Quantity.number(count)) committed"
          + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")
      case .removed, .unchanged: return nil
      // The summary counts them, together with those that the plan left out.
      case .held where run.summary != nil: return nil
      case .waiting, .staging, .staged, .published, .kept, .held, .failed, .cancelled:
        return count > 0 ? "\(Quantity.number(count)) \(state.rawValue)" : nil
      }
    }
  }

  /// What the run did without building, and what it left.
  private static func rest(of summary: RunSummary, _ separator: String) -> String {
    let counts = [
      (summary.compacted, "compacted"), (summary.postponed, "postponed"), (summary.held, "held"),
    ]
    return counts.filter { $0.0 > 0 }
      .map { "\(separator)\(Quantity.number($0.0)) \($0.1)" }.joined()
  }

  private static func state(of run: RunProgress) -> (String, Role) {
    if run.failure != nil { return ("failed", .bad) }
    if let summary = run.summary {
      switch summary.state {
      case .succeeded: return ("succeeded", .good)
      case .partial where summary.failures.isEmpty:
        return ("partial: some partitions would be emptied", .warning)
      case .partial: return ("partial: some partitions failed", .warning)
      case .cancelled: return ("cancelled", .warning)
      case .failed: return ("failed", .bad)
      case .interrupted: return ("interrupted", .bad)
      case .staged: return ("staged: P publishes it, X discards it", .accent)
      case .running: return ("running", .accent)
      }
    }
    if run.isCancelling { return ("cancelling", .warning) }
    return run.isActive ? ("running", .accent) : ("ended", .dim)
  }

  private static func line(_ unit: RunProgress.Unit, _ canvas: Canvas, _ names: NameColumn) -> Line
  {
    let status: PartitionStatus =
      switch unit.state {
      case .waiting: .pending
      case .staging, .staged, .published: .running
      case .committed, .unchanged: .done
      case .removed: .empty
      case .kept, .held: .held
      case .failed: .failed
      case .cancelled: .held
      }
    let glyph = status.glyph(unicode: canvas.theme.appearance.unicode)
    let line = Line().name(unit.path, names)
      .column("\(glyph) \(unit.state.rawValue)", 11, status.role)
      .column(unit.rows > 0 ? Quantity.number(unit.rows) : "", 10, right: true)
    if let message = unit.message { return line.adding(FailureText.brief(message), .bad) }
    guard unit.state == .staging else { return line }
    return line.adding(canvas.bar(unit.share, columns: 20), .accent)
      .adding(" \(Int(unit.share * 100)) %")
  }

  /// The line that says how a run ended.
  static func sentence(about summary: RunSummary, rows: Int64) -> String {
    guard let run = summary.run else { return "Nothing was pending; nothing was run." }
    let special = [(summary.removed, "empty"), (summary.unchanged, "unchanged")]
      .filter { $0.0 > 0 }.map { "\(Quantity.number($0.0)) \($0.1)" }.joined(separator: ", ")
    var parts: [String] = []
    if summary.committed > 0 || summary.staged == 0 {
      parts.append(
        "\(Quantity.number(summary.committed)) committed"
          + (special.isEmpty ? "" : " (\(special))"))
    }
    if summary.staged > 0 { parts.append("\(Quantity.number(summary.staged)) staged") }
    if summary.compacted > 0 { parts.append("\(Quantity.number(summary.compacted)) compacted") }
    if !summary.failures.isEmpty {
      parts.append("\(Quantity.number(summary.failures.count)) failed")
    }
    if summary.cancelled > 0 { parts.append("\(Quantity.number(summary.cancelled)) cancelled") }
    if !summary.withheld.isEmpty {
      parts.append("\(Quantity.number(summary.withheld.count)) kept that would be emptied")
    }
    return "Run \(run) \(summary.state.rawValue): \(parts.joined(separator: ", ")), "
      + "\(Quantity.number(rows)) rows in \(Quantity.elapsed(summary.elapsed))."
  }
}
