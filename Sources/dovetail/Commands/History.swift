import ArgumentParser
import Foundation
import IncrementalJoin
import Workspace

/// `dovetail history`: runs, or the partitions of one run.
struct History: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the runs, newest first, or what one run did.",
    discussion: "Example: dovetail history 12")

  @Argument(help: ArgumentHelp("A run; without it, the runs are listed.", valueName: "run"))
  var number: RunID?

  @Option(help: "How many runs to list.")
  var limit = 20

  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func run() throws {
    let session = try Session(options.workspace)
    let ledger = session.ledger()
    if let number { return try printUnits(of: number, ledger) }
    let runs = try ledger.runs(
      job: choice.job.map { try session.workspace.job(named: $0).name }, limit: limit)
    if options.json { return try Report.json(runs.map(Shape.init)) }
    if runs.isEmpty { Report.line("There was no run yet.") }
    Report.table(
      ["RUN", "JOB", "KIND", "STATE", "STARTED", "COMMITTED", "FAILED", "ROWS", "USER"],
      runs.map { run in
        [
          "\(run.id)", run.job, run.kind.rawValue, run.state.rawValue,
          run.startedAt.formatted(.iso8601), "\(run.committed)", "\(run.failed)", "\(run.rows)",
          run.user,
        ]
      })
  }

  private func printUnits(of run: RunID, _ ledger: any LedgerReader) throws {
    let units = try ledger.workUnits(run: run)
    if units.isEmpty, try !ledger.runs(job: nil, limit: .max).contains(where: { $0.id == run }) {
      throw UsageError("There is no run \(run). `dovetail history` lists the runs.")
    }
    if options.json { return try Report.json(units.map(UnitShape.init)) }
    Report.table(
      ["PARTITION", "STATE", "ROWS", "BYTES", "REASON", "MESSAGE"],
      units.map { unit in
        [
          unit.partition, unit.state.rawValue, "\(unit.rows)", "\(unit.bytes)", unit.reason,
          unit.message ?? "",
        ]
      })
  }

  private struct Shape: Encodable {
    let run: RunID
    let job: String
    let kind: RunKind
    let plan: String
    let state: RunState
    let listedAt: Date
    let startedAt: Date
    let finishedAt: Date?
    let user: String
    let committed: Int
    let failed: Int
    let rows: Int64
    let bytesRead: Int64
    let filesRead: Int

    init(_ record: RunRecord) {
      run = record.id
      job = record.job
      kind = record.kind
      plan = record.plan
      state = record.state
      listedAt = record.listedAt
      startedAt = record.startedAt
      finishedAt = record.finishedAt
      user = record.user
      committed = record.committed
      failed = record.failed
      rows = record.rows
      bytesRead = record.bytesRead
      filesRead = record.filesRead
    }
  }

  private struct UnitShape: Encodable {
    let partition: String
    let state: WorkUnitState
    let rows: Int64
    let bytes: Int64
    let reason: String
    let message: String?

    init(_ record: WorkUnitRecord) {
      partition = record.partition
      state = record.state
      rows = record.rows
      bytes = record.bytes
      reason = record.reason
      message = record.message
    }
  }
}
