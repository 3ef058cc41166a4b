public import IncrementalJoin
public import Operations
import PartitionPredicate
import Wording

extension TextReport {
  /// How staged partitions differ from what is published.
  ///
  /// - Parameters:
  ///   - run: The run that staged them.
  ///   - job: The job's name.
  ///   - differences: From what is published to what is staged, in the order of the partitions.
  ///   - isConsole: Whether the console shows it.
  /// - Returns: The report.
  public static func staged(
    by run: RunID, of job: String, differences: [StagedDifference], isConsole: Bool = false
  ) -> TextReport {
    var report = TextReport(
      title: "What run \(run) of \(job) staged, compared with what is published")
    let same = differences.count { $0.rows.isEmpty }
    report.add(
      "\(Quantity.count(differences.count, "partition")) staged: "
        + "\(Quantity.number(differences.count - same)) differ, \(Quantity.number(same)) the same.",
      .strong)
    for difference in differences {
      report.add()
      report.add(difference.rows, of: difference.partition.path, isConsole: isConsole)
      if difference.state == .removed { report.add("  A publish would remove it.", .bad) }
    }
    return report
  }

  /// What a run changed, or would change if what it staged were published.
  public static func changes(
    by run: RunID, of job: String, _ changes: RunChanges, isConsole: Bool = false
  ) -> TextReport {
    switch changes {
    case .staged(let differences):
      .staged(by: run, of: job, differences: differences, isConsole: isConsole)
    case .published(let differences):
      .published(by: run, of: job, differences, isConsole: isConsole)
    }
  }

  private static func published(
    by run: RunID, of job: String, _ differences: [RunDifference], isConsole: Bool
  ) -> TextReport {
    var report = TextReport(title: "What run \(run) of \(job) changed")
    let compared = differences.compactMap { difference -> RowDifference? in
      if case .compared(let rows) = difference.outcome { rows } else { nil }
    }
    let same = compared.count(where: \.isEmpty)
    let rest = differences.count - compared.count
    report.add(
      "\(Quantity.count(differences.count, "partition")) written: "
        + "\(Quantity.number(compared.count - same)) changed, \(Quantity.number(same)) the same"
        + (rest > 0 ? ", \(Quantity.number(rest)) without the versions to compare." : "."), .strong)
    for difference in differences {
      report.add()
      switch difference.outcome {
      case .compared(let rows):
        report.add(rows, of: difference.partition.path, isConsole: isConsole)
        if difference.state == .removed { report.add("  The run removed it.", .bad) }
      case .notKept(let by):
        report.add(
          "\(difference.partition): the version that run \(by) replaced is no longer kept; `limits:` in "
            + "dovetail.yaml says how long versions are.", .dim)
      case .changedByOthers:
        report.add(
          "\(difference.partition): somebody else has changed the published files since; "
            + "\(Remedy.drift.words(isConsole: isConsole)) names them.", .warning)
      }
    }
    return report
  }

  /// Adds how two versions of a partition differ: counts, columns, and some of the rows.
  ///
  /// On the console's screens, each row has all of its columns; what is copied from there has not.
  mutating func add(_ difference: RowDifference, of partition: ExactText, isConsole: Bool) {
    guard !difference.isEmpty else {
      add("\(partition): the same \(Quantity.count(difference.same, "row"))", .good)
      return
    }
    let counts = [
      (difference.added, "added"), (difference.removed, "removed"),
      (difference.changed, "changed"), (difference.same, "same"),
    ]
    add(
      "\(partition): \(Quantity.count(difference.rowsBefore, "row")) before, "
        + "\(Quantity.number(difference.rowsAfter)) after: "
        + counts.map { "\(Quantity.number($0)) \($1)" }.joined(separator: ", "), .warning)
    addColumns(difference)
    addSamples(difference, isConsole: isConsole)
    let rest =
      difference.added + difference.removed + difference.changed
      - Int64(difference.samples.count)
    if rest > 0, !difference.samples.isEmpty { add("  and \(Quantity.number(rest)) more", .dim) }
    if difference.key.isEmpty, difference.added > 0, difference.removed > 0 {
      add("  No key names the rows: a changed one counts as removed and added.", .dim)
    }
  }

  private mutating func addColumns(_ difference: RowDifference) {
    let changed = difference.changedColumns.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    if !changed.isEmpty {
      let columns = changed.map { "\($0.key) in \(Quantity.count($0.value, "row"))" }
      add("  Columns that differ: \(columns.joined(separator: ", "))")
    }
    let lists = [
      ("New columns", difference.addedColumns), ("Columns that go", difference.removedColumns),
      ("Columns of another type", difference.retypedColumns),
    ]
    for (heading, columns) in lists where !columns.isEmpty {
      add("  \(heading): \(columns.joined(separator: ", "))", .warning)
    }
  }

  private static func tone(_ kind: RowDifference.Row.Kind) -> Tone {
    switch kind {
    case .added: .good
    case .removed: .bad
    case .changed: .warning
    }
  }

  /// Adds sample rows in columns: the key, the columns that differ, and as many others as fit.
  ///
  /// A screen without room for these columns, and every screen where columns are left out, shows a block for each row.
  private mutating func addSamples(_ difference: RowDifference, isConsole: Bool) {
    let names = difference.columns
    let samples = difference.readableSamples
    let key = Set(difference.key.map(\.exact))
    let changed = Set(difference.changedColumns.keys)
    func isShown(_ group: (ExactText) -> Bool) -> [Int] {
      names.indices.filter { group(names[$0].exact) }
    }
    let first = isShown { key.contains($0) }
    let differing = isShown { changed.contains($0) && !key.contains($0) }
    let others = isShown { !changed.contains($0) && !key.contains($0) }
    let shown = Array((first + differing + others).prefix(max(Self.shownColumns, first.count)))
    let left = names.count - shown.count
    add(
      [Column("")] + shown.map { Column(names[$0]) },
      zip(samples.rows, difference.samples).map { row, exact in
        Row(
          [Self.mark(row.kind)] + shown.map { Self.cell($0, of: row) }, Self.tone(row.kind),
          block: Self.block(row, names, key: first, others: differing + others),
          saved: [Self.mark(exact.kind)] + shown.map { Self.cell($0, of: exact) })
      }, indent: 2, isPartial: left > 0)
    if left > 0, !samples.rows.isEmpty, let table = lines.last?.place?.shape {
      let text =
        "\(Quantity.count(left, "column")) not shown here; \(isConsole ? "the screen" : "`--json`") has all of them."
      add([Line("  \(text)", .dim, cells: [text], place: TablePlace(shape: table, block: []))])
    }
    if samples.isRounded {
      add("  Long fractions are rounded\(isConsole ? "." : "; `--json` has all digits.")", .dim)
    }
  }

  /// A row without columns: what names it, below it what differs, a column a line, and then the other columns.
  private static func block(
    _ row: RowDifference.Row, _ names: [String], key: [Int], others: [Int]
  ) -> [String] {
    func named(_ columns: [Int]) -> String {
      columns.map { "\(names[$0]) \(cell($0, of: row))" }.joined(separator: ", ")
    }
    let differing = others.filter { differs($0, in: row) }
    let same = others.filter { !differs($0, in: row) }
    let width = differing.map { names[$0].columns }.max() ?? 0
    var block = ["  \(mark(row.kind)) \(key.isEmpty ? "row" : named(key))"]
    for column in differing {
      let blanks = String(repeating: " ", count: width - names[column].columns)
      block.append("      \(names[column])\(blanks)  \(cell(column, of: row))")
    }
    if !same.isEmpty {
      block.append("      \(differing.isEmpty ? "" : "the same: ")\(named(same))")
    }
    return block
  }

  /// Rows with more columns fit no screen.
  private static var shownColumns: Int { 8 }

  private static func mark(_ kind: RowDifference.Row.Kind) -> String {
    switch kind {
    case .added: "+"
    case .removed: "-"
    case .changed: "~"
    }
  }

  /// A value, or `2 -> 3` where it changed.
  private static func cell(_ index: Int, of row: RowDifference.Row) -> String {
    switch (value(index, of: row.before), value(index, of: row.after)) {
    case (let before?, let after?):
      return before.exact == after.exact ? after : "\(before) -> \(after)"
    case (let only?, nil), (nil, let only?): return only
    case (nil, nil): return ""
    }
  }

  private static func differs(_ index: Int, in row: RowDifference.Row) -> Bool {
    guard let before = value(index, of: row.before), let after = value(index, of: row.after) else {
      return false
    }
    return before.exact != after.exact
  }

  private static func value(_ index: Int, of values: [String?]) -> String? {
    index < values.count ? values[index] ?? "NULL" : nil
  }
}
