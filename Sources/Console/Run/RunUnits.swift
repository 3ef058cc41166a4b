import IncrementalJoin
import PartitionPredicate
import Reports

/// The partitions of a plan as its run begins, made once with the plan.
struct RunUnits: Sendable {
  /// The plan's id.
  let plan: String
  let units: ChunkedArray<RunProgress.Unit>
  let indexOf: [Partition: Int]
  /// The width of the longest path.
  let longestPath: Int
  /// The units that are staged, published and committed together, by their places.
  let batches: [Range<Int>]

  init(_ plan: Plan) {
    self.plan = plan.id
    batches = plan.batches
    units = ChunkedArray(
      batches.enumerated().flatMap { number, batch in
        plan.units[batch].map { unit in
          RunProgress.Unit(
            partition: unit.partition, path: unit.partition.path.text, batch: number,
            reason: unit.reasonText, rowsBefore: unit.isPublished ? unit.published?.countedRows : 0)
        }
      })
    indexOf = Dictionary(
      units.enumerated().map { ($1.partition, $0) }, uniquingKeysWith: { first, _ in first })
    longestPath = NameColumn.longest(units.lazy.map(\.path))
  }
}
