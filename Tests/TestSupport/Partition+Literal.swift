package import IncrementalJoin
public import PartitionPredicate

extension Partition: ExpressibleByStringInterpolation {
  /// A partition by its path: whole numbers are `int`, all else is text.
  public init(stringLiteral path: String) {
    let folders = path.exact.parts(separatedBy: "/").compactMap { HivePath.split($0.text) }
    let types = folders.map { Int32($0.value) == nil ? KeyType.string : .int }
    self.init(
      keys: zip(folders, types).map { PartitionKey(name: $0.name, type: $1) },
      values: zip(folders, types).compactMap { PartitionValue(raw: $0.value, type: $1) })
  }
}

/// The keys of the output in tests of ledgers.
package let dayKeys = [PartitionKey(name: "day", type: .int)]

extension LedgerReader {
  package func positions(job: String, asOf run: RunID? = nil) throws -> [Partition: Position] {
    try positions(job: job, keys: dayKeys, asOf: run).byPartition
  }

  package func lineages(job: String, asOf run: RunID? = nil) throws -> [Partition: Lineage] {
    try lineages(job: job, keys: dayKeys, asOf: run).byPartition
  }

  package func lineages(builtBy run: RunID) throws -> [Partition: Lineage] {
    try lineages(builtBy: run, keys: dayKeys).byPartition
  }

  package func moved(job: String, in window: RunWindow) throws -> [Partition] {
    try moved(job: job, keys: dayKeys, in: window)
  }

  package func uses(ofFile file: ExactText, job: String) throws -> [FileUse] {
    try uses(ofFile: file, job: job, keys: dayKeys)
  }

  package func workUnits(run: RunID) throws -> [WorkUnitRecord] {
    try workUnits(run: run, keys: dayKeys)
  }

  package func staged(run: RunID) throws -> [PreparedPublish] {
    try staged(run: run, keys: dayKeys)
  }

  package func matches(job: String, run: RunID?) throws -> [MatchRecord] {
    try matches(job: job, keys: dayKeys, run: run)
  }

  package func strays(job: String) throws -> [StrayMatches] {
    try strays(job: job, keys: dayKeys)
  }

  package func withheld(job: String) throws -> [Partition: WithheldRemoval] {
    try withheld(job: job, keys: dayKeys).byPartition
  }

  package func unfinishedPartitions(job: String) throws -> [Partition] {
    try unfinishedPartitions(job: job, keys: dayKeys)
  }
}

extension LedgerWriter {
  package func unfinishedPublishes(job: String) throws -> [PreparedPublish] {
    try unfinishedPublishes(job: job, keys: dayKeys)
  }
}
