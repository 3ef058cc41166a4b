public import Foundation
import PartitionPredicate

/// The bookmark of one input of a job, as shown to people: what its positions add up to.
public struct Bookmark: Hashable, Sendable {
  /// The job's name in `dovetail.yaml`.
  public let job: String
  /// The input's name within the job (Glue's transformation context).
  public let input: String
  /// The name of the table that the input reads.
  public let table: String
  /// The newest run that moved a position; nil when nothing was ever consumed.
  public let run: RunID?
  /// When that run listed the input.
  public let listedAt: Date?
  /// The newest mtime among the consumed files, in nanoseconds since 1970-01-01 UTC; 0 without files.
  public let newest: Int64
  /// Output partitions for which at least one file of this input was consumed.
  public let partitions: Int
  /// Data files consumed, each counted once.
  public let files: Int
  /// Bytes consumed.
  public let bytes: Int64

  /// Adds up the positions of a job into one bookmark per input.
  ///
  /// - Throws: what the ledger throws.
  public static func all(of job: JobDefinition, in ledger: any LedgerReader) throws -> [Bookmark] {
    let positions = try ledger.positions(of: job).all
    let newestRun = positions.map(\.run).max()
    let listedAt = try newestRun.flatMap { try ledger.run($0)?.listedAt }
    let consumed = try ledger.files(of: positions.flatMap { $0.inputs.values })
    return job.inputs.map { input in
      let references = positions.compactMap { $0.inputs[input.name] }
      // Several partitions may read a file.
      var paths: Set<ExactText> = []
      let files = Set(references).flatMap { consumed[$0] ?? [] }
        .filter { paths.insert($0.path).inserted }
      return Bookmark(
        job: job.name, input: input.name, table: input.table.name, run: newestRun,
        listedAt: listedAt, newest: files.map(\.modified).max() ?? 0,
        partitions: references.count, files: files.count,
        bytes: files.reduce(0) { $0 + $1.size })
    }
  }
}
