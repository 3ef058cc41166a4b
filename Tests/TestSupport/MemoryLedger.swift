import Foundation
package import IncrementalJoin
package import PartitionPredicate
import Synchronization

/// Why the ledger in memory refuses a call.
package enum MemoryLedgerError: Error, Hashable, Sendable {
  case unknownRun(RunID)
  case notRunning(RunID)
  case notStaged(RunID)
  case unitNotStaged(Partition)
  case notPrepared(Partition)
  case unfinished(Partition)
  case unitCommitted(Partition)
  case notPinned(String)
}

/// A ledger in memory, as far as its conformance suite asks.
///
/// Lists of records name partitions by the keys by which they were written.
/// Each call is a transaction: one that throws changes nothing.
package final class MemoryLedger: LedgerWriter {
  /// Lets calls fail: those of the writer, by the names of its methods, and of the reader as `read`.
  package let faults: Faults
  private let state = Mutex(State())

  /// Creates an empty ledger.
  package init(faults: Faults = Faults()) { self.faults = faults }

  func read<Answer>(_ body: (State) throws -> Answer) throws -> Answer {
    try faults.enter("read")
    return try state.withLock { state in
      let copy = state
      return try body(copy)
    }
  }

  func write<Answer>(_ call: String, _ body: (inout State) throws -> Answer) throws
    -> Answer
  {
    try faults.enter(call)
    return try state.withLock { state in
      var next = state
      let answer = try body(&next)
      state = next
      return answer
    }
  }

  struct Run {
    var start: RunStart
    var state = RunState.running
    let startedAt: Date
    var finishedAt: Date?
    let user: String
    var leases: [Date]
    var end = RunEnd(state: .running)
    var units: [Partition: WorkUnitRecord] = [:]
    var log: [LogLine] = []
    var staged: [Partition: PreparedPublish] = [:]
  }

  struct State {
    let id = UUID().uuidString
    /// Run n is at n - 1.
    var runs: [Run] = []
    /// By job, in the order in which they were written.
    var positions: [String: [(Partition, Position)]] = [:]
    var lineages: [String: [(Partition, Lineage)]] = [:]
    var prepared: [PreparedPublish] = []
    /// Of versions of one partition.
    var files: [VersionReference: [DataFile]] = [:]
    /// Of versions of several partitions that are read together.
    var members: [VersionReference: [ExactText: VersionReference]] = [:]
    var same: [VersionReference: Set<VersionReference>] = [:]
    var rowDigests: [VersionReference: String] = [:]
    var columns: [ExactText: [PinnedColumn]] = [:]
    var sources: [String: [String: SourceDescription]] = [:]
    var matches: [MatchRecord] = []
    var withheld: [String: [ExactText: WithheldRemoval]] = [:]
    var acknowledgements: [String: [AlarmAcknowledgement]] = [:]
    var strays: [(job: String, stray: StrayMatches)] = []
    var looks: [ExactText: Date] = [:]
    var places: [String: OutputPlace] = [:]

    func run(_ id: RunID) throws -> Run {
      guard runs.indices.contains(id.index) else { throw MemoryLedgerError.unknownRun(id) }
      return runs[id.index]
    }

    func job(ofRunning id: RunID) throws -> String {
      let run = try run(id)
      guard run.state == .running else { throw MemoryLedgerError.notRunning(id) }
      return run.start.job
    }

    mutating func keep(_ inputs: [String: PartitionVersion]) -> [String: VersionReference] {
      inputs.mapValues { keep($0) }
    }

    mutating func keep(_ version: PartitionVersion) -> VersionReference {
      let reference = VersionReference(version)
      guard version.members.isEmpty else {
        members[reference] = Dictionary(
          version.members.map { ($0.path, keep($0.version)) }, uniquingKeysWith: { $1 })
        return reference
      }
      let known = files[reference]?.filter { $0.digest != nil } ?? []
      files[reference] = version.files.map { file in
        var file = file
        file.digest = file.digest ?? known.first { $0.path == file.path }?.digest
        return file
      }
      return reference
    }

    /// Of all members; nil for an unknown version.
    func files(of version: VersionReference) -> [DataFile]? {
      members[version]?.values.flatMap { files[$0] ?? [] }.sorted { $0.path < $1.path }
        ?? files[version]
    }

    mutating func interrupt(_ job: String) -> Bool {
      var hasAny = false
      for index in runs.indices where runs[index].start.job == job && runs[index].state == .running
      {
        runs[index].state = .interrupted
        hasAny = true
      }
      return hasAny
    }

    /// Records a unit, unless one is recorded that ended well.
    mutating func insert(_ unit: WorkUnitRecord, run: RunID) -> Bool {
      let index = run.index
      if let old = runs[index].units[unit.partition],
        ![.staged, .held, .failed, .cancelled].contains(old.state)
      {
        return false
      }
      runs[index].units[unit.partition] = unit
      return true
    }

    mutating func move(_ move: PositionMove, run: RunID, job: String) {
      for inputs in [move.inputs, move.undone?.inputs ?? [:]] { _ = keep(inputs) }
      positions[job, default: []].append((move.partition, move.position(movedBy: run)))
    }

    mutating func takePrepared(_ publish: PreparedPublish) throws -> PreparedPublish {
      let index = prepared.firstIndex {
        $0.run == publish.run && $0.partition == publish.partition
      }
      guard let index else { throw MemoryLedgerError.notPrepared(publish.partition) }
      return prepared.remove(at: index)
    }

    mutating func commit(_ publish: PreparedPublish) throws {
      let entry = try takePrepared(publish)
      let job = try run(entry.run).start.job
      let inputs = keep(entry.inputs)
      let lineage = Lineage(
        run: entry.run, definition: entry.definition, inputs: inputs, rows: entry.rows,
        bytes: entry.bytes, content: entry.content.map { keep($0) },
        readingRules: entry.readingRules, types: entry.types,
        isRemovalAllowed: entry.isRemovalAllowed, adoptedBy: entry.adoptedBy)
      lineages[job, default: []].append((entry.partition, lineage))
      if let position = entry.position { move(position, run: entry.run, job: job) }
      for (input, digest) in entry.rowDigests {
        if let version = inputs[input] { rowDigests[version] = rowDigests[version] ?? digest }
      }
      matches += entry.matches.map {
        MatchRecord(run: entry.run, partition: entry.partition, match: $0)
      }
      let isUnchanged = entry.state == .unchanged
      runs[entry.run.index].units[entry.partition] = WorkUnitRecord(
        partition: entry.partition, state: entry.state, rows: isUnchanged ? 0 : entry.rows,
        bytes: isUnchanged ? 0 : entry.bytes, reason: entry.reason, message: nil)
    }
  }
}

extension RunID {
  /// The number after.
  package var next: RunID { advanced(by: 1) }

  /// Where the run is among all runs.
  var index: Int { Int(number) - 1 }
}
