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
          try await follow(runner(for: job).start(job, request), manner)
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
  func follow(_ run: JobRun, _ manner: RunManner = RunManner()) async throws -> RunSummary {
    Interruption.shared.react { _ in run.cancel() }
    var progress = RunProgress(
      isDrawing: StandardError.isTerminal && !manner.quiet, isQuiet: manner.quiet,
      pace: run.pace)
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
