public import Foundation
public import PartitionPredicate

/// What is pending for one job, and the listings behind it.
public struct PendingReport: Sendable {
  /// The job whose inputs were listed, as it is defined now.
  public let job: JobDefinition
  /// One snapshot an input, in the job's order.
  public let snapshots: [Snapshot]
  /// Every partition that an input has, that a position knows or that is published, pending or not, in order.
  public let known: [PendingPartition]
  /// The positions of the known partitions that have one.
  public let positions: [Partition: Position]
  /// The newest lineage of every partition that was ever built.
  public let lineages: PartitionRecords<Lineage>
  /// The removals that runs held back and whose inputs are unchanged, released ones included.
  let withheld: [Partition: WithheldRemoval]
  /// Known partitions whose position is behind what is published: a paused run published them, or an operator went
  /// back.
  let behind: Set<Partition>
  /// What has the content of a version that a position or lineage refers to, as only digests could show: stamps that
  /// differ, as in a copied workspace, or a file that was not final.
  let confirmed: [VersionReference: PartitionVersion]
  /// All versions that are known to have the same content, these included.
  let same: [VersionReference: Set<VersionReference>]
  /// Output partitions whose publish was interrupted; the next run recovers them.
  public let unfinished: [Partition]
  /// The partitions that were built and of which nothing is published; few, so that looking one up costs little.
  public internal(set) var withoutRows: Set<Partition> = []
  /// The inputs that have no file of a partition, and whose earlier files the job consumed, their deletion too.
  var deleted: [Partition: Set<ExactText>] = [:]

  /// The partitions that differ from their position, held ones included, in order.
  public var pending: [PendingPartition] { known.filter { !$0.reasons.isEmpty } }

  /// What the listings found and could not count as data.
  public var problems: [ListingProblem] {
    var seen: Set<ListingProblem> = []
    return snapshots.flatMap(\.problems).filter { seen.insert($0).inserted }
  }

  /// When the first listing began.
  public var listedAt: Date { snapshots.map(\.listedAt).min() ?? .distantPast }

  /// Inputs that positions know files of and that have none at all now.
  public var emptiedInputs: [String] {
    zip(job.inputs, snapshots).filter { input, snapshot in
      snapshot.partitions.isEmpty && snapshot.isWhole
        && known.contains { partition in
          partition.reasons.contains { reason in
            if case .inputChanged(let change) = reason { change.input == input.name } else { false }
          }
        }
    }.map(\.0.name)
  }

  /// The index of the first known partition that is not before a partition.
  func place(of partition: Partition) -> Int {
    var places = known.startIndex..<known.endIndex
    while !places.isEmpty {
      let middle = places.lowerBound + places.count / 2
      places =
        known[middle].partition < partition
        ? middle + 1..<places.upperBound : places.lowerBound..<middle
    }
    return places.lowerBound
  }

  /// The same report with other partitions in place of the known ones.
  func replacing(known: [PendingPartition]) -> PendingReport {
    PendingReport(
      job: job, snapshots: snapshots, known: known, positions: positions, lineages: lineages,
      withheld: withheld, behind: behind, confirmed: confirmed, same: same,
      unfinished: unfinished, withoutRows: withoutRows, deleted: deleted)
  }

  /// Whether a listed version is the one that is referred to, or a copy of it.
  func isCopy(_ version: PartitionVersion?, of reference: VersionReference?) -> Bool {
    guard let version, let reference else { return version == nil && reference == nil }
    return version.id == reference.version
      || same[reference]?.contains(VersionReference(version)) ?? false
  }
}
