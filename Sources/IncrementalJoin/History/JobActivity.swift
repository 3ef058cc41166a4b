/// Who works on a job at this moment, and how far that is.
public struct JobActivity: Hashable, Sendable {
  /// The job's name in `dovetail.yaml`.
  public let job: String
  /// Who holds the output's lock; nil when nobody does.
  public let holder: LockHolder?
  /// The run that the ledger says is in progress; nil before it has planned, and for one of another workspace.
  public let run: RunRecord?
  /// The partitions of that run that have ended so far, in the order of their paths.
  public let units: [WorkUnitRecord]
  /// The partitions that are pending still and not held; nil when nobody works on the job.
  public let pending: Int?

  /// Creates an activity.
  public init(
    job: String, holder: LockHolder?, run: RunRecord?, units: [WorkUnitRecord] = [],
    pending: Int? = nil
  ) {
    self.job = job
    self.holder = holder
    self.run = run
    self.units = units
    self.pending = pending
  }

  /// Looks who works on a job.
  ///
  /// - Parameters:
  ///   - job: The job.
  ///   - holder: Who holds its output's lock.
  ///   - report: What is pending; nil when nobody holds the lock.
  ///   - ledger: Where its runs are recorded.
  /// - Throws: What the ledger throws.
  public init(
    of job: JobDefinition, holder: LockHolder?, _ report: PendingReport?,
    ledger: any LedgerReader
  ) throws {
    let run = try ledger.runs(job: job.name, limit: 1).first { $0.state == .running }
    self.init(
      job: job.name, holder: holder, run: run,
      units: try run.map { try ledger.workUnits(run: $0.id, keys: job.output.keys) } ?? [],
      pending: report?.pending.count { $0.hold == nil })
  }

  /// Whether a run is recorded as in progress that nobody carries on: its process died.
  public var isAbandoned: Bool { holder == nil && run != nil }

  /// The partitions that failed so far.
  public var failed: Int { units.count { $0.state == .failed } }

  /// The partitions that are staged and not published yet.
  public var staged: Int { units.count { $0.state == .staged } }

  /// The partitions that were committed so far, those without rows included.
  public var committed: Int {
    units.count { unit in
      switch unit.state {
      case .committed, .removed, .unchanged, .moved, .adopted: true
      case .staged, .held, .failed, .cancelled: false
      }
    }
  }
}
