import Console
import Dispatch
import Foundation
import IncrementalJoin
import Synchronization
import Workspace

/// Carries out the console's effects off the terminal's thread and posts the answers.
final class ConsoleEffects: Sendable {
  private let worker: Worker
  private let mailbox: Mailbox
  private let runs = DispatchGroup()
  private let running = Mutex(Running())

  /// The run that goes on; a cancel that comes before it has started is kept for it.
  private struct Running {
    var run: JobRun?
    var isCancelled = false
  }

  init(session: Session, story: Story, mailbox: Mailbox) {
    self.mailbox = mailbox
    worker = Worker(session: session, story: story)
  }

  /// Cancels the run that goes on, and gives it some seconds to end in order.
  ///
  /// One that takes longer is left to its journal, which the next run recovers.
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

  /// Begins an effect and returns at once.
  func perform(_ effect: Effect) {
    if case .run = effect {
      running.withLock { $0 = Running() }
      runs.enter()
    }
    Task.detached { [self] in
      switch effect {
      case .load:
        await readPredicates()
        await answer {
          .loaded(try await worker.load(), at: Date())
        } orElse: {
          .loadFailed($0)
        }
      case .plan(let job, let request):
        await answer {
          .planned(try await worker.plan(job, request))
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
      case .demoNext: await playDemo()
      case .cancelRun, .copy, .saveScreen, .suspend, .quit: break
      }
    }
  }

  private func answer(_ body: () async throws -> Message, orElse failure: (String) -> Message)
    async
  {
    do {
      mailbox.post(try await body())
    } catch {
      mailbox.post(failure("\(error)"))
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

  private func run(_ job: String, _ request: RunRequest) async {
    defer { runs.leave() }
    do {
      let run = try await worker.start(job, request)
      running.withLock { running in
        running.run = run
        if running.isCancelled { run.cancel() }
      }
      for try await event in run.events { mailbox.post(.runEvent(event, at: Date())) }
      mailbox.post(.runEnded)
    } catch is CancellationError {
      mailbox.post(.runFailed("Cancelled before anything ran; what was pending still is."))
    } catch {
      mailbox.post(.runFailed("\(error)"))
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
      mailbox.post(.demoFailed("\(error)"))
    }
  }
}

/// Listing and planning, which block, on a thread of their own.
private actor Worker {
  private let executor = ThreadExecutor(name: "dovetail.console")
  private let session: Session
  private let story: Story
  /// The last plan, from which rows are previewed.
  private var plan: Plan?

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(session: Session, story: Story) {
    self.session = session
    self.story = story
  }

  func load() throws -> [JobStatus] {
    try session.workspace.jobs.map { try session.status(of: $0) }
  }

  func plan(_ job: String, _ request: RunRequest) async throws -> Plan {
    let job = try session.workspace.job(named: job)
    let plan = try await session.plan(
      job, rerunning: request.partitions, where: request.filter)
    self.plan = plan
    return plan
  }

  func preview(_ partition: Partition) async throws -> SampleRows {
    guard let plan, let unit = plan.units.first(where: { $0.partition == partition }) else {
      throw CancellationError()
    }
    return try await session.engine(for: plan.job).preview(unit, of: plan, limit: 50)
  }

  func start(_ job: String, _ request: RunRequest) throws -> JobRun {
    let job = try session.workspace.job(named: job)
    return try session.runner(for: job).start(job, request)
  }

  /// What can be read, and why the rest cannot.
  func savedPredicates() throws -> (texts: [String: String], failures: [String]) {
    let saved = session.workspace.predicates
    var texts: [String: String] = [:]
    var failures: [String] = []
    for name in try saved.names() {
      do {
        texts[name] = try saved.text(of: name)
      } catch {
        failures.append("\(error)")
      }
    }
    return (texts, failures)
  }

  func save(_ text: String, as name: String, replacing replaces: Bool) throws {
    try session.workspace.predicates.save(text, as: name, replacing: replaces)
  }

  func playDemo() throws -> (played: StoryStep?, next: String?) {
    let step = try story.playNext()
    return (step, story.next?.title)
  }
}
