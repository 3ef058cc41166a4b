import Console
import Dispatch
import Foundation
import IncrementalJoin
import Operations
import Reports
import Synchronization

/// Runs, and operations on positions and data, which the console follows to their end.
extension ConsoleEffects {
  func run(_ job: String, _ request: RunRequest) async {
    defer { runs.leave() }
    do {
      let run = try await worker.start(job, request)
      watch(run)
      var end: RunSummary?
      for try await event in run.events {
        mailbox.post(.runEvent(event, at: Date()))
        if case .finished(let summary) = event { end = summary }
      }
      mailbox.post(.runEnded)
      if let end { await report(tellHook(RunJSON(end))) }
    } catch {
      mailbox.post(
        .runFailed(
          error is CancellationError
            ? "Cancelled before anything ran; what was pending still is."
            : error.consoleMessage))
      await report(tellHook(RunJSON(Failure(error), of: job, mode: request.mode)))
    }
  }

  private func report(_ failureOfHook: String?) {
    if let failureOfHook { mailbox.post(.hookFailed(failureOfHook)) }
  }

  /// Passes a cancel to the run, including one that arrived before it.
  private func watch(_ run: JobRun) {
    running.withLock { running in
      running.run = run
      if running.isCancelled { run.cancel() }
    }
  }

  func perform(
    _ operation: JobOperation, of job: String, expected: String?, note: String?
  ) async {
    defer { runs.leave() }
    await answer {
      let summary: RunSummary
      switch operation {
      case .bookmark(let change):
        summary = try await worker.apply(change, to: job, expected: expected, note: note)
      case .discard(let run, let partitions):
        summary = try await worker.discard(run, partitions, of: job)
      case .adopt:
        summary = try await worker.adoptOutput(of: job, expected: expected, note: note)
      case .collectGarbage:
        return .performed(
          JobOperation.sentence(aboutRemoved: try await worker.collectGarbage(of: job)))
      case .undo(let request):
        summary = try await follow(
          await worker.undo(request, of: job, expected: expected, note: note))
      case .publish(let run, let partitions):
        summary = try await follow(await worker.publish(run, partitions, of: job))
      }
      let failure = await tellHook(RunJSON(summary))
      return .performed(
        operation.sentence(about: summary) + (failure.map { " But \($0)." } ?? ""))
    } orElse: {
      .operationFailed($0)
    }
  }

  /// Tells the hook of dovetail.yaml how a run ended; the hook's output is dropped, because it would spoil the screen.
  ///
  /// - Returns: What went wrong; nil when nothing did.
  private func tellHook(_ run: RunJSON) async -> String? {
    guard run.isWorthTelling, let hook = await worker.hook else { return nil }
    // A hook takes as long as it likes and must not hold up other tasks.
    return await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(returning: hook.run(run, isQuiet: true))
      }
    }
  }

  /// Follows an operation to its end.
  private func follow(_ run: JobRun) async throws -> RunSummary {
    watch(run)
    var end: RunSummary?
    for try await case .finished(let summary) in run.events { end = summary }
    guard let end else { throw CancellationError() }
    return end
  }
}
