public import IncrementalJoin
import Wording

/// The tables of the console's overview of a job.
extension TextReport {
  /// How much the table of an input holds, and how many of its files changed since they were consumed.
  public struct InputTotals: Equatable, Sendable {
    let input: String
    let changes: Int
    let isListed: Bool
    let partitions: Int
    let files: Int
    /// The size of the files.
    let bytes: Int64

    /// Puts the figures of one input together; `bytes` is the size of all its files, and what could not be listed may
    /// have others, and changes.
    public init(
      input: String, changes: Int, isListed: Bool, partitions: Int, files: Int, bytes: Int64
    ) {
      self.input = input
      self.changes = changes
      self.isListed = isListed
      self.partitions = partitions
      self.files = files
      self.bytes = bytes
    }
  }

  /// The runs that ``lastRuns(_:undone:staged:)`` shows at most.
  private static var shownRuns: Int { 5 }
  /// A longer name leaves no room for the figures.
  private static var longestName: Int { 24 }

  /// One row for each input; an input with changes stands out.
  ///
  /// - Parameters:
  ///   - inputs: In the job's order.
  ///   - ellipsis: What stands for the middle of a long name.
  /// - Returns: A heading and the rows.
  public static func inputs(_ inputs: [InputTotals], ellipsis: String) -> [Line] {
    var report = TextReport(title: "")
    report.add(
      [
        Column("Input"), .number("Changes"), .number("Partitions"), .number("Files"),
        .number("Bytes"),
      ],
      inputs.map { input in
        Row(
          [
            input.input.elided(toColumns: longestName, ellipsis: ellipsis),
            input.changes > 0
              ? Quantity.number(input.changes) : input.isListed ? "none" : "not listed",
            Quantity.number(input.partitions), Quantity.number(input.files),
            Quantity.bytes(input.bytes),
          ], !input.isListed ? .bad : input.changes == 0 ? .plain : .warning)
      })
    return report.lines
  }

  /// The newest runs, one row each; nothing for a job that never ran.
  ///
  /// - Parameters:
  ///   - runs: Newest first.
  ///   - undone: The runs that were undone, each with the run that undid it.
  ///   - staged: How many rows wait, by the run that staged them.
  /// - Returns: A heading and the rows.
  public static func lastRuns(
    _ runs: [RunRecord], undone: [RunID: RunID], staged: [RunID: Int64] = [:]
  ) -> [Line] {
    var report = TextReport(title: "")
    report.add(
      [
        .number("Run"), Column("State"), .number("Done"), .number("Failed"), .number("Rows"),
        .number("Took"),
      ],
      runs.prefix(shownRuns).map { run in
        let isUndone = undone[run.id] != nil
        return Row(
          [
            "\(run.id)", isUndone ? "undone" : run.state.rawValue, Quantity.number(run.committed),
            Quantity.number(run.failed),
            Quantity.number(run.state == .staged ? staged[run.id] ?? run.rows : run.rows),
            run.took.map(Quantity.elapsed) ?? "-",
          ], isUndone ? .dim : tone(of: run.state))
      })
    return report.lines
  }

  /// How long after the first input each one usually lands, as bars; nothing for inputs that land within one second.
  ///
  /// - Parameters:
  ///   - delays: In the job's order.
  ///   - ellipsis: What stands for the middle of a long name.
  /// - Returns: One row for each input.
  public static func usualDelays(_ delays: [InputDelays], ellipsis: String) -> [Line] {
    let longest = delays.compactMap(\.p95).max() ?? .zero
    guard longest >= .seconds(1) else { return [] }
    var report = TextReport(title: "")
    report.add(
      [Column(""), .number("")],
      delays.map { delay in
        let name = delay.input.elided(toColumns: longestName, ellipsis: ellipsis)
        guard let p95 = delay.p95 else { return Row([name, "no history"], .dim) }
        return Row([name, Quantity.span(p95)], bar: 0...(p95 / longest))
      })
    return report.lines
  }
}
