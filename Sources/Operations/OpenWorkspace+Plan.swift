public import IncrementalJoin
public import PartitionPredicate

extension OpenWorkspace {
  /// Plans what a request asks for, without doing it.
  ///
  /// - Throws: `PlanError`, `EngineError`, or what the ledger throws.
  public func plan(_ job: JobDefinition, _ request: RunRequest) async throws -> Plan {
    let engine = try engine(for: job)
    let planner = Planner(storage: storage, ledger: try ledger(), schemas: engine, rows: engine)
    return try await planner.plan(planner.report(job, for: request), request)
  }

  /// Why a run would refuse a plan without a consent; nil when it would not.
  ///
  /// - Throws: As ``outputRefusal(of:)``.
  public func refusal(of plan: Plan) async throws -> String? {
    if let refusal = try await outputRefusal(of: plan.job) { return refusal.description }
    do {
      try plan.check(RunRequest())
      return nil
    } catch {
      return error.description
    }
  }

  /// The first rows that building a unit of a plan would write.
  ///
  /// - Throws: `EngineError`, `PinError`.
  public func preview(_ unit: WorkUnit, of plan: Plan, limit: Int) async throws -> SampleRows {
    try await engine(for: plan.job).preview(unit, of: plan, in: storage.files, limit: limit)
  }

  /// What may not be meant in a job: in its definition, in what is listed, and in a sample of its rows.
  ///
  /// - Throws: `PlanError`, `EngineError`, or what the ledger throws.
  public func findings(_ report: PendingReport, sample: Int) async throws -> [JobFinding] {
    let engine = try engine(for: report.job)
    return try await JobLint(
      planner: Planner(storage: storage, ledger: try ledger(), schemas: engine), engine: engine
    ).findings(report, sample: sample)
  }

  /// The partitions that a choice means; nil for all.
  ///
  /// - Throws: `PartitionChoiceError`, or as ``report(of:looking:)``.
  public func partitions(_ choice: PartitionChoice, of job: JobDefinition) async throws
    -> [Partition]?
  {
    try choice.resolve(in: try await report(of: job), ledger: try ledger())
  }
}
