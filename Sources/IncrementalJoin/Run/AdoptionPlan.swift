public import Foundation
public import PartitionPredicate
import Wording

/// What adopting the files of an output would do, before it is done.
public struct AdoptionPlan: Sendable {
  /// A partition of the output that cannot be adopted.
  public struct Obstacle: Hashable, Sendable {
    /// The output partition.
    public let partition: Partition
    /// A file that no run would replace, relative to the output's location.
    public let file: ExactText
  }

  /// The job as it was defined when the plan was made.
  public let job: JobDefinition
  /// A name for exactly this.
  public let id: String
  /// When the output was listed.
  public let listedAt: Date
  /// What is adopted, in the order of the partitions.
  public let contents: [AdoptedContent]
  /// Those of them that no run can replace, because the store would leave their files beside the new ones.
  public let fixed: [FixedPartition]
  /// What is not adopted, in the order of the partitions.
  public let obstacles: [Obstacle]
  /// Why a run is refused now, because the output is not the one that the ledger knows: it is taken over.
  public let takesOver: PlanError?
  /// The partitions that are not there as they were published, which count as not consumed from then on.
  public let lost: [Partition]
  /// What the listing of the output found and could not count as data.
  public let problems: [ListingProblem]

  /// Whether nothing would change.
  public var isEmpty: Bool { contents.isEmpty && takesOver == nil }

  /// What is adopted, in words: `2 partitions`.
  var detail: String {
    contents.count == 1
      ? "partition \(contents[0].partition)" : Quantity.count(contents.count, "partition")
  }

  /// What the operation does, in order; empty where only the place is taken over.
  public var steps: [PlanStep] { contents.isEmpty ? [] : [.adopt(contents)] }
}

/// Finds what is in an output that no run is known to have written.
///
/// It only reads.
public struct AdoptionPlanner: Sendable {
  private let storage: StorageReader
  private let ledger: any LedgerReader
  private let workspace: String

  /// Creates a planner over readers.
  ///
  /// - Parameters:
  ///   - storage: Where the output lives.
  ///   - ledger: What is known of it.
  ///   - workspace: The path of the folder of the workspace.
  public init(storage: StorageReader, ledger: any LedgerReader, workspace: String) {
    self.storage = storage
    self.ledger = ledger
    self.workspace = workspace
  }

  /// Lists the output of a job, and plans to adopt everything that is unknown to the ledger.
  ///
  /// - Throws: `PlanError.listing` when the output cannot be listed, `.outputMissing` or `.otherKeys`,
  ///   `PublishError`, or what the ledger throws.
  public func plan(_ job: JobDefinition) async throws -> AdoptionPlan {
    let published = try await PublishedContent(of: job, storage: storage, ledger: ledger)
    let refusal = try await OutputIdentity(
      of: job, workspace: workspace, storage: storage, ledger: ledger
    ).refusal()
    let takeover =
      refusal == nil
      ? nil : try await OutputTakeover(of: job, in: storage.outputs, ledger: ledger)
    var contents: [AdoptedContent] = []
    var obstacles: [AdoptionPlan.Obstacle] = []
    for partition in published.snapshot.partitions.keys.sorted()
    where published.lineages[partition]?.isPublished != true {
      let files = published.files(of: partition)
      if let file = try await stray(among: files, of: partition, job) {
        obstacles.append(AdoptionPlan.Obstacle(partition: partition, file: file.path))
      } else {
        contents.append(
          AdoptedContent(partition: partition, content: PartitionVersion(files: files)))
      }
    }
    return AdoptionPlan(
      job: job, id: identifier(contents, refusal), listedAt: published.snapshot.listedAt,
      contents: contents,
      fixed: contents.compactMap { adopted in
        storage.outputs.hindrance(toReplacing: adopted.content.files, of: job.output)
          .map { FixedPartition(partition: adopted.partition, reason: $0) }
      }, obstacles: obstacles, takesOver: refusal,
      lost: takeover?.moves.map(\.partition) ?? [], problems: published.snapshot.problems)
  }

  /// A file that a publish of its partition would leave in place, so readers would find old and new rows.
  private func stray(among files: [DataFile], of partition: Partition, _ job: JobDefinition)
    async throws -> DataFile?
  {
    guard let first = files.first(where: { !$0.path.begins(with: "\(partition.path)/") }) else {
      return nil
    }
    let replaced = Set(
      try await storage.outputs.files(published: partition, of: job.output).map(\.path))
    return replaced.isEmpty ? first : files.first { !replaced.contains($0.path) }
  }

  private func identifier(_ contents: [AdoptedContent], _ refusal: PlanError?) -> String {
    var digest = SHA256()
    if let refusal { digest.update("\(refusal)\n") }
    for adopted in contents {
      digest.update("\(adopted.partition.path)\n\(adopted.content.id) \(adopted.content.stamps)\n")
    }
    return String(digest.finalize().prefix(12))
  }
}

/// Why an output cannot be adopted; nothing was changed.
public enum AdoptionError: CategorizedError, Hashable, Sendable {
  /// The output moved since the preview.
  case outOfDate(job: String)
}

extension AdoptionError {
  /// Only a preview is out of date.
  public var category: ErrorCategory { .refused }
}

extension AdoptionError: CustomStringConvertible {
  /// The sentence for the operator.
  public var description: String {
    switch self {
    case .outOfDate(let job):
      "The output of job \(job) moved since the preview. Nothing was changed; look at it again."
    }
  }
}

extension AdoptionPlan.Obstacle: CustomStringConvertible {
  /// The sentence for the operator: what is not adopted, why, and what to do about it.
  public var description: String {
    "\(partition.path) is not adopted: \(file) is in a folder of another spelling, which no run would replace, so that "
      + "readers would find its rows beside the new ones. Move its files to \(partition.path), or give the key the "
      + "type `string`, which keeps the spelling."
  }
}
