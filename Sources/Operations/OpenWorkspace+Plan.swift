public import IncrementalJoin
public import PartitionPredicate

extension OpenWorkspace {
  /// Plans a request without carrying it out.
  ///
  /// - Throws: `PlanError`, `EngineError`, or what the ledger throws.
  public func plan(_ job: JobDefinition, _ request: RunRequest) async throws -> Plan {
    let engine = try engine(for: job)
    let planner = Planner(storage: storage, ledger: try ledger(), schemas: engine, rows: engine)
    return try await planner.plan(planner.report(job, for: request), request)
  }

  /// How fast the last runs of a job built; nil when it has built nothing yet.
  ///
  /// - Throws: What the ledger throws.
  public func pace(of job: JobDefinition) throws -> RunPace? {
    RunPace(of: try ledger().runs(job: job.name, limit: 100))
  }

  /// What a run of a plan would encounter.
  ///
  /// - Throws: As ``outputRefusal(of:)``.
  public func forecast(of plan: Plan) async throws -> PlanForecast {
    PlanForecast(
      refusal: try await refusal(of: plan), pace: plan.units.isEmpty ? nil : try pace(of: plan.job))
  }

  private func refusal(of plan: Plan) async throws -> String? {
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

  /// What may be unintended in a job: in its definition, in the listings, and in a sample of its rows.
  ///
  /// - Throws: `PlanError`, `EngineError`, or what the ledger throws.
  public func findings(_ report: PendingReport, sample: Int) async throws -> [JobFinding] {
    let engine = try engine(for: report.job)
    return try await JobLint(
      planner: Planner(storage: storage, ledger: try ledger(), schemas: engine), engine: engine
    ).findings(report, sample: sample)
  }

  /// The partitions that a choice selects; nil for all.
  ///
  /// - Throws: `PartitionChoiceError`, or as ``report(of:looking:)``.
  public func partitions(_ choice: PartitionChoice, of job: JobDefinition) async throws
    -> [Partition]?
  {
    try choice.resolve(in: try await report(of: job), ledger: try ledger())
  }
}

/// What a run of a plan would encounter.
public struct PlanForecast: Hashable, Sendable {
  /// Why it would be refused without consent; nil when it would not be.
  public let refusal: String?
  /// How fast it may go; nil when there is nothing to build, or the job has never built anything.
  public let pace: RunPace?

  /// Creates a forecast.
  public init(refusal: String?, pace: RunPace?) {
    self.refusal = refusal
    self.pace = pace
  }
}
