import ArgumentParser
import Foundation
import IncrementalJoin
import Operations
import Reports
import Wording
import Workspace

/// `dovetail history`: runs, or everything about one run.
struct History: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the runs, newest first, or show what one run did.",
    discussion: """
      Example: dovetail history 12
      or: dovetail history --all > runs.json

      Operations on bookmarks and undos are runs too. What a run read, file by file, is shown by \
      `dovetail lineage --run RUN`.
      """)

  @Argument(help: ArgumentHelp("A run; without it, the runs are listed.", valueName: "run"))
  var number: RunID?

  @Option(help: ArgumentHelp("How many runs to list.", valueName: "count"))
  var limit = 20

  @Flag(
    help: """
      Export every run, or the named one, in full as JSON: plan, mode, timings, partitions, files, \
      matches and log.
      """)
  var all = false

  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit is a number of runs, at least 1.") }
  }

  func run() async throws {
    let session = try await Session(options.workspace)
    let ledger = try session.ledger()
    if let number {
      let account = try session.account(ofRun: number)
      if all { return try Report.json([RunAccountJSON(account)]) }
      if options.json { return try Report.json(account.units.map(WorkUnitJSON.init)) }
      return Report.titled(
        .run(account, alarms: try session.alarms(of: account)))
    }
    let runs = try ledger.runs(
      job: choice.job.map { try session.workspace.job(named: $0).name }, limit: all ? .max : limit)
    if all {
      return try Report.json(
        runs.compactMap { try RunAccount.read($0.id, in: ledger) }.map(RunAccountJSON.init))
    }
    if options.json { return try Report.json(runs.map(RunRecordJSON.init)) }
    if runs.isEmpty { Report.line("There was no run yet.") }
    let undone = runs.undone
    Report.table(
      [
        .number("RUN"), "JOB", "KIND", "STATE", "STARTED", .number("COMMITTED"), .number("SAME"),
        .number("FAILED"), .number("ROWS"), "USER", "DETAIL",
      ],
      try runs.map { run in
        // What waits to be published is written, although no unit of the run is recorded yet.
        let rows =
          run.state == .staged
          ? try ledger.staged(run: run.id, keys: nil).reduce(0) { $0 + $1.rows } : run.rows
        return [
          "\(run.id)", run.job, run.kind.rawValue, run.state.rawValue,
          Quantity.instant(run.startedAt), Quantity.number(run.committed),
          Quantity.number(run.unchanged), Quantity.number(run.failed), Quantity.number(rows),
          run.user, run.summary(undoneBy: undone[run.id]),
        ]
      })
  }
}

extension RunRecord {
  /// What was requested beyond the ordinary, with the mode and the note, for the last column of a list.
  fileprivate func summary(undoneBy later: RunID?) -> String {
    // The detail of a build already names its mode.
    let mode = mode == .enable || kind.isBuild ? "" : "bookmark \(mode.rawValue)"
    let parts = [
      later.map { "undone by run \($0)" } ?? "", mode, whatItDid, note.map { "\"\($0)\"" } ?? "",
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
