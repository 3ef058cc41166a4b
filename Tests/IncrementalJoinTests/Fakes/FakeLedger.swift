import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport

/// A ledger in memory, of one job.
struct FakeLedger: LedgerReader {
  /// Every position that a partition ever had, oldest first.
  private var positions: [ExactText: [Position]] = [:]
  /// Every lineage that a partition ever had, oldest first.
  private var lineages: [ExactText: [Lineage]] = [:]
  var versions: [VersionReference: [DataFile]] = [:]
  var same: [VersionReference: Set<VersionReference>] = [:]
  var digestsOfRows: [VersionReference: String] = [:]
  var pinned: [String: [Column]] = [:]
  /// As `pinned`, with who pinned them; wins.
  var pins: [String: [PinnedColumn]] = [:]
  var accepted: [String: SourceDescription] = [:]
  /// Newest first, of any job.
  var history: [RunRecord] = []
  var units: [RunID: [WorkUnitRecord]] = [:]
  var met: [MatchRecord] = []
  var unfinished: [Partition] = []
  var kept: [ExactText: WithheldRemoval] = [:]
  var seen: [AlarmAcknowledgement] = []
  var stray: [StrayMatches] = []

  /// The newest positions; setting one appends it, as a run would.
  var consumed: [ExactText: Position] {
    get { positions.compactMapValues(\.last) }
    set {
      for (path, position) in newValue where positions[path]?.last != position {
        positions[path, default: []].append(position)
      }
    }
  }

  /// The newest lineages; setting one appends it, as a run would.
  var built: [ExactText: Lineage] {
    get { lineages.compactMapValues(\.last) }
    set {
      for (path, lineage) in newValue where lineages[path]?.last != lineage {
        lineages[path, default: []].append(lineage)
      }
    }
  }

  /// Moves a partition's position and lineage to what a report saw of it.
  ///
  /// The digests come from the files as they were when they were read.
  mutating func commit(
    _ pending: PendingPartition, of job: JobDefinition, run: RunID, rows: Int64 = 10,
    reading files: MemoryFiles
  ) {
    let inputs = read(pending, from: files)
    let path = pending.partition.path
    positions[path, default: []].append(
      Position(run: run, definition: job.fingerprint, inputs: inputs))
    lineages[path, default: []].append(
      Lineage(run: run, definition: job.fingerprint, inputs: inputs, rows: rows, bytes: 1_000))
  }

  /// The same ledger with another text for every definition.
  func recording(_ definition: String, positions: Bool = true, lineages: Bool = true) -> FakeLedger
  {
    var ledger = self
    if positions {
      ledger.positions = self.positions.mapValues { past in
        past.map {
          Position(run: $0.run, definition: definition, inputs: $0.inputs, undone: $0.undone)
        }
      }
    }
    if lineages {
      ledger.lineages = self.lineages.mapValues { past in
        past.map {
          Lineage(
            run: $0.run, definition: definition, inputs: $0.inputs, rows: $0.rows, bytes: $0.bytes)
        }
      }
    }
    return ledger
  }

  /// Undoes the newest build of a partition: its position goes where it was before, and is held.
  mutating func undo(_ path: ExactText, by run: RunID) {
    guard let past = positions[path], let last = past.last else { return }
    let before = past.dropLast().last
    positions[path, default: []].append(
      Position(
        run: run, definition: before?.definition ?? last.definition, inputs: before?.inputs ?? [:],
        undone: UndoneBuild(run: last.run, inputs: last.inputs)))
  }

  /// Keeps the versions that a report saw of a partition, and returns how they are referred to.
  private mutating func read(
    _ pending: PendingPartition, from files: MemoryFiles
  ) -> [String: VersionReference] {
    var inputs: [String: VersionReference] = [:]
    for input in pending.inputs {
      guard let version = input.version else { continue }
      let reference = VersionReference(version)
      inputs[input.input.name] = reference
      versions[reference] = version.files.map { file in
        var file = file
        file.digest =
          file.digest ?? files.digest(of: file.path, in: input.input.table.location)
        return file
      }
    }
    return inputs
  }

  func positions(job: String, keys: [PartitionKey]?, asOf run: RunID?) throws
    -> PartitionRecords<Position>
  {
    try records(positions, keys) { $0.run <= run ?? .max }
  }
  func lineages(job: String, keys: [PartitionKey]?, asOf run: RunID?) throws
    -> PartitionRecords<Lineage>
  {
    try records(lineages, keys) { $0.run <= run ?? .max }
  }
  private func records<Record>(
    _ past: [ExactText: [Record]], _ keys: [PartitionKey]?, where isWanted: (Record) -> Bool
  ) throws -> PartitionRecords<Record> {
    try PartitionRecords(
      past.compactMap { path, past in past.last(where: isWanted).map { (path, $0) } }, keys: keys)
  }
  func moved(job: String, keys: [PartitionKey]?, in window: RunWindow) throws -> [Partition] {
    try positions.filter { _, past in
      past.contains { window.after < $0.run && $0.run <= window.through }
    }.keys.sorted().map { try Partition(recorded: $0, keys: keys) }
  }
  func consumedInputs(
    job: String, of partitions: [ExactText]
  ) throws -> [ExactText: Set<ExactText>] {
    positions.filter { partitions.contains($0.key) }
      .mapValues { past in Set(past.flatMap { $0.inputs.keys.map(\.exact) }) }
  }
  func lineages(builtBy run: RunID, keys: [PartitionKey]?) throws -> PartitionRecords<Lineage> {
    try records(lineages, keys) { $0.run == run }
  }
  func uses(ofFile file: ExactText, job: String, keys: [PartitionKey]?) -> [FileUse] { [] }
  func files(of references: [VersionReference]) -> [VersionReference: [DataFile]] {
    let wanted = Set(references)
    return versions.filter { wanted.contains($0.key) }
  }
  func members(of versions: [VersionReference]) -> [VersionReference: [ExactText: VersionReference]]
  {
    [:]
  }
  func sameContent(
    as references: [VersionReference]
  ) -> [VersionReference: Set<VersionReference>] {
    let wanted = Set(references)
    return same.filter { wanted.contains($0.key) }
  }
  func ledgerID() -> String? { nil }
  func outputPlace(job: String) -> OutputPlace? { nil }
  func lastLook(table: String) -> Date? { nil }

  func hasLease(of run: RunID, since: Date) -> Bool { false }
  func rowDigests(of references: [VersionReference]) -> [VersionReference: String] {
    let wanted = Set(references)
    return digestsOfRows.filter { wanted.contains($0.key) }
  }
  func pinnedColumns(table: String) -> [PinnedColumn]? {
    pins[table] ?? pinned[table]?.map { PinnedColumn(SeenColumn(name: $0.name, type: $0.type)) }
  }
  func sources(job: String) -> [String: SourceDescription] { accepted }
  func counters(job: String) -> BookmarkCounters { BookmarkCounters() }
  func runs(job: String?, limit: Int) -> [RunRecord] {
    Array(history.filter { job == nil || $0.job == job }.prefix(limit))
  }
  func run(_ id: RunID) -> RunRecord? { history.first { $0.id == id } }
  func workUnits(run: RunID, keys: [PartitionKey]?) -> [WorkUnitRecord] { units[run] ?? [] }
  func log(run: RunID) -> [LogLine] { [] }
  func batches(run: RunID) -> [BatchRecord] { [] }
  func workUnit(of partition: Partition, job: String, run: RunID) -> WorkUnitRecord? {
    (units[run] ?? []).first { $0.partition == partition }
  }
  func failedUnits(run: RunID, keys: [PartitionKey]?, limit: Int) -> [WorkUnitRecord] {
    Array((units[run] ?? []).filter { $0.state == .failed }.prefix(limit))
  }
  func matches(job: String, keys: [PartitionKey]?, run: RunID?) -> [MatchRecord] {
    met.filter { run == nil || $0.run == run }
  }
  func withheld(job: String, keys: [PartitionKey]?) throws -> PartitionRecords<WithheldRemoval> {
    try PartitionRecords(kept.map { ($0.key, $0.value) }, keys: keys)
  }
  func acknowledgements(job: String) -> [AlarmAcknowledgement] { seen }
  func strays(job: String, keys: [PartitionKey]?) -> [StrayMatches] { stray }
  func staged(run: RunID, keys: [PartitionKey]?) -> [PreparedPublish] { [] }
  func unfinishedPartitions(job: String, keys: [PartitionKey]?) -> [Partition] { unfinished }
}
