import PartitionPredicate
import Wording

/// Looks for what may be unintended in a job: in its definition, in the listings, and in a sample of its rows.
public struct JobLint: Sendable {
  private let planner: Planner
  private let engine: any JoinEngine

  /// Creates a lint that plans with a planner and reads rows with an engine.
  public init(planner: Planner, engine: any JoinEngine) {
    self.planner = planner
    self.engine = engine
  }

  /// What may be unintended in a job, input by input.
  ///
  /// - Parameters:
  ///   - report: The listings.
  ///   - sample: For how many output partitions to read rows, to look for partners in other partitions.
  /// - Returns: The findings, grouped by input.
  /// - Throws: `PlanError`, `EngineError`, or what the ledger throws.
  public func findings(_ report: PendingReport, sample: Int) async throws -> [JobFinding] {
    let job = report.job
    var findings: [JobFinding] = []
    let sampled = Self.sample(sample, of: report)
    let plan = try await planner.plan(report, RunRequest(partitions: sampled))
    for index in job.inputs.indices {
      let input = job.inputs[index]
      if !job.inputs[..<index].contains(where: { $0.table.name.exact == input.table.name.exact }),
        let finding = UndeclaredTimeKeys.finding(job, input: index, listed: report.snapshots[index])
      {
        findings.append(finding)
      }
      findings += Self.unsaidKeys(of: job, input: index)
      findings += Self.dates(of: job, input: index, plan.columns)
      findings += Self.borders(of: job, input: index)
      if let warning = plan.reads[index].warning {
        findings.append(JobFinding(.note, input: job.inputs[index].name, warning))
      }
      if let finding = try await strays(of: plan, report, input: index) { findings.append(finding) }
    }
    return findings
  }

  /// Some partitions in which every input has rows, evenly spread.
  private static func sample(_ count: Int, of report: PendingReport) -> [Partition] {
    let whole = report.known.filter { partition in
      partition.hold == nil && partition.bytes <= StraySearch.maxBytes
        && partition.inputs.allSatisfy { $0.version != nil }
    }
    guard count > 0, !whole.isEmpty else { return [] }
    let count = min(count, whole.count)
    return (0..<count).map { whole[($0 * 2 + 1) * whole.count / (count * 2)].partition }
  }

  private func strays(of plan: Plan, _ report: PendingReport, input index: Int) async throws
    -> JobFinding?
  {
    let search = StraySearch(
      engine: engine, files: planner.storage.files, plan: plan, listed: report.known)
    var (sampled, found, looked) = (0, 0, 0)
    for unit in plan.units {
      guard let result = try await search.strays(of: unit, input: index) else { continue }
      sampled += result.sample.sampled
      found += result.sample.found
      looked += 1
    }
    guard found > 0 else { return nil }
    let job = plan.job
    let (first, other) = (job.inputs[0], job.inputs[index])
    let places = Quantity.count(looked, "sampled partition")
    let advice =
      first.table.time != nil && other.table.time != nil
      ? "`within:` or `asof:` in the join also reads the neighboring partitions."
      : "If they belong together by time, declare `time:` of both tables and write `within:` or `asof:` in "
        + "the join, which also read the neighboring partitions."
    return JobFinding(
      .warning, input: other.name,
      "in \(places), \(found) of \(sampled) values of the join's columns that meet nothing are found in another "
        + "partition of \(other.name): these matches are lost. \(advice)")
  }

  /// A key of both inputs other than time is compared in a join by time, whether `on:` names it or not.
  private static func unsaidKeys(of job: JobDefinition, input index: Int) -> [JobFinding] {
    guard let condition = job.condition(ofInput: index), condition.time != nil else { return [] }
    let (first, other) = (job.inputs[0], job.inputs[index])
    return first.table.keys.indices.compactMap { place in
      let own = first.table.keys[place].name
      let name = first.renames.first { $0.own.isSameName(as: own) }?.name ?? own
      guard let match = other.table.place(ofKey: name, other.renames),
        !first.table.isTimeKey(place), !other.table.isTimeKey(match),
        !condition.on.contains(where: { $0.first.isSameName(as: own) })
      else { return nil }
      return JobFinding(
        .note, input: other.name,
        "\(own) is a partition key of \(first.name) and of \(other.name), so only rows that are equal in it meet. "
          + "Name it in `on:`, so that this remains true if a table is partitioned differently.")
    }
  }

  /// A day has no time of day: it stands for its midnight.
  private static func dates(
    of job: JobDefinition, input index: Int, _ columns: [String: [Column]]
  ) -> [JobFinding] {
    guard let condition = job.condition(ofInput: index), condition.time != nil else { return [] }
    let (first, other) = (job.inputs[0], job.inputs[index])
    func isDate(_ input: JobInput) -> Bool? {
      let type = input.table.time.flatMap { time in
        columns[input.name]?.first { $0.name.isSameName(as: time.column) }?.type
      }
      return type.map { $0.exact.uppercased == "DATE".exact }
    }
    guard let own = isDate(first), let others = isDate(other), own != others else { return [] }
    let (day, instant) = own ? (first, other) : (other, first)
    return [
      JobFinding(
        .warning, input: other.name,
        "the time of \(day.name) is a DATE, which is 00:00 of its day, and that of \(instant.name) is not: rows of "
          + "one day are up to a day apart. Widen the window or tolerance by 1d if rows of the same day should meet."
      )
    ]
  }

  /// Rows of tables that are related by time meet only within one output partition, unless the join is by time.
  private static func borders(of job: JobDefinition, input index: Int) -> [JobFinding] {
    guard let condition = job.condition(ofInput: index), condition.time == nil,
      let first = job.inputs[0].table.time, let other = job.inputs[index].table.time,
      let grain = first.keys.grain, let otherGrain = other.keys.grain, grain != otherGrain
    else { return [] }
    return [
      JobFinding(
        .note, input: job.inputs[index].name,
        "\(job.inputs[0].name) is partitioned by \(grain) and \(job.inputs[index].name) by \(otherGrain), and rows meet "
          + "only within one output partition. Where partners may be in another one, write `within:` or `asof:` "
          + "in the join.")
    ]
  }
}

extension JobDefinition {
  /// How an input is joined to the first one; nil for the first one and for `sql:`.
  fileprivate func condition(ofInput index: Int) -> JoinCondition? {
    index == 0 ? nil : transformation.conditions(inputs: inputs.count)?[index - 1]
  }
}
