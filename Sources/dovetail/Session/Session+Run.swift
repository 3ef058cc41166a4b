import Console
import Foundation
import IncrementalJoin

extension Session {
  /// Runs jobs one after the other, with progress on standard error and the result on standard output.
  ///
  /// A job that fails does not keep the later ones from running; an interruption does. The status is 3
  /// when some committed and others did not end well, else that of the first job that did not.
  ///
  /// - Throws: `ExitStatus` when it is not 0.
  func run(
    _ jobs: [JobDefinition], _ request: RunRequest, where filter: WhereOption? = nil, json: Bool
  ) async throws {
    var shapes: [RunShape] = []
    var statuses: [ExitStatus] = []
    // Bound for every job before anything runs: a mistake must not be found halfway.
    let requests = try jobs.map { job in
      var request = request
      request.filter = try filter?.predicate(self, keys: job.output.keys)
      return request
    }
    for (job, request) in zip(jobs, requests) where !statuses.contains(.interrupted) {
      do {
        let summary = try await run(job, request)
        shapes.append(RunShape(summary))
        if !json { summary.print(isFiltered: request.filter != nil) }
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

  private func run(_ job: JobDefinition, _ request: RunRequest) async throws -> RunSummary {
    let run = try runner(for: job).start(job, request)
    Interruption.shared.watch(run)
    var progress = RunProgress(isDrawing: StandardError.isTerminal)
    for try await event in run.events {
      progress.take(event)
      if case .finished(let summary) = event { return summary }
    }
    throw ExitStatus.interrupted
  }
}

extension RunSummary {
  fileprivate var exitStatus: ExitStatus {
    switch state {
    case .cancelled, .interrupted: .interrupted
    case .failed: .failed
    case .partial: .partial
    case .succeeded, .running: hasMisplacedData ? .partial : .done
    }
  }

  /// The last lines of a run, for people.
  fileprivate func print(isFiltered: Bool) {
    guard let run else {
      Report.line(
        "Job \(job): nothing to do"
          + (isFiltered ? " of what the predicate selects" : "")
          + (held > 0 ? "; \(Quantity.count(held, "pending partition")) held." : "."))
      return
    }
    Report.line(
      "Job \(job), run \(run) \(state.rawValue): \(Quantity.count(committed, "partition")) committed "
        + "(\(removed) of them empty), \(failures.count) failed, \(cancelled) cancelled, "
        + "\(Quantity.count(Int(rows), "row")) written from \(Quantity.count(filesRead, "file")) in \(String(format: "%.2f", elapsed / .seconds(1))) s."
    )
    if held > 0 { Report.line("\(Quantity.count(held, "pending partition")) held.") }
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
  let state: RunState
  let committed: Int
  let removed: Int
  let failed: [Failure]
  let cancelled: Int
  let held: Int
  let rows: Int64
  let bytesWritten: Int64
  let bytesRead: Int64
  let filesRead: Int
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
