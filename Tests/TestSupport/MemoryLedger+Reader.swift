package import Foundation
package import IncrementalJoin
package import PartitionPredicate

extension MemoryLedger {
  package func positions(job: String, keys: [PartitionKey]?, asOf run: RunID?) throws
    -> PartitionRecords<Position>
  {
    try read { try newest($0.positions[job] ?? [], keys) { $0.run <= run ?? .max } }
  }

  package func lineages(job: String, keys: [PartitionKey]?, asOf run: RunID?) throws
    -> PartitionRecords<Lineage>
  {
    try read { try newest($0.lineages[job] ?? [], keys) { $0.run <= run ?? .max } }
  }

  package func moved(job: String, keys: [PartitionKey]?, in window: RunWindow) throws
    -> [Partition]
  {
    try read { state in
      let moved = (state.positions[job] ?? []).filter {
        window.after < $0.1.run && $0.1.run <= window.through
      }
      return Set(moved.map(\.0)).sorted()
    }
  }

  package func consumedInputs(
    job: String, of partitions: [ExactText]
  ) throws -> [ExactText: Set<ExactText>] {
    try read { state in
      let past = (state.positions[job] ?? []).filter { partitions.contains($0.0.path) }
      return Dictionary(grouping: past) { $0.0.path }.compactMapValues { past in
        let inputs = Set(past.flatMap { $0.1.inputs.keys.map(\.exact) })
        return inputs.isEmpty ? nil : inputs
      }
    }
  }

  package func lineages(builtBy run: RunID, keys: [PartitionKey]?) throws
    -> PartitionRecords<Lineage>
  {
    try read { state in try newest(state.lineages.values.flatMap { $0 }, keys) { $0.run == run } }
  }

  private func newest<Record>(
    _ entries: [(Partition, Record)], _ keys: [PartitionKey]?, where isWanted: (Record) -> Bool
  ) throws -> PartitionRecords<Record> {
    try PartitionRecords(entries.filter { isWanted($0.1) }.map { ($0.0.path, $0.1) }, keys: keys)
  }

  package func uses(ofFile file: ExactText, job: String, keys: [PartitionKey]?) throws
    -> [FileUse]
  {
    let newest = try lineages(job: job, keys: keys, asOf: nil)
    return try read { state in
      (state.lineages[job] ?? []).reversed().flatMap { partition, lineage in
        lineage.inputs.sorted { $0.key < $1.key }.compactMap { input, version in
          state.files(of: version)?.first { $0.path == file }.map {
            FileUse(
              partition: partition, input: input, run: lineage.run, file: $0,
              isPublished: newest[partition]?.run == lineage.run)
          }
        }
      }
    }
  }

  package func files(of versions: [VersionReference]) throws -> [VersionReference: [DataFile]] {
    try read { state in
      Dictionary(
        versions.compactMap { version in state.files(of: version).map { (version, $0) } },
        uniquingKeysWith: { $1 })
    }
  }

  package func members(
    of versions: [VersionReference]
  ) throws -> [VersionReference: [ExactText: VersionReference]] {
    try read { state in state.members.filter { Set(versions).contains($0.key) } }
  }

  package func sameContent(
    as versions: [VersionReference]
  ) throws -> [VersionReference: Set<VersionReference>] {
    try read { state in state.same.filter { Set(versions).contains($0.key) } }
  }

  package func rowDigests(of versions: [VersionReference]) throws -> [VersionReference: String] {
    try read { state in state.rowDigests.filter { Set(versions).contains($0.key) } }
  }

  package func pinnedColumns(table: String) throws -> [PinnedColumn]? {
    try read { $0.columns[table.exact] }
  }

  package func sources(job: String) throws -> [String: SourceDescription] {
    try read { $0.sources[job] ?? [:] }
  }

  package func counters(job: String) throws -> BookmarkCounters {
    try read { state in
      let builds = state.runs.filter {
        $0.start.job == job && $0.start.kind.isBuild && $0.start.mode != .disable
      }
      let since = builds.lastIndex { $0.state == .succeeded }.map { $0 + 1 } ?? 0
      let lost: [RunState] = [.failed, .partial, .interrupted, .cancelled]
      return BookmarkCounters(
        run: builds.count { $0.state == .succeeded },
        attempt: builds[since...].count { lost.contains($0.state) },
        version: Set((state.positions[job] ?? []).map(\.1.run)).count)
    }
  }

  package func runs(job: String?, limit: Int) throws -> [RunRecord] {
    try read { state in
      Array(
        state.runs.indices.reversed().filter { job == nil || state.runs[$0].start.job == job }
          .prefix(limit).map { state.record(RunID($0 + 1)) })
    }
  }

  package func run(_ id: RunID) throws -> RunRecord? {
    try read { state in
      state.runs.indices.contains(id.index) ? state.record(id) : nil
    }
  }

  package func workUnits(run: RunID, keys: [PartitionKey]?) throws -> [WorkUnitRecord] {
    try read { state in
      try state.run(run).units.values.sorted {
        HivePath.precedes($0.partition.path, $1.partition.path)
      }
    }
  }

  package func staged(run: RunID, keys: [PartitionKey]?) throws -> [PreparedPublish] {
    try read { state in
      try state.run(run).staged.values.sorted { $0.partition.path < $1.partition.path }
    }
  }

  package func log(run: RunID) throws -> [LogLine] { try read { try $0.run(run).log } }

  package func batches(run: RunID) throws -> [BatchRecord] {
    try read { try $0.run(run).end.batches }
  }

  package func workUnit(of partition: Partition, job: String, run: RunID) throws -> WorkUnitRecord?
  {
    try read {
      let run = try $0.run(run)
      return run.start.job == job ? run.units[partition] : nil
    }
  }

  package func failedUnits(run: RunID, keys: [PartitionKey]?, limit: Int) throws -> [WorkUnitRecord]
  {
    try read {
      Array(
        try $0.run(run).units.values.filter { $0.state == .failed }
          .sorted { $0.partition < $1.partition }.prefix(limit))
    }
  }

  package func matches(job: String, keys: [PartitionKey]?, run: RunID?) throws -> [MatchRecord] {
    try read { state in
      try state.matches.filter {
        try state.run($0.run).start.job == job && (run == nil || $0.run == run)
      }.sorted { $0.run == $1.run ? $0.partition < $1.partition : $0.run > $1.run }
    }
  }

  package func withheld(job: String, keys: [PartitionKey]?) throws
    -> PartitionRecords<WithheldRemoval>
  {
    try read { state in
      try PartitionRecords((state.withheld[job] ?? [:]).map { ($0.key, $0.value) }, keys: keys)
    }
  }

  package func acknowledgements(job: String) throws -> [AlarmAcknowledgement] {
    try read { $0.acknowledgements[job] ?? [] }
  }

  package func strays(job: String, keys: [PartitionKey]?) throws -> [StrayMatches] {
    try read { state in state.strays.filter { $0.job == job }.map(\.stray).reversed() }
  }

  package func ledgerID() throws -> String? { try read(\.id) }

  package func outputPlace(job: String) throws -> OutputPlace? { try read { $0.places[job] } }

  package func lastLook(table: String) throws -> Date? { try read { $0.looks[table.exact] } }

  package func hasLease(of run: RunID, since: Date) throws -> Bool {
    try read { state in
      state.runs.indices.contains(run.index) && state.runs[run.index].leases.contains(since)
    }
  }

  package func unfinishedPublishes(job: String, keys: [PartitionKey]?) throws
    -> [PreparedPublish]
  {
    try read { state in
      try state.prepared.filter { try state.run($0.run).start.job == job }
        .sorted { $0.partition.path < $1.partition.path }
    }
  }

  package func unfinishedPartitions(job: String, keys: [PartitionKey]?) throws -> [Partition] {
    try unfinishedPublishes(job: job, keys: keys).map(\.partition)
  }
}

extension MemoryLedger.State {
  func record(_ id: RunID) -> RunRecord {
    let run = runs[id.index]
    let units = run.units.values
    let good: [WorkUnitState] = [.committed, .removed, .unchanged, .moved, .adopted]
    return RunRecord(
      id: id, job: run.start.job, kind: run.start.kind, mode: run.start.mode,
      plan: run.start.plan, detail: run.start.detail, note: run.start.note, state: run.state,
      listedAt: run.start.listedAt, startedAt: run.startedAt, finishedAt: run.finishedAt,
      user: run.user, committed: units.count { good.contains($0.state) },
      unchanged: units.count { $0.state == .unchanged },
      failed: units.count { $0.state == .failed },
      rows: units.filter { $0.state == .committed }.reduce(0) { $0 + $1.rows },
      bytesRead: run.end.bytesRead, filesRead: run.end.filesRead, timings: run.end.timings,
      stagesOnly: run.start.stagesOnly, undoes: run.start.undoes)
  }
}
