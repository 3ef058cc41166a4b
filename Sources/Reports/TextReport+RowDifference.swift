public import IncrementalJoin
import PartitionPredicate
import Wording

extension TextReport {
  /// How staged partitions differ from what is published.
  ///
  /// - Parameters:
  ///   - run: The run that staged them.
  ///   - job: The job's name.
  ///   - differences: From what is published to what is staged, in the order of the partitions.
  /// - Returns: The report.
  public static func staged(
    by run: RunID, of job: String,
    differences: [StagedDifference]
  ) -> TextReport {
    var report = TextReport(title: "What run \(run) of \(job) staged, against what is published")
    let same = differences.count { $0.rows.isEmpty }
    report.add(
      "\(Quantity.count(differences.count, "partition")) staged: "
        + "\(Quantity.number(differences.count - same)) differ, \(Quantity.number(same)) the same.",
      .strong)
    for difference in differences {
      report.add()
      report.add(difference.rows, of: difference.partition.path)
      if difference.state == .removed { report.add("  A publish would remove it.", .bad) }
    }
    return report
  }

  /// Adds how two versions of a partition differ: counts, columns, and some of the rows.
  mutating func add(_ difference: RowDifference, of partition: ExactText) {
    guard !difference.isEmpty else {
      add("\(partition): the same \(Quantity.count(Int(difference.same), "row"))", .good)
      return
    }
    let counts = [
      (difference.added, "added"), (difference.removed, "removed"),
      (difference.changed, "changed"), (difference.same, "same"),
    ]
    add(
      "\(partition): "
        + counts.map { "\(Quantity.number($0)) \($1)" }.joined(separator: ", "), .warning)
    addColumns(difference)
    for row in difference.samples { add("  \(Self.text(row, difference))", Self.tone(row.kind)) }
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
      let columns = changed.map { "\($0.key) in \(Quantity.count(Int($0.value), "row"))" }
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

  /// `~ flight=1545: delay 2 -> 3`, `+ flight=1545 delay=2`.
  private static func text(_ row: RowDifference.Row, _ difference: RowDifference) -> String {
    func values(_ values: [String?], _ isShown: (Int) -> Bool) -> String {
      difference.columns.indices.filter { $0 < values.count && isShown($0) }
        .map { "\(difference.columns[$0])=\(values[$0] ?? "NULL")" }.joined(separator: " ")
    }
    switch row.kind {
    case .added: return "+ " + values(row.after) { _ in true }
    case .removed: return "- " + values(row.before) { _ in true }
    case .changed:
      let key = Set(difference.key)
      let changes = difference.columns.indices.filter {
        $0 < row.before.count && $0 < row.after.count && row.before[$0] != row.after[$0]
      }.map {
        "\(difference.columns[$0]) \(row.before[$0] ?? "NULL") -> \(row.after[$0] ?? "NULL")"
      }
      return "~ " + values(row.after) { key.contains(difference.columns[$0]) } + ": "
        + changes.joined(separator: ", ")
    }
  }
}
