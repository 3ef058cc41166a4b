import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Workspace

/// Does the blocking work of listing and planning on a thread of its own.
actor ConsoleWorker {
  private let executor: ThreadExecutor
  private(set) var session: Session
  private let story: Story
  /// The last plan, whose rows are previewed.
  private var plan: Plan?
  /// The last tables that were previewed, which are added as they were shown.
  var addition: TableAddition?

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Starts the thread.
  ///
  /// - Throws: `ThreadError`.
  init(session: Session, story: Story) throws(ThreadError) {
    executor = try ThreadExecutor(name: "dovetail.console")
    self.session = session
    self.story = story
  }

  /// Reads dovetail.yaml anew when it has changed; what was read before stays when it has a mistake.
  ///
  /// - Returns: Whether it had changed.
  func reopenIfChanged() async throws -> Bool {
    guard !session.file.isCurrent else { return false }
    session = try await Session(folder: session.workspace.folder, readOnly: session.isReadOnly)
    return true
  }

  /// The hook that is told of runs.
  var hook: Hook? { session.hook }

  func load() async throws -> [JobStatus] {
    var statuses: [JobStatus] = []
    for job in session.workspace.jobs { statuses.append(try await session.status(of: job)) }
    return statuses
  }

  /// Makes a plan, and tells how fast the last runs of its job were, and why a run would be refused because of the
  /// output.
  func plan(_ job: String, _ request: RunRequest) async throws
    -> (plan: Plan, pace: RunPace?, refusal: String?)
  {
    let job = try session.workspace.job(named: job)
    let plan = try await session.plan(job, request)
    self.plan = plan
    let refusal =
      try await plan.units.isEmpty ? nil : session.outputRefusal(of: job)?.consoleSentence
    return (plan, try session.pace(of: job), refusal)
  }

  func preview(_ partition: Partition) async throws -> SampleRows {
    guard let plan, let unit = plan.units.first(where: { $0.partition == partition }) else {
      throw CancellationError()
    }
    return try await session.preview(unit, of: plan, limit: 50)
  }

  /// A report, with the partitions that a rerun would put right.
  func report(_ request: ReportRequest, of job: String) async throws
    -> (report: TextReport, repairs: [Partition])
  {
    try await session.report(request, of: job)
  }

  func resolve(_ choice: PartitionChoice, of job: String) async throws -> [Partition] {
    try await session.resolve(choice, of: job)
  }

  func start(_ job: String, _ request: RunRequest) throws -> JobRun {
    let job = try session.workspace.job(named: job)
    return try session.runner(for: job).start(job, request)
  }

  /// The predicates that can be read, and why the others cannot.
  // characters: names of predicates are ASCII
  func savedPredicates() throws -> (texts: [String: String], failures: [String]) {
    let saved = session.workspace.predicates
    var texts: [String: String] = [:]  // characters: names of predicates are ASCII
    var failures: [String] = []
    for name in try saved.names() {
      do {
        texts[name] = try saved.text(of: name)
      } catch {
        failures.append(error.consoleMessage)
      }
    }
    return (texts, failures)
  }

  func save(_ text: String, as name: String, replacing replaces: Bool) throws {
    try session.allowChanges()
    try session.workspace.predicates.save(text, as: name, replacing: replaces)
  }

  func playDemo() async throws -> (played: StoryStep?, next: String?) {
    try session.allowChanges()
    let step = try await story.playNext()
    return (step, story.next?.title)
  }
}
