import IncrementalJoin
import LocalStorage
import Operations
import PartitionPredicate
import Workspace

/// What a predicate applies to: a table's keys and its known partitions.
struct PredicateScope {
  /// The title shown to people: `input flights of flights_weather`, `table flights`.
  let title: String
  let keys: [PartitionKey]
  /// The partitions in order; for a job's input, including those that only another input has.
  let partitions: [Partition]
  /// The partitions of the table itself.
  let listings: [Partition: PartitionListing]
  /// What is pending for the job; nil when the scope is a table alone.
  let report: PendingReport?
  /// The index of the input in the job.
  private var input = 0
  /// What a run would load; nil when the scope is a table alone.
  let generated: GeneratedPredicate?
  /// What `current_date` means, in days since 1970-01-01.
  let today: Int

  init(_ report: PendingReport, input: JobInput, _ today: Int) {
    let generated = report.generated(forInput: input)
    let index = report.job.inputs.firstIndex { $0.name == input.name }
    title = "input \(input.name) of \(report.job.name)"
    keys = generated.keys
    partitions = generated.known
    listings = index.map { report.snapshots[$0].partitions } ?? [:]
    self.report = report
    self.input = index ?? 0
    self.generated = generated
    self.today = today
  }

  /// Lists a table; anything that could not be listed is an error.
  init(_ session: Session, table: TableDefinition, _ today: Int) async throws {
    let snapshot = await session.storage.tables.snapshot(of: table)
    if let failure = snapshot.failure { throw PlanError.listing(failure) }
    for problem in snapshot.problems { StandardError.write("dovetail: \(problem)") }
    title = "table \(table.name)"
    keys = table.keys
    partitions = snapshot.partitions.keys.sorted()
    listings = snapshot.partitions
    report = nil
    generated = nil
    self.today = today
  }

  /// Why a run would read or skip a partition, worded as the end of a sentence; nil when the scope is a table alone.
  func status(of partition: Partition) -> String? {
    report?.status(of: partition, input: input)
  }

  /// Parses a predicate over the keys; nil means the generated one.
  ///
  /// - Throws: `PushdownPredicateError`, or a usage error when there is none to generate.
  func outline(_ text: String?) throws -> PredicateOutline {
    if let text { return try PredicateOutline(text, keys: keys, today: today) }
    guard let generated else {
      throw UsageError(
        "A table alone has no generated predicate, only a job's input has. Give one, or choose an "
          + "input with --job and --input.")
    }
    return try PredicateOutline(generated.text(.compact), keys: keys, today: today)
  }

  /// The partitions that a predicate selects, in order.
  func select(_ predicate: PushdownPredicate) -> [Partition] {
    predicate.filter(partitions)
  }

  /// The number and size of the files of some partitions in the table itself.
  func files(of partitions: [Partition]) -> (count: Int, bytes: Int64) {
    partitions.compactMap { listings[$0]?.version }
      .reduce((0, 0)) { ($0.0 + $1.files.count, $0.1 + $1.bytes) }
  }
}
