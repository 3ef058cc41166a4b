import IncrementalJoin

extension Session {
  /// The same report, in which a correction that kept all rows is a compaction; reads the rewritten files
  /// of tables that record their rows.
  func refine(_ report: PendingReport) async throws -> PendingReport {
    guard report.job.inputs.contains(where: \.table.recordsRows) else { return report }
    let ledger = try ledger()
    var columns: [String: [Column]] = [:]
    for input in report.job.inputs {
      // A run that recorded rows has pinned the columns by which it read them.
      columns[input.name] =
        try input.table.columns
        ?? ledger.pinnedColumns(table: input.table.name)?.map(\.seen.column)
    }
    return try await CompactionCheck(
      ledger: ledger, files: storage.files, rows: engine(for: report.job), columns: columns
    ).refine(report)
  }
}
