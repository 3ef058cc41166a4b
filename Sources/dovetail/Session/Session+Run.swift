import Console
import Foundation
import IncrementalJoin
import Workspace

extension Session {
  /// Runs jobs one after the other, with progress on standard error and the result on standard output.
  ///
  /// A job that fails does not keep the later ones from running; an interruption does. The status is 3
  /// when some committed and others did not end well, else that of the first job that did not.
  ///
  /// - Throws: `ExitStatus` when it is not 0.
  func run(_ work: [(JobDefinition, RunRequest)], json: Bool) async throws {
    var shapes: [RunShape] = []
    var statuses: [ExitStatus] = []
    for (job, request) in work where !statuses.contains(.interrupted) {
      do {
        let summary = try await follow(runner(for: job).start(job, request))
        shapes.append(RunShape(summary))
        if !json { summary.print(isFiltered: request.filter != nil) }
        tellHook(summary)
        statuses.append(summary.exitStatus)
      } catch {
        statuses.append(ExitStatus.report(error))
      }
    }
    if json { try Report.json(shapes) }
    guard let first = statuses.first(where: { $0 != .done }) else { return }
    if statuses.contains(.interrupted) { throw ExitStatus.interrupted }
    throw shapes.contains { $0.committed > 0 } ? ExitStatus.partial : first
  }

  /// Follows a run to its end, with progress on standard error.
  func follow(_ run: JobRun) async throws -> RunSummary {
    Interruption.shared.watch(run)
    var progress = RunProgress(isDrawing: StandardError.isTerminal)
    for try await event in run.events {
      progress.take(event)
      if case .finished(let summary) = event { return summary }
    }
    throw ExitStatus.interrupted
  }

  /// Gives a recorded run to the hook, if there is one; what goes wrong is said on standard error.
  func tellHook(_ summary: RunSummary) {
    guard summary.run != nil, let hook else { return }
    if let failure = hook.run(summary, output: .standardError) {
      StandardError.write("dovetail: \(failure)")
    }
  }

  /// The hook that dovetail.yaml declares.
  var hook: Hook? {
    workspace.hooks.runFinished.map { Hook(command: $0, folder: workspace.folder) }
  }

  /// Prints how an operation on the past ended, tells the hook, and gives the status.
  ///
  /// - Throws: `ExitStatus` when it is not 0.
  func conclude(_ summary: RunSummary, json: Bool) async throws {
    if json { try Report.json(RunShape(summary)) } else { summary.print(isFiltered: false) }
    tellHook(summary)
    // What is still staged does not make good that all of what was asked for has failed.
    if summary.committed == 0, !summary.failures.isEmpty { throw ExitStatus.failed }
    if summary.exitStatus != .done { throw summary.exitStatus }
  }
}

extension RunSummary {
  fileprivate var exitStatus: ExitStatus {
    switch state {
    case .cancelled, .interrupted: .interrupted
    case .failed: .failed
    case .partial: .partial
    case .staged where cancelled > 0: .interrupted
    case .staged where !failures.isEmpty: .partial
    case .succeeded, .running, .staged: hasMisplacedData ? .partial : .done
    }
  }

  /// The last lines of a run, for people.
  fileprivate func print(isFiltered: Bool) {
    guard let run else {
      Report.line(
        "Job \(job): nothing to do"
          + (isFiltered ? " of what the predicate selects" : "")
          + (held > 0 ? "; \(heldText)" : "."))
      return
    }
    if moved > 0 {
      Report.line(
        "Job \(job), run \(run) \(state.rawValue): \(Quantity.count(moved, "position")) moved"
          + (committed > 0 ? "; \(Quantity.count(committed, "partition")) put back." : "."))
      return
    }
    if staged > 0, committed == 0 {
      Report.line(
        "Job \(job), run \(run) \(state.rawValue): \(Quantity.count(staged, "partition")) staged, "
          + "\(failures.count) failed. `dovetail diff \(run)` compares them with what is published; "
          + "`dovetail publish \(run)` publishes them.")
      return
    }
    Report.line(
      "Job \(job), run \(run) \(state.rawValue): \(Quantity.count(committed, "partition")) committed "
        + "(\(removed) of them empty\(unchanged > 0 ? ", \(unchanged) unchanged" : "")), "
        + "\(failures.count) failed, "
        + "\(cancelled) cancelled, "
        + "\(Quantity.count(Int(rows), "row")) written from \(Quantity.count(filesRead, "file")) in \(String(format: "%.2f", elapsed / .seconds(1))) s."
    )
    if compacted > 0 {
      Report.line(
        "\(Quantity.count(compacted, "partition")) compacted: the rows are the same, only the "
          + "position moved.")
    }
    if mode != .enable { Report.line("Bookmark \(mode.rawValue): no position moved.") }
    if staged > 0 { Report.line("\(Quantity.count(staged, "partition")) still staged.") }
    if postponed > 0 {
      Report.line("\(Quantity.count(postponed, "partition")) left for a later run.")
    }
    for alarm in alarms { Report.line("Alarm: \(alarm)") }
    if held > 0 { Report.line(heldText) }
  }

  /// How many partitions were left alone, and where the reasons are.
  private var heldText: String {
    "\(Quantity.count(held, "pending partition")) \(held == 1 ? "is" : "are") held, and "
      + "`dovetail pending --job \(job)` says why."
  }
}

/// The JSON of a run's end.
struct RunShape: Encodable {
  struct Failure: Encodable {
    let partition: String
    let message: String
  }

  let job: String
  let run: RunID?
  let plan: String
  let mode: BookmarkMode
  let state: RunState
  let committed: Int
  let removed: Int
  let unchanged: Int
  let compacted: Int
  let moved: Int
  let staged: Int
  let postponed: Int
  let failed: [Failure]
  let cancelled: Int
  let held: Int
  let rows: Int64
  let bytesWritten: Int64
  let bytesRead: Int64
  let filesRead: Int
  let alarms: [String]
  let warnings: [String]
  let problems: [String]
  let seconds: Double

  init(_ summary: RunSummary) {
    job = summary.job
    run = summary.run
    plan = summary.plan
    state = summary.state
    committed = summary.committed
    removed = summary.removed
    mode = summary.mode
    unchanged = summary.unchanged
    compacted = summary.compacted
    moved = summary.moved
    staged = summary.staged
    postponed = summary.postponed
    alarms = summary.alarms.map(\.description)
    failed = summary.failures.map { Failure(partition: $0.partition, message: $0.message) }
    cancelled = summary.cancelled
    held = summary.held
    rows = summary.rows
    bytesWritten = summary.bytesWritten
    bytesRead = summary.bytesRead
    filesRead = summary.filesRead
    warnings = summary.warnings
    problems = summary.problems.map(\.description)
    seconds = summary.elapsed / .seconds(1)
  }
}
