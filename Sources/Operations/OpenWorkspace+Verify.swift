public import IncrementalJoin
public import PartitionPredicate

extension OpenWorkspace {
  /// What others changed in the output of a job.
  ///
  /// - Throws: What the ledger and the storage throw.
  public func drift(of job: JobDefinition) async throws -> OutputDrift {
    try await OutputDrift.find(in: job, storage: storage, ledger: try ledger())
  }

  /// Recomputes output partitions in a scratch area and compares them with what is published.
  ///
  /// - Parameters:
  ///   - partitions: Which ones.
  ///   - job: The job.
  ///   - samples: How many rows of each kind to return.
  ///   - report: Receives each result as soon as it is known.
  /// - Returns: The results, and the seed of the sample.
  /// - Throws: As `Verifier.verify`.
  public func verify(
    _ partitions: VerifiedPartitions, of job: JobDefinition, samples: Int,
    report: @Sendable (Verification) -> Void = { _ in }
  ) async throws -> (results: [Verification], seed: UInt64?) {
    let verifier = Verifier(
      storage: storage, ledger: try ledger(), engine: try engine(for: job), scratch: scratch)
    let chosen: [Partition]?
    var picked: UInt64?
    switch partitions {
    case .all: chosen = nil
    case .named(let partitions): chosen = partitions
    case .sample(let count, let seed):
      let seed = seed ?? UInt64.random(in: 0...UInt64(UInt32.max))
      chosen = Verifier.sample(count, of: try await verifier.builtPartitions(of: job), seed: seed)
      picked = seed
    }
    return (
      try await verifier.verify(chosen, of: job, samples: samples, report: report), picked
    )
  }
}

/// Which output partitions are recomputed.
public enum VerifiedPartitions: Hashable, Sendable {
  /// All that were ever built.
  case all
  /// These.
  case named([Partition])
  /// A sample of that size, picked with the seed or with a new one.
  case sample(Int, seed: UInt64?)
}
