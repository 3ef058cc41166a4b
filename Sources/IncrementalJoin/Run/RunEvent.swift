public import PartitionPredicate

/// What happens during a run, in order.
public enum RunEvent: Sendable {
  /// An interrupted publish of an earlier run was finished (`isCommitted`) or rolled back.
  case recovered(partition: Partition, isCommitted: Bool)
  /// A listing of an input made progress, or has ended.
  case listing(ListingCount)
  /// The plan that is about to run. Without units, the run ends here.
  case planned(Plan)
  case started(RunID)
  case staging(Partition)
  /// The done share of a partition's staging, from 0 to 1.
  case progress(Partition, Double)
  case staged(Partition, StagedRows)
  case failed(Partition, message: String)
  case published(Partition)
  /// The partition's join is empty; it has no published folder (any more).
  case removed(Partition)
  /// The staged rows are the published ones: the published files stay as they are.
  case unchanged(Partition)
  /// Published partitions whose results have no rows are kept and held, because too many would be gone.
  case withheld([Partition], RemovalCount)
  /// Positions of partitions moved without a build.
  case moved([Partition])
  /// What was staged waits for the operator.
  case kept([Partition])
  case committed([Partition])
  /// The last event.
  case finished(RunSummary)
}

/// How a run ended, with everything that exit status and last line need.
public struct RunSummary: Hashable, Sendable {
  /// nil when there was nothing to do.
  public var run: RunID?
  /// `Plan.id` of the plan: 12 hexadecimal digits.
  public var plan: String
  /// The job's name in `dovetail.yaml`.
  public var job: String
  /// How the run ended; `.succeeded` also when there was nothing to do.
  public var state: RunState
  /// Partitions whose new content is published and committed.
  public var committed = 0
  /// Those among them that are empty now.
  public var removed = 0
  /// How many of them kept their published files, because the rows are the same.
  public var unchanged = 0
  /// Partitions whose position moved without a build, since their inputs were only compacted.
  public var compacted = 0
  /// Partitions whose position moved without a build, since files that landed cannot change them.
  public var outOfReach = 0
  /// Partitions whose position an operation moved.
  public var moved = 0
  /// Partitions whose published files are known from now on, of unknown origin.
  public var adopted = 0
  /// Partitions that are staged and wait for the operator.
  public var staged = 0
  /// Pending partitions that the bounds of the run left for later ones.
  public var postponed = 0
  /// In the order in which they were found.
  public var failures: [PartitionFailure] = []
  /// Partitions that were not staged because the run was cancelled; they stay pending.
  public var cancelled = 0
  /// Pending partitions that the plan left out for now; see `Hold`.
  public var held = 0
  /// Partitions that this run would have emptied but kept: held, or still staged.
  public var withheld: [Partition] = []
  /// All partitions of the job that are held because they would be emptied, in order.
  public var wouldBeEmptied: [Partition] = []
  /// Why they are held, in figures: those of this run, or of the one that held them back.
  public var removals: RemovalCount?
  /// How many partitions an operator released although they would be emptied.
  public var released = 0
  /// Rows written.
  public var rows: Int64 = 0
  /// Bytes written.
  public var bytesWritten: Int64 = 0
  /// Bytes read.
  public var bytesRead: Int64 = 0
  /// The number of data files of all staged partitions.
  public var filesRead = 0
  /// The engine's sentences for the operator, in the order in which partitions were staged.
  public var warnings: [String] = []
  /// What the listings found and could not count as data.
  public var problems: [ListingProblem] = []
  /// What the match ledger shows to be worse than in the job's history.
  public var alarms: [MatchAlarmGroup] = []
  /// Where the time went.
  public var timings = RunTimings()
  /// How the positions were treated.
  public var mode: BookmarkMode
  /// The time since the run was started, listing included; zero when there was nothing to do.
  public var elapsed: Duration = .zero

  /// Starts the summary of an operation without a plan, in which nothing has happened.
  public init(job: String, run: RunID? = nil, plan: String = "") {
    self.run = run
    self.plan = plan
    self.job = job
    state = .succeeded
    mode = .enable
  }

  /// Starts a summary in which nothing has happened.
  public init(run: RunID?, plan: Plan) {
    self.run = run
    self.plan = plan.id
    self.job = plan.job.name
    self.state = .succeeded
    self.mode = plan.mode
    self.held = plan.held.count
    wouldBeEmptied = plan.wouldBeEmptied.map(\.partition)
    removals = plan.wouldBeEmptied.first?.hold?.removals
    self.postponed = plan.postponed
    self.problems = plan.problems
  }

  /// Data that no partition can hold was left out: the run cannot count as complete.
  public var hasMisplacedData: Bool { problems.contains { $0.severity == .misplaced } }
}

/// Why one partition could not be built or published.
public struct PartitionFailure: Hashable, Sendable {
  /// The output partition.
  public let partition: Partition
  /// The sentence for the operator: what failed, where, and what to do next.
  public let message: String

  /// Creates the account of a failure.
  public init(partition: Partition, message: String) {
    self.partition = partition
    self.message = message
  }
}
