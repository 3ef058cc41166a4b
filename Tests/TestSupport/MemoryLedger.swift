import Foundation
public import IncrementalJoin
public import PartitionPredicate
import Synchronization

/// Why the ledger in memory refuses a call.
public enum MemoryLedgerError: Error, Hashable, Sendable {
  case unknownRun(RunID)
  case notRunning(RunID)
  case notStaged(RunID)
  case unitNotStaged(ExactText)
  case notPrepared(ExactText)
  case unfinished(ExactText)
  case unitCommitted(ExactText)
  case notPinned(String)
}

/// A ledger in memory, as far as its conformance suite asks.
///
/// Each call is a transaction: one that throws changes nothing.
public final class MemoryLedger: LedgerWriter {
  /// Lets calls fail: those of the writer, by the names of its methods, and of the reader as `read`.
  public let faults: Faults
  private let state = Mutex(State())

  /// Creates an empty ledger.
  public init(faults: Faults = Faults()) { self.faults = faults }

  func read<Answer>(_ body: (State) throws -> Answer) throws -> Answer {
    try faults.enter("read")
    return try state.withLock { state in
      let copy = state
      return try body(copy)
    }
  }

  private func write<Answer>(_ call: String, _ body: (inout State) throws -> Answer) throws
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
    var units: [ExactText: WorkUnitRecord] = [:]
    var log: [LogLine] = []
    var staged: [ExactText: PreparedPublish] = [:]
  }

  struct State {
    let id = UUID().uuidString
    /// Run n is at n - 1.
    var runs: [Run] = []
    /// By job, in the order in which they were written.
    var positions: [String: [(ExactText, Position)]] = [:]
    var lineages: [String: [(ExactText, Lineage)]] = [:]
    var prepared: [PreparedPublish] = []
    var files: [VersionReference: [DataFile]] = [:]
    var same: [VersionReference: Set<VersionReference>] = [:]
    var rowDigests: [VersionReference: String] = [:]
    var columns: [ExactText: [PinnedColumn]] = [:]
    var sources: [String: [String: SourceDescription]] = [:]
    var matches: [MatchRecord] = []
    var withheld: [String: [ExactText: WithheldRemoval]] = [:]
    var acknowledgements: [String: [AlarmAcknowledgement]] = [:]
    var strays: [(job: String, stray: StrayMatches)] = []
    var places: [String: OutputPlace] = [:]

    func run(_ id: RunID) throws -> Run {
      guard runs.indices.contains(Int(id) - 1) else { throw MemoryLedgerError.unknownRun(id) }
      return runs[Int(id) - 1]
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
      let known = files[reference]?.filter { $0.digest != nil } ?? []
      files[reference] = version.files.map { file in
        var file = file
        file.digest = file.digest ?? known.first { $0.path == file.path }?.digest
        return file
      }
      return reference
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
      let index = Int(run) - 1
      if let old = runs[index].units[unit.partition],
        ![.staged, .held, .failed, .cancelled].contains(old.state)
      {
        return false
      }
      runs[index].units[unit.partition] = unit
      return true
    }

    mutating func move(_ move: PositionMove, run: RunID, job: String) {
      let inputs = keep(move.inputs)
      let undone = move.undone.map { UndoneBuild(run: $0.run, inputs: keep($0.inputs)) }
      positions[job, default: []].append(
        (
          move.partition,
          Position(run: run, definition: move.definition, inputs: inputs, undone: undone)
        ))
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
        isRemovalAllowed: entry.isRemovalAllowed)
      lineages[job, default: []].append((entry.partition, lineage))
      if let position = entry.position { move(position, run: entry.run, job: job) }
      for (input, digest) in entry.rowDigests {
        if let version = inputs[input] { rowDigests[version] = rowDigests[version] ?? digest }
      }
      matches += entry.matches.map {
        MatchRecord(run: entry.run, partition: entry.partition, match: $0)
      }
      let isUnchanged = entry.state == .unchanged
      runs[Int(entry.run) - 1].units[entry.partition] = WorkUnitRecord(
        partition: entry.partition, state: entry.state, rows: isUnchanged ? 0 : entry.rows,
        bytes: isUnchanged ? 0 : entry.bytes, reason: entry.reason, message: nil)
    }
  }
}

// MARK: - The writer's half

extension MemoryLedger {
  public func beginRun(_ start: RunStart, holder: LockHolder) throws -> RunID {
    try write("beginRun") { state in
      _ = state.interrupt(start.job)
      state.runs.append(
        Run(start: start, startedAt: Date(), user: holder.user, leases: [holder.since]))
      return RunID(state.runs.count)
    }
  }

  public func resumeRun(_ id: RunID, holder: LockHolder) throws {
    try write("resumeRun") { state in
      let run = try state.run(id)
      _ = state.interrupt(run.start.job)
      guard !run.staged.isEmpty else { throw MemoryLedgerError.notStaged(id) }
      state.runs[Int(id) - 1].state = .running
      state.runs[Int(id) - 1].finishedAt = nil
      state.runs[Int(id) - 1].leases.append(holder.since)
    }
  }

  public func interruptRuns(job: String) throws -> Bool {
    try write("interruptRuns") { $0.interrupt(job) }
  }

  public func pin(columns: [SeenColumn], table: String, by origin: PinOrigin) throws {
    try write("pin") { state in
      guard let pinned = state.columns[table.exact] else {
        state.columns[table.exact] = columns.map {
          PinnedColumn($0, origin: $0.type == nil ? nil : origin)
        }
        return
      }
      state.columns[table.exact] = pinned.map { column in
        guard column.seen.type == nil,
          let seen = columns.first(where: { $0.name.isSameName(as: column.seen.name) }),
          seen.type != nil
        else { return column }
        return PinnedColumn(SeenColumn(name: column.seen.name, type: seen.type), origin: origin)
      }
    }
  }

  public func widen(column: String, to type: String, table: String, by origin: PinOrigin) throws {
    try write("widen") { state in
      let index = state.columns[table.exact]?.firstIndex { $0.seen.name.isSameName(as: column) }
      guard let index else { throw MemoryLedgerError.notPinned(column) }
      let name = state.columns[table.exact]?[index].seen.name ?? column
      state.columns[table.exact]?[index] = PinnedColumn(
        SeenColumn(name: name, type: type), origin: origin)
    }
  }

  public func confirm(_ same: [VersionReference: PartitionVersion]) throws {
    try write("confirm") { state in
      for (reference, version) in same where state.files[reference] != nil {
        state.same[reference, default: []].insert(state.keep(version))
      }
    }
  }

  public func claim(_ place: OutputPlace, job: String, run: RunID?) throws {
    try write("claim") { $0.places[job] = place }
  }

  public func accept(_ sources: [String: SourceDescription], run: RunID) throws {
    try write("accept") { state in
      let job = try state.job(ofRunning: run)
      state.sources[job, default: [:]].merge(sources) { $1 }
    }
  }

  public func move(_ moves: [PositionMove], run: RunID, reason: String) throws {
    try write("move") { state in
      let job = try state.job(ofRunning: run)
      for move in moves {
        state.move(move, run: run, job: job)
        _ = state.insert(
          WorkUnitRecord(
            partition: move.partition, state: .moved, rows: 0, bytes: 0, reason: reason,
            message: nil), run: run)
      }
    }
  }

  public func withhold(_ units: [WithheldUnit], run: RunID, count: RemovalCount) throws {
    try write("withhold") { state in
      let job = try state.job(ofRunning: run)
      for unit in units {
        let inputs = state.keep(unit.inputs)
        state.withheld[job, default: [:]][unit.partition] = WithheldRemoval(
          run: run, count: count, definition: unit.definition, inputs: inputs)
        let record = WorkUnitRecord(
          partition: unit.partition, state: .held, rows: 0, bytes: 0, reason: unit.reason,
          message: nil)
        guard state.insert(record, run: run) else {
          throw MemoryLedgerError.unitCommitted(unit.partition)
        }
      }
    }
  }

  public func release(_ partitions: [ExactText], run: RunID) throws {
    try write("release") { state in
      let job = try state.job(ofRunning: run)
      for partition in partitions {
        guard let held = state.withheld[job]?[partition] else { continue }
        state.withheld[job]?[partition] = WithheldRemoval(
          run: held.run, count: held.count, definition: held.definition, inputs: held.inputs,
          releasedBy: run)
      }
    }
  }

  public func acknowledge(_ acknowledgement: AlarmAcknowledgement, job: String) throws {
    try write("acknowledge") { $0.acknowledgements[job, default: []].append(acknowledgement) }
  }

  public func record(_ strays: [StrayMatches]) throws {
    try write("recordStrays") { state in
      for stray in strays { state.strays.append((try state.run(stray.run).start.job, stray)) }
    }
  }

  public func keep(_ staged: [PreparedPublish]) throws {
    try write("keep") { state in
      for publish in staged {
        _ = try state.job(ofRunning: publish.run)
        let unit = WorkUnitRecord(
          partition: publish.partition, state: .staged, rows: 0, bytes: 0, reason: publish.reason,
          message: nil)
        guard state.insert(unit, run: publish.run) else {
          throw MemoryLedgerError.unitCommitted(publish.partition)
        }
        state.runs[Int(publish.run) - 1].staged[publish.partition] = publish
      }
    }
  }

  public func discard(_ partitions: [ExactText], run: RunID, message: String) throws {
    try write("discard") { state in
      for partition in partitions {
        let index = Int(run) - 1
        guard try state.run(run).staged[partition] != nil else {
          throw MemoryLedgerError.unitNotStaged(partition)
        }
        let reason = state.runs[index].units[partition]?.reason ?? ""
        state.runs[index].staged[partition] = nil
        state.runs[index].units[partition] = WorkUnitRecord(
          partition: partition, state: .cancelled, rows: 0, bytes: 0, reason: reason,
          message: message)
      }
    }
  }

  public func prepare(_ publishes: [PreparedPublish]) throws {
    try write("prepare") { state in
      for publish in publishes {
        let job = try state.job(ofRunning: publish.run)
        let isOpen = try state.prepared.contains {
          try $0.partition == publish.partition && state.run($0.run).start.job == job
        }
        if isOpen { throw MemoryLedgerError.unfinished(publish.partition) }
        let index = Int(publish.run) - 1
        if state.runs[index].staged.removeValue(forKey: publish.partition) != nil {
          state.runs[index].units[publish.partition] = nil
        }
        state.prepared.append(publish)
      }
    }
  }

  public func commit(_ publishes: [PreparedPublish]) throws {
    try write("commit") { state in for publish in publishes { try state.commit(publish) } }
  }

  public func rollBack(_ publishes: [PreparedPublish]) throws {
    try write("rollBack") { state in
      for publish in publishes { _ = try state.takePrepared(publish) }
    }
  }

  public func record(_ units: [WorkUnitRecord], run: RunID) throws {
    try write("record") { state in
      _ = try state.run(run)
      for unit in units {
        guard unit.state == .failed || unit.state == .cancelled else {
          throw MemoryLedgerError.notPrepared(unit.partition)
        }
        guard state.insert(unit, run: run) else {
          throw MemoryLedgerError.unitCommitted(unit.partition)
        }
      }
    }
  }

  public func log(_ lines: [LogLine], run: RunID) throws {
    try write("log") { state in
      _ = try state.run(run)
      state.runs[Int(run) - 1].log += lines
    }
  }

  public func finishRun(_ id: RunID, _ end: RunEnd) throws {
    try write("finishRun") { state in
      _ = try state.job(ofRunning: id)
      let index = Int(id) - 1
      let before = state.runs[index].end
      state.runs[index].state = end.state
      state.runs[index].finishedAt = Date()
      state.runs[index].end = RunEnd(
        state: end.state, bytesRead: before.bytesRead + end.bytesRead,
        filesRead: before.filesRead + end.filesRead, timings: before.timings + end.timings)
    }
  }
}

extension RunTimings {
  fileprivate static func + (left: RunTimings, right: RunTimings) -> RunTimings {
    RunTimings(
      plan: left.plan + right.plan, stage: left.stage + right.stage,
      publish: left.publish + right.publish, commit: left.commit + right.commit)
  }
}
