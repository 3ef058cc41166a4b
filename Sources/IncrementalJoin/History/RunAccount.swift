public import PartitionPredicate

/// Everything that the ledger knows about one run.
public struct RunAccount: Hashable, Sendable {
  /// What the run read from one input for one output partition.
  public struct Reading: Hashable, Sendable {
    /// The output partition.
    public let partition: Partition
    /// The job's input.
    public let input: String
    /// The files, as they were read; their paths are relative to the table's location.
    public let files: [DataFile]

    /// The size of the files.
    public var bytes: Int64 { files.reduce(0) { $0 + $1.size } }
  }

  /// What the run made of one output partition.
  public struct Writing: Hashable, Sendable {
    /// The output partition.
    public let partition: Partition
    /// How the work unit ended; `.unchanged` when the files of an earlier run stayed.
    public let state: WorkUnitState
    /// Rows of the partition; 0 when its result is empty.
    public let rows: Int64
    /// The size of its files, in bytes.
    public let bytes: Int64
    /// The files, relative to the output's location; nil when they were not recorded.
    public let files: [DataFile]?
  }

  /// The run itself.
  public let run: RunRecord
  /// In the order of their partitions.
  public let units: [WorkUnitRecord]
  /// How its batches went, in order.
  public let batches: [BatchRecord]
  /// In order.
  public let log: [LogLine]
  /// How the inputs met, in the order of the partitions.
  public let matches: [MatchRecord]
  /// What was read for the partitions that it built or staged, by partition and input.
  ///
  /// Empty for operations that read no data. What failed work units read is not recorded.
  public let readings: [Reading]
  /// What was published, or is staged, in the order of the partitions.
  public let writings: [Writing]

  /// Reads the account of a run of any job, even one that is no longer in `dovetail.yaml`: the keys of its partitions
  /// are taken from their paths, all of them text.
  ///
  /// - Returns: nil when there is no run with this number.
  /// - Throws: what the ledger throws.
  public static func read(_ run: RunID, in ledger: any LedgerReader) throws -> RunAccount? {
    guard let record = try ledger.run(run) else { return nil }
    let units = try ledger.workUnits(run: run, keys: nil)
    let states = Dictionary(units.map { ($0.partition, $0.state) }, uniquingKeysWith: { $1 })
    let lineages = try ledger.lineages(builtBy: run, keys: nil).byPartition
    let staged = try ledger.staged(run: run, keys: nil)
    let files = try ledger.files(
      of: lineages.values.flatMap { Array($0.inputs.values) + [$0.content].compactMap(\.self) })
    var readings: [Reading] = []
    var writings: [Writing] = []
    // An adoption writes nothing.
    for (partition, lineage) in lineages where lineage.adoptedBy != run {
      // An undo brings back what another run had read.
      for (input, version) in lineage.inputs where record.kind.isBuild {
        readings.append(Reading(partition: partition, input: input, files: files[version] ?? []))
      }
      let content = !lineage.isPublished ? [] : lineage.content.flatMap { files[$0] }
      writings.append(
        Writing(
          partition: partition,
          state: states[partition] ?? (lineage.isPublished ? .committed : .removed),
          rows: lineage.rows,
          bytes: lineage.bytes, files: content))
    }
    for publish in staged {
      for (input, version) in publish.inputs {
        readings.append(Reading(partition: publish.partition, input: input, files: version.files))
      }
      writings.append(
        Writing(
          partition: publish.partition, state: .staged, rows: publish.rows, bytes: publish.bytes,
          files: publish.content?.files ?? []))
    }
    return RunAccount(
      run: record, units: units, batches: try ledger.batches(run: run),
      log: try ledger.log(run: run),
      matches: try ledger.matches(job: record.job, keys: nil, run: run),
      readings: readings.sorted {
        $0.partition == $1.partition
          ? $0.input < $1.input : HivePath.precedes($0.partition.path, $1.partition.path)
      },
      writings: writings.sorted { HivePath.precedes($0.partition.path, $1.partition.path) })
  }
}
