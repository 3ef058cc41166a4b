import PartitionPredicate
import Wording

extension Plan {
  /// Refuses a plan that would treat a whole input as deleted, or more of it than the job's limit: an
  /// unmounted disk must not empty the output.
  ///
  /// Results without rows are counted while it runs, see `RemovalCount`.
  ///
  /// - Throws: `PlanError.emptied` or `.lost`.
  public func checkLosses() throws(PlanError) {
    if let name = emptiedInputs.first, let input = job.inputs.first(where: { $0.name == name }) {
      throw .emptied(job: job.name, input: name, location: input.table.location)
    }
    guard !units.isEmpty, let loss = losses.first(where: { $0.isBeyond(job.limits.removals) })
    else { return }
    throw .lost(job: job.name, loss, limit: job.limits.removals)
  }

  /// Refuses a plan that is larger than the job's limits allow.
  ///
  /// - Throws: `PlanError.ceiling`.
  public func checkSize() throws(PlanError) {
    if let allowed = job.limits.maxPartitions, units.count > allowed {
      throw .ceiling(
        job: job.name, limit: "max_partitions", planned: Quantity.count(units.count, "partition"),
        allowed: Quantity.number(allowed))
    }
    if let allowed = job.limits.maxBytes, bytes > allowed {
      throw .ceiling(
        job: job.name, limit: "max_bytes", planned: Quantity.count(bytes, "byte"),
        allowed: Quantity.number(allowed))
    }
  }

  /// Refuses a plan over inputs whose tables are declared differently than when their positions were taken.
  ///
  /// - Throws: `PlanError.sourceChanged`.
  public func checkSources() throws(PlanError) {
    for input in job.inputs {
      guard let differences = sourceChanges[input.name] else { continue }
      throw .sourceChanged(job: job.name, input: input.name, differences: differences)
    }
  }

  /// Refuses a plan after which some published partitions would have other types than the rest.
  ///
  /// - Throws: `PlanError.mixedTypes`.
  public func checkTypes() throws(PlanError) {
    guard switchesTypes else { return }
    let left = otherTypes.subtracting(units.map(\.partition)).sorted()
    guard let first = left.first else { return }
    let holds = Dictionary(held.map { ($0.partition, $0.hold) }, uniquingKeysWith: { $1 })
    // What a wider run would build is named before what no run builds for now.
    let example = left.first { holds[$0] == nil } ?? first
    throw .mixedTypes(
      job: job.name, types: types, partition: example.path, count: left.count,
      hold: holds[example] ?? nil)
  }

  /// The checks of a plan before it runs, except those that the operator waived.
  ///
  /// - Throws: `PlanError`, the first that applies.
  public func check(_ request: RunRequest) throws(PlanError) {
    if request.stagesOnly, switchesTypes {
      throw .stagedSwitch(job: job.name, types: types)
    }
    try checkTypes()
    if !request.acceptsSources { try checkSources() }
    if !request.allowsRemovals { try checkLosses() }
    if !request.exceedsLimits { try checkSize() }
  }
}
