import Foundation
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording
import Workspace

extension Session {
  /// Runs jobs one after the other, with progress on standard error and the result on standard output.
  ///
  /// A job that fails does not stop the later ones; an interruption does. The status is 3 when some jobs committed and
  /// others did not end well, otherwise that of the first that did not.
  ///
  /// - Throws: `ExitStatus` when it is not 0.
  func run(
    _ work: [(JobDefinition, RunRequest)], json: Bool, _ manner: RunManner = RunManner(),
    nothing: ExitStatus = .done
  ) async throws {
    var rows: [RunJSON] = []
    var statuses: [ExitStatus] = []
    for (job, request) in work where !statuses.contains(.interrupted) {
      let row: RunJSON
      do {
        let summary = try await waitForLock(of: job, manner) {
          try await follow(runner(for: job).start(job, request), of: job, manner)
        }
        row = RunJSON(summary)
        if !json { summary.print(isFiltered: request.filter != nil, manner) }
        statuses.append(summary.exitStatus)
      } catch {
        var failure = Failure(error)
        failure.say()
        row = RunJSON(failure, of: job.name, mode: request.mode)
        statuses.append(failure.status)
      }
      rows.append(row)
      tellHook(row)
    }
    if json { try Report.json(rows) }
    guard let first = statuses.first(where: { $0 != .done }) else {
      if nothing != .done, rows.allSatisfy({ $0.run == nil }) { throw nothing }
      return
    }
    if statuses.contains(.interrupted) { throw ExitStatus.interrupted }
    throw rows.contains { $0.committed > 0 } ? ExitStatus.partial : first
  }

  /// Follows a run to its end, with progress on standard error.
  ///
  /// - Throws: `Failure`, with the run if one was recorded.
  func follow(
    _ run: JobRun, of job: JobDefinition, _ manner: RunManner = RunManner()
  ) async throws -> RunSummary {
    Interruption.shared.react { _ in run.cancel() }
    var progress = RunProgress(
      isDrawing: StandardError.isTerminal && !manner.quiet, isQuiet: manner.quiet,
      pace: try? pace(of: job))
    do {
      for try await event in run.events {
        progress.take(event)
        if case .finished(let summary) = event { return summary }
      }
      throw CancellationError()
    } catch {
      throw Failure(error, run: progress.run)
    }
  }

  /// Gives the JSON of how the work on a job ended to the hook, if there is one; whatever goes wrong is written to
  /// standard error.
  func tellHook(_ row: RunJSON) {
    guard row.isWorthTelling, let hook else { return }
    if let failure = hook.run(row) { StandardError.write("dovetail: \(failure)") }
  }

  /// The hook that dovetail.yaml declares.
  var hook: Hook? {
    isReadOnly
      ? nil : workspace.hooks.runFinished.map { Hook(command: $0, folder: workspace.folder) }
  }

  /// Performs an operation on the past, tells the hook how it ended, and prints it.
  ///
  /// - Returns: How it ended; the hook is told of a failure too.
  /// - Throws: `Failure`, which has been printed.
  func operate(
    on job: JobDefinition, _ manner: RunManner, _ operation: () async throws -> RunSummary
  ) async throws -> RunSummary {
    do {
      return try await waitForLock(of: job, manner, operation)
    } catch {
      var failure = Failure(error)
      failure.say()
      tellHook(RunJSON(failure, of: job.name))
      throw failure
    }
  }

  /// Prints how an operation on the past ended, tells the hook, and sets the status.
  ///
  /// - Throws: `ExitStatus` when it is not 0.
  func conclude(_ summary: RunSummary, json: Bool, _ manner: RunManner = RunManner()) throws {
    let row = RunJSON(summary)
    if json { try Report.json(row) } else { summary.print(isFiltered: false, manner) }
    tellHook(row)
    // That something is still staged does not make up for the failure of everything requested.
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
    case .staged where !failures.isEmpty || !withheld.isEmpty: .partial
    case .succeeded, .running, .staged:
      hasMisplacedData || !wouldBeEmptied.isEmpty ? .partial : .done
    }
  }

  /// Prints the last lines of a run for people; a quiet run prints only what is wrong, on standard error.
  fileprivate func print(isFiltered: Bool, _ manner: RunManner) {
    guard !manner.quiet else {
      return alarms.forEach { StandardError.write("dovetail: alarm: \($0)") }
    }
    guard let run else {
      Report.line(
        "Job \(job): nothing to do"
          + (isFiltered ? " of what the predicate selects" : "")
          + (held > 0 ? "; \(heldText)" : "."))
      if let removalNote { Report.line(removalNote) }
      return
    }
    if moved > 0 || released > 0 {
      if released > 0 {
        Report.line(
          "Job \(job), run \(run) \(state.rawValue): \(Quantity.count(released, "partition")) released; "
            + "the next run removes those without rows.")
      }
      guard moved > 0 else { return }
      Report.line(
        "Job \(job), run \(run) \(state.rawValue): \(Quantity.count(moved, "position")) moved"
          + (committed > 0 ? "; \(Quantity.count(committed, "partition")) put back." : "."))
      return
    }
    guard adopted == 0 else {
      return Report.line(
        "Job \(job), run \(run) \(state.rawValue): \(Quantity.count(adopted, "partition")) adopted. Nothing was built, "
          + "and no position moved.")
    }
    if staged > 0, committed == 0, withheld.isEmpty {
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
        + "\(Quantity.count(rows, "row")) written from \(Quantity.count(filesRead, "file")) in \(Quantity.elapsed(elapsed))."
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
    if let removalNote { Report.line(removalNote) }
  }

  /// How many partitions were left alone, and where to find the reasons.
  private var heldText: String {
    "\(Quantity.count(held, "pending partition")) \(held == 1 ? "is" : "are") held, and "
      + "`dovetail pending --job \(job)` says why."
  }
}

/// The JSON of a run's end.
struct RunJSON: Encodable {
  struct FailedPartition: Encodable {
    let partition: ExactText
    let message: String
  }

  let job: String
  let run: RunID?
  /// The plan; none for a job that was refused or could not go on.
  let plan: String?
  let mode: BookmarkMode
  /// A `RunState`, or `refused`.
  let state: String
  let committed: Int
  let removed: Int
  let unchanged: Int
  let compacted: Int
  let moved: Int
  let adopted: Int
  let staged: Int
  let postponed: Int
  let failed: [FailedPartition]
  let cancelled: Int
  let held: Int
  let rows: Int64
  let bytesWritten: Int64
  let bytesRead: Int64
  let filesRead: Int
  /// Partitions that this run would have emptied, and kept.
  let withheld: [ExactText]
  /// All partitions that are held because they would be emptied.
  let wouldBeEmptied: [ExactText]
  /// Why, in figures.
  let removals: RemovalCount?
  let alarms: [String]
  let warnings: [String]
  let problems: [String]
  let seconds: Double
  /// Why the job was refused or could not go on.
  let error: FailureJSON?

  /// Whether to give it to the hook, which is not told when there was nothing to do.
  var isWorthTelling: Bool { run != nil || error != nil }

  init(_ summary: RunSummary) {
    self.init(summary, plan: summary.plan, state: summary.state.rawValue)
  }

  /// Describes a job that was refused or could not go on.
  init(_ failure: Failure, of job: String, mode: BookmarkMode = .enable) {
    var summary = RunSummary(job: job, run: failure.run)
    summary.mode = mode
    let states: [ExitStatus: String] = [
      .refused: "refused", .interrupted: RunState.cancelled.rawValue,
    ]
    self.init(
      summary, plan: nil, state: states[failure.status] ?? RunState.failed.rawValue,
      error: failure.row)
  }

  private init(_ summary: RunSummary, plan: String?, state: String, error: FailureJSON? = nil) {
    job = summary.job
    run = summary.run
    self.plan = plan
    self.state = state
    self.error = error
    committed = summary.committed
    removed = summary.removed
    mode = summary.mode
    unchanged = summary.unchanged
    compacted = summary.compacted
    moved = summary.moved
    adopted = summary.adopted
    staged = summary.staged
    postponed = summary.postponed
    withheld = summary.withheld.map(\.path)
    wouldBeEmptied = summary.wouldBeEmptied.map(\.path)
    removals = summary.removals
    alarms = summary.alarms.map(\.description)
    failed = summary.failures.map {
      FailedPartition(partition: $0.partition.path, message: $0.message)
    }
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
