public import Foundation
public import PartitionPredicate

/// A frozen decision: which output partitions a run builds, from exactly which files.
public struct Plan: Sendable {
  /// A name for exactly this work: it changes when the definition, the partitions or any pinned file does.
  public let id: String
  /// The job as it was defined when the plan was made.
  public let job: JobDefinition
  /// `.rerun` when the operator named the partitions, `.run` for the pending ones.
  public let kind: RunKind
  /// When the first listing began.
  public let listedAt: Date
  /// How the positions are treated.
  public let mode: BookmarkMode
  /// What was requested beyond the ordinary, in words: `window (3, 5]`; empty for what is pending.
  public let detail: String
  /// In the order in which they are built: that of their partitions, or its reverse.
  public let units: [WorkUnit]
  /// Partitions whose inputs were only compacted: their positions move, and nothing is built.
  public let compacted: [PendingPartition]
  /// Where the positions of partitions go that files which landed cannot change: nothing is built.
  public let outOfReach: [PositionMove]
  /// Pending partitions that the bounds of the run leave for later ones.
  public let postponed: Int
  /// Pending partitions that the plan leaves out for now.
  public let held: [PendingPartition]
  /// Partitions that would be emptied and that stay held, including those that the run was not asked to build.
  public let wouldBeEmptied: [PendingPartition]
  /// What would be gone after the run, as far as that is certain before it; nil when it certainly removes
  /// nothing without consent.
  public let removalCount: RemovalCount?
  /// What every input has lost, see `PendingReport.losses`.
  public let losses: [InputLoss]
  /// What the listings found and could not count as data; never of severity `.incomplete`.
  public let problems: [ListingProblem]
  /// What is read from every input, in the job's order.
  public let reads: [InputRead]
  /// The columns of every input, by its name.
  public let columns: [String: [Column]]
  /// What files showed of tables whose columns are neither declared nor pinned, by table name; the run
  /// pins it.
  public let seenColumns: [String: SeenColumns]
  /// The columns of the result, without the output's keys; empty for a plan without units.
  public let outputColumns: [Column]
  /// Whose types they have.
  public let types: OutputTypes
  /// The columns of the result that `OutputTypes.spark` writes as other types, whatever `types` is.
  public let conversions: [TypeConversion]
  /// Which parts of the definition may give different rows for the same files, one sentence each.
  public let definitionWarnings: [String]
  /// Units whose adopted content no run can replace, because the store would leave its files beside the new ones.
  public let fixed: [FixedPartition]
  /// Published partitions whose columns have other types than the plan's.
  public let otherTypes: Set<Partition>
  /// Inputs that had files and have none at all now.
  public let emptiedInputs: [String]
  /// How the inputs' tables differ from those that the positions refer to, by input name.
  public let sourceChanges: [String: [String]]
  /// How many partitions the output has now.
  public let publishedCount: Int
  /// Bytes that the output is expected to need until the replaced versions are swept.
  public let expectedBytes: Int64

  /// Bytes that the run reads.
  public var bytes: Int64 { units.reduce(0) { $0 + $1.bytes } }

  /// Files that the run reads.
  public var fileCount: Int { units.reduce(0) { $0 + $1.fileCount } }

  /// Whether published columns get other types, which happens to all partitions together or to none.
  public var switchesTypes: Bool {
    job.output.types != nil && !units.isEmpty && !otherTypes.isEmpty
  }

  /// Published partitions that the run is certain to remove.
  public var removals: [Partition] {
    units.filter { $0.isPublished && $0.isSurelyEmpty }.map(\.partition)
  }
}

extension Plan {
  /// What a run does, in order; empty when there is nothing to do.
  public var steps: [PlanStep] { steps(stagesOnly: false) }

  /// The units that are staged, published and committed together, by their places in `units`.
  public var batches: [Range<Int>] {
    let size = switchesTypes ? units.count : PlanStep.batchSize
    return PlanStep.batches(of: Array(units.indices), size: size).map { $0[0]..<$0[0] + $0.count }
  }

  /// What a run does, in order; it may end after staging.
  public func steps(stagesOnly: Bool) -> [PlanStep] {
    var moves: [PlanStep] = []
    if !compacted.isEmpty, !stagesOnly { moves.append(move) }
    if !outOfReach.isEmpty, !stagesOnly { moves.append(.move(outOfReach, because: .outOfReach)) }
    guard !units.isEmpty else { return moves }
    let work = batches.map { Array(units[$0]) }.flatMap { batch -> [PlanStep] in
      let partitions = batch.map(\.partition)
      return stagesOnly
        ? [.stage(batch), .keep(partitions)]
        : [.stage(batch), .publish(partitions), .commit(partitions)]
    }
    let mayRemove = !stagesOnly && units.contains(where: \.isPublished)
    return moves + [.checkSpace(bytes: expectedBytes)] + work
      + (mayRemove ? [.removeEmptied(limit: job.limits.removals)] : [])
      + (stagesOnly ? [] : [.sweep])
  }

  /// The positions of partitions whose inputs were only compacted go to the files of now.
  private var move: PlanStep {
    let definition = job.fingerprint
    return .move(
      compacted.map {
        PositionMove(
          partition: $0.partition, definition: definition, inputs: $0.versions)
      }, because: .compaction)
  }
}
