import Console
import Dispatch
import Foundation
import IncrementalJoin
import Operations
import Reports
import Synchronization

/// Carries out the console's effects off the terminal's thread and posts the answers.
final class ConsoleEffects: Sendable {
  private let worker: ConsoleWorker
  private let details: DetailReader
  private let mailbox: Mailbox
  private let files: SavedFiles
  private let runs = DispatchGroup()
  private let running = Mutex(Running())
  /// The task that reads a report or a preview that somebody waits for.
  private let reading = Mutex<Task<Void, Never>?>(nil)

  /// The current run; a cancel that arrives before it has started is kept for it.
  private struct Running {
    var run: JobRun?
    var isCancelled = false
  }

  init(session: Session, story: Story, mailbox: Mailbox) throws(ThreadError) {
    self.mailbox = mailbox
    files = SavedFiles(of: session)
    worker = try ConsoleWorker(session: session, story: story)
    details = try DetailReader(session: session)
  }

  /// Cancels the current run and gives it a few seconds to end in good order.
  ///
  /// A run that takes longer is left to its journal, which the next run recovers.
  func endRun() {
    cancelRun()
    _ = runs.wait(timeout: .now() + 10)
  }

  func cancelRun() {
    running.withLock { running in
      running.isCancelled = true
      running.run?.cancel()
    }
  }

  /// Stops reading what nobody waits for any more.
  func cancelReport() {
    reading.withLock { task in
      task?.cancel()
      task = nil
    }
  }

  /// Starts an effect and returns at once.
  func perform(_ effect: Effect) {
    switch effect {
    case .run, .perform:
      running.withLock { $0 = Running() }
      runs.enter()
    default: break
    }
    let task = Task.detached { [self] in
      switch effect {
      case .load: await load()
      case .reopen: await reopen()
      case .export(let export):
        await answer {
          .exported(path: try files.save(export))
        } orElse: {
          .saveFailed($0)
        }
      // Not on the worker's thread, which a listing may occupy for a long time.
      case .compute(let computation): mailbox.post(computation.answer())
      case .plan(let job, let request):
        await answer {
          let (plan, pace) = try await worker.plan(job, request)
          return .planned(plan, pace: pace)
        } orElse: {
          .planFailed($0)
        }
      case .preview(_, let partition):
        await answer {
          .previewed(partition, try await worker.preview(partition))
        } orElse: {
          .previewFailed(partition, $0)
        }
      case .run(let job, let request): await run(job, request)
      case .savePredicate(let name, let text, let replaces):
        await answer {
          try await worker.save(text, as: name, replacing: replaces)
          return .predicateSaved(name: name, text: text)
        } orElse: {
          .predicateFailed($0)
        }
      case .report(let job, let request):
        await answer {
          let (report, repairs) = try await worker.report(request, of: job)
          return .reported(report, for: request, repairs: repairs)
        } orElse: {
          .reportFailed($0)
        }
      case .detail(let request):
        await answer {
          .detailed(try await details.read(request), for: request)
        } orElse: {
          .detailFailed($0, for: request)
        }
      case .choosePartitions(let job, let choice):
        await answer {
          .chosen(try await worker.resolve(choice, of: job), for: choice)
        } orElse: {
          .reportFailed($0)
        }
      case .previewOperation(let job, let operation):
        await answer {
          .operationPreviewed(try await worker.preview(operation, of: job), of: operation)
        } orElse: {
          .operationFailed($0)
        }
      case .perform(let job, let operation, let expected, let note):
        await perform(operation, of: job, expected: expected, note: note)
      case .demoNext: await playDemo()
      case .cancelRun, .cancelReport, .copy, .saveScreen, .edit, .page, .repaint, .suspend, .quit:
        break
      }
    }
    switch effect {
    case .report, .choosePartitions, .previewOperation: reading.withLock { $0 = task }
    default: break
    }
  }

  private func answer(_ body: () async throws -> Message, orElse failure: (String) -> Message)
    async
  {
    let message: Message
    do {
      message = try await body()
    } catch {
      message = failure("\(error)")
    }
    // Whoever stopped waiting may be waiting for something else by now.
    if !Task.isCancelled { mailbox.post(message) }
  }

  private func load() async {
    await readPredicates()
    await answer {
      let statuses = try await worker.load()
      await details.take(statuses, of: worker.session)
      return .loaded(statuses, at: Date())
    } orElse: {
      .loadFailed($0)
    }
  }

  /// Reads dovetail.yaml anew, and everything with it.
  private func reopen() async {
    do {
      try await worker.reopen()
    } catch {
      return mailbox.post(.definitionFailed("\(error)"))
    }
    await load()
  }

  /// Posts the predicates that are saved, those of others too.
  private func readPredicates() async {
    await answer {
      let (texts, failures) = try await worker.savedPredicates()
      return .savedPredicates(texts, failures: failures)
    } orElse: {
      .savedPredicates([:], failures: [$0])
    }
  }

  private func run(_ job: String, _ request: RunRequest) async {
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
            ? "Cancelled before anything ran; what was pending still is." : "\(error)"))
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

  private func perform(
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

  private func playDemo() async {
    do {
      let (step, next) = try await worker.playDemo()
      mailbox.post(
        .demoStepDone(
          title: step?.title ?? "The story is at its end",
          explanation: step?.explanation ?? ""))
      mailbox.post(.demoStep(next: next))
    } catch {
      mailbox.post(.demoFailed("\(error)"))
    }
  }
}
