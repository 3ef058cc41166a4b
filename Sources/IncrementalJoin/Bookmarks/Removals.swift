public import PartitionPredicate
import Wording

/// How many of a job's published partitions would be gone after a run, counted over its last runs.
public struct RemovalCount: Hashable, Sendable, Codable {
  /// Partitions that the last runs removed without anybody's consent, and that are still gone.
  public let earlier: Int
  /// Partitions that the run itself would remove, without those that an operator allowed.
  public let new: Int
  /// The number of partitions that were published before the first of these runs or since, without those removed with
  /// consent.
  public let published: Int
  /// The share of `published`, from 0 to 1, that may be gone.
  public let limit: Double

  /// Creates a count.
  public init(earlier: Int, new: Int, published: Int, limit: Double) {
    self.earlier = earlier
    self.new = new
    self.published = published
    self.limit = limit
  }

  /// How many runs that build are counted, the newest ones; further removals are forgotten.
  public static let countedRuns = 10

  /// Whether more would be gone than may be.
  public var isBeyond: Bool {
    // The margin keeps 29 of 100 within a limit of 0.29, which has no exact Double.
    new > 0 && Double(earlier + new) > limit * Double(published) + 1e-9
  }

  /// Counts what a run would remove, together with what the last runs have removed.
  ///
  /// What an undo put back is not gone; what an undo removed was seen and confirmed by an operator.
  ///
  /// - Parameters:
  ///   - job: The job.
  ///   - removed: The published partitions to be removed, with consent or without.
  ///   - allowed: Those that an operator allowed to be removed.
  ///   - ledger: What was published, and by which run.
  /// - Throws: what the ledger throws.
  public init(
    of job: JobDefinition, removing removed: Set<Partition>, allowed: Set<Partition>,
    in ledger: any LedgerReader
  ) throws {
    var first = RunID.max
    var builds = 0
    var past: [PartitionRecords<Lineage>] = []
    for run in try ledger.runs(job: job.name, limit: .max) where builds < Self.countedRuns {
      if run.kind.isBuild { builds += 1 }
      first = run.id
      past.append(try ledger.lineages(builtBy: run.id, keys: job.output.keys))
    }
    past.append(try ledger.lineages(of: job, asOf: first == .max ? nil : first.previous))
    let now = try ledger.lineages(of: job)
    past.append(now)
    let own = Self.published(past.map(\.byPartition), now.byPartition)
    let others = Self.published(past.map(\.others), now.others)
    self.init(
      earlier: own.gone + others.gone, new: removed.subtracting(allowed).count,
      published: own.names.subtracting(allowed).count + others.names.count,
      limit: job.limits.removals)
  }

  /// What was once published, except what was removed with consent, and how many of it are gone without consent.
  private static func published<Name: Hashable>(
    _ past: [[Name: Lineage]], _ now: [Name: Lineage]
  ) -> (names: Set<Name>, gone: Int) {
    let names = Set(past.flatMap { $0.lazy.filter(\.value.isPublished).map(\.key) })
    let gone = names.filter { now[$0]?.isPublished == false }
    let agreed = gone.filter { now[$0]?.isRemovalAllowed == true }
    return (names.subtracting(agreed), gone.count - agreed.count)
  }
}

extension RemovalCount: CustomStringConvertible {
  /// The figures as a part of a sentence: `7 of 20 published partitions would be gone, more than 25 %`.
  public var description: String {
    let gone = earlier + new
    let runs =
      earlier > 0
      ? ", \(Quantity.number(earlier)) of them since the last \(Self.countedRuns) runs began" : ""
    return
      "\(Quantity.number(gone)) of \(Quantity.count(published, "published partition")) would be "
      + "gone\(runs), more than the limit of \(limit.percent)"
  }
}

extension Double {
  /// A share as people write it: `25 %`, `12.5 %`.
  var percent: String {
    let whole = (self * 100).rounded()
    return self == whole / 100 ? "\(Int(whole)) %" : Quantity.percent(self)
  }
}

/// What the ledger keeps about a published partition that a run would have removed but did not.
public struct WithheldRemoval: Hashable, Sendable {
  /// The run that held it back.
  public let run: RunID
  /// What would have been gone then.
  public let count: RemovalCount
  /// `JobDefinition.fingerprint` at that time.
  public let definition: String
  /// What was read and gave no rows, by input name.
  public let inputs: [String: VersionReference]
  /// The run by which an operator released it; nil while it is held.
  public let releasedBy: RunID?

  /// Creates an entry.
  public init(
    run: RunID, count: RemovalCount, definition: String, inputs: [String: VersionReference],
    releasedBy: RunID? = nil
  ) {
    self.run = run
    self.count = count
    self.definition = definition
    self.inputs = inputs
    self.releasedBy = releasedBy
  }

  /// The run that wrote the entry.
  public var lastRun: RunID { releasedBy ?? run }
}

/// A work unit whose result has no rows, as it is held back.
public struct WithheldUnit: Hashable, Sendable {
  /// The output partition.
  public let partition: Partition
  /// `JobDefinition.fingerprint`.
  public let definition: String
  /// The versions that gave no rows, by input name.
  public let inputs: [String: PartitionVersion]
  /// Why it was built.
  public let reason: String

  /// Creates a unit.
  public init(
    partition: Partition, definition: String, inputs: [String: PartitionVersion], reason: String
  ) {
    self.partition = partition
    self.definition = definition
    self.inputs = inputs
    self.reason = reason
  }
}
