import Console
import Dispatch
import Foundation
import IncrementalJoin
import Operations
import Reports
import Synchronization

/// Carries out the console's effects off the terminal's thread and posts the answers.
final class ConsoleEffects: Sendable {
  let worker: ConsoleWorker
  /// For what looks at the workspace without the worker, which a listing may occupy.
  let sessions: CurrentSession
  private let details: DetailReader
  let mailbox: Mailbox
  private let files: SavedFiles
  let runs = DispatchGroup()
  let running = Mutex(Running())
  /// The task that reads a report or a preview that somebody waits for.
  private let reading = Mutex<Task<Void, Never>?>(nil)

  /// The current run; a cancel that arrives before it has started is kept for it.
  struct Running {
    var run: JobRun?
    var isCancelled = false
  }

  init(session: Session, story: Story, mailbox: Mailbox) throws(ThreadError) {
    self.mailbox = mailbox
    files = SavedFiles(of: session)
    sessions = CurrentSession(session)
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
          let (plan, pace, refusal) = try await worker.plan(job, request)
          return .planned(plan, pace: pace, refusal: refusal)
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
      case .matches(let job, let load):
        await answer {
          .matched(try await details.matches(of: job), job: job, load: load)
        } orElse: {
          .matchesFailed($0)
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
      case .previewTables(let tables):
        await answer {
          .tablesPreviewed(try await worker.preview(tables), of: tables)
        } orElse: {
          .tablesFailed($0)
        }
      case .addTables(let expected):
        await answer {
          .tablesAdded(try await worker.addTables(expected))
        } orElse: {
          .tablesFailed($0)
        }
      case .demoNext: await playDemo()
      case .cancelRun, .cancelReport, .copy, .saveScreen, .edit, .page, .repaint, .suspend, .quit:
        break
      }
    }
    switch effect {
    case .report, .choosePartitions, .previewOperation, .previewTables:
      reading.withLock { $0 = task }
    default: break
    }
  }

  func answer(_ body: () async throws -> Message, orElse failure: (String) -> Message)
    async
  {
    let message: Message
    do {
      message = try await body()
    } catch {
      message = failure(error.consoleMessage)
    }
    // Whoever stopped waiting may be waiting for something else by now.
    if !Task.isCancelled { mailbox.post(message) }
  }

  /// Reads everything anew, dovetail.yaml too where it has changed.
  private func load() async {
    do {
      if try await worker.reopenIfChanged() { mailbox.post(.definitionRead) }
    } catch {
      mailbox.post(.definitionFailed(error.consoleMessage))
    }
    sessions.take(await worker.session)
    await readPredicates()
    await answer {
      let statuses = try await worker.load()
      await details.take(statuses, of: worker.session)
      return .loaded(statuses, at: Date())
    } orElse: {
      .loadFailed($0)
    }
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

  private func playDemo() async {
    do {
      let (step, next) = try await worker.playDemo()
      mailbox.post(
        .demoStepDone(
          title: step?.title ?? "The story is at its end",
          explanation: step?.explanation ?? ""))
      mailbox.post(.demoStep(next: next))
    } catch {
      mailbox.post(.demoFailed(error.consoleMessage))
    }
  }
}
