import IncrementalJoin
import PartitionPredicate

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
  let outOfReach: Int
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
    outOfReach = summary.outOfReach
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
