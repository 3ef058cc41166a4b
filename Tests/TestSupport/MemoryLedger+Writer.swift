package import Foundation
package import IncrementalJoin
package import PartitionPredicate

extension MemoryLedger {
  package func beginRun(_ start: RunStart, holder: LockHolder) throws -> RunID {
    try write("beginRun") { state in
      _ = state.interrupt(start.job)
      state.runs.append(
        Run(start: start, startedAt: Date(), user: holder.user, leases: [holder.since]))
      return RunID(state.runs.count)
    }
  }

  package func resumeRun(_ id: RunID, holder: LockHolder) throws {
    try write("resumeRun") { state in
      let run = try state.run(id)
      _ = state.interrupt(run.start.job)
      guard !run.staged.isEmpty || state.prepared.contains(where: { $0.run == id }) else {
        throw MemoryLedgerError.notStaged(id)
      }
      state.runs[id.index].state = .running
      state.runs[id.index].finishedAt = nil
      state.runs[id.index].leases.append(holder.since)
    }
  }

  package func interruptRuns(job: String) throws -> Bool {
    try write("interruptRuns") { $0.interrupt(job) }
  }

  package func pin(columns: [SeenColumn], table: String, by origin: PinOrigin) throws {
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

  package func widen(column: String, to type: String, table: String, by origin: PinOrigin) throws {
    try write("widen") { state in
      let index = state.columns[table.exact]?.firstIndex { $0.seen.name.isSameName(as: column) }
      guard let index else { throw MemoryLedgerError.notPinned(column) }
      let name = state.columns[table.exact]?[index].seen.name ?? column
      state.columns[table.exact]?[index] = PinnedColumn(
        SeenColumn(name: name, type: type), origin: origin)
    }
  }

  package func confirm(_ same: [VersionReference: PartitionVersion]) throws {
    try write("confirm") { state in
      for (reference, version) in same where state.files(of: reference) != nil {
        state.same[reference, default: []].insert(state.keep(version))
      }
    }
  }

  package func noteLook(tables: [String], at instant: Date) throws {
    try write("noteLook") { state in
      for table in tables {
        state.looks[table.exact] = max(instant, state.looks[table.exact] ?? instant)
      }
    }
  }

  package func claim(_ place: OutputPlace, job: String, run: RunID?) throws {
    try write("claim") { $0.places[job] = place }
  }

  package func accept(_ sources: [String: SourceDescription], run: RunID) throws {
    try write("accept") { state in
      let job = try state.job(ofRunning: run)
      state.sources[job, default: [:]].merge(sources) { $1 }
    }
  }

  package func move(_ moves: [PositionMove], run: RunID, reason: String) throws {
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

  package func adopt(_ contents: [AdoptedContent], definition: String, run: RunID) throws {
    try write("adopt") { state in
      let job = try state.job(ofRunning: run)
      for adopted in contents {
        let lineage = Lineage(
          run: run, definition: definition, inputs: [:], rows: 0, bytes: adopted.content.bytes,
          content: state.keep(adopted.content), adoptedBy: run)
        state.lineages[job, default: []].append((adopted.partition, lineage))
        let unit = WorkUnitRecord(
          partition: adopted.partition, state: .adopted, rows: 0, bytes: adopted.content.bytes,
          reason: adopted.reason, message: nil)
        guard state.insert(unit, run: run) else {
          throw MemoryLedgerError.unitCommitted(adopted.partition)
        }
      }
    }
  }

  package func withhold(_ units: [WithheldUnit], run: RunID, count: RemovalCount) throws {
    try write("withhold") { state in
      let job = try state.job(ofRunning: run)
      for unit in units {
        let inputs = state.keep(unit.inputs)
        state.withheld[job, default: [:]][unit.partition.path] = WithheldRemoval(
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

  package func release(_ partitions: [Partition], run: RunID) throws {
    try write("release") { state in
      let job = try state.job(ofRunning: run)
      for partition in partitions {
        guard let held = state.withheld[job]?[partition.path] else { continue }
        state.withheld[job]?[partition.path] = WithheldRemoval(
          run: held.run, count: held.count, definition: held.definition, inputs: held.inputs,
          releasedBy: run)
      }
    }
  }

  package func acknowledge(_ acknowledgement: AlarmAcknowledgement, job: String) throws {
    try write("acknowledge") { $0.acknowledgements[job, default: []].append(acknowledgement) }
  }

  package func record(_ strays: [StrayMatches]) throws {
    try write("recordStrays") { state in
      for stray in strays { state.strays.append((try state.run(stray.run).start.job, stray)) }
    }
  }

  package func keep(_ staged: [PreparedPublish]) throws {
    try write("keep") { state in
      for publish in staged {
        _ = try state.job(ofRunning: publish.run)
        let unit = WorkUnitRecord(
          partition: publish.partition, state: .staged, rows: 0, bytes: 0, reason: publish.reason,
          message: nil)
        guard state.insert(unit, run: publish.run) else {
          throw MemoryLedgerError.unitCommitted(publish.partition)
        }
        state.runs[publish.run.index].staged[publish.partition] = publish
      }
    }
  }

  package func discard(_ partitions: [Partition], run: RunID, message: String) throws {
    try write("discard") { state in
      for partition in partitions {
        let index = run.index
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

  package func prepare(_ publishes: [PreparedPublish]) throws {
    try write("prepare") { state in
      for publish in publishes {
        let job = try state.job(ofRunning: publish.run)
        let isOpen = try state.prepared.contains {
          try $0.partition == publish.partition && state.run($0.run).start.job == job
        }
        if isOpen { throw MemoryLedgerError.unfinished(publish.partition) }
        let index = publish.run.index
        if state.runs[index].staged.removeValue(forKey: publish.partition) != nil {
          state.runs[index].units[publish.partition] = nil
        }
        state.prepared.append(publish)
      }
    }
  }

  package func commit(_ publishes: [PreparedPublish]) throws {
    try write("commit") { state in for publish in publishes { try state.commit(publish) } }
  }

  package func rollBack(_ publishes: [PreparedPublish]) throws {
    try write("rollBack") { state in
      for publish in publishes { _ = try state.takePrepared(publish) }
    }
  }

  package func record(_ units: [WorkUnitRecord], run: RunID) throws {
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

  package func log(_ lines: [LogLine], run: RunID) throws {
    try write("log") { state in
      _ = try state.run(run)
      state.runs[run.index].log += lines
    }
  }

  package func finishRun(_ id: RunID, _ end: RunEnd) throws {
    try write("finishRun") { state in
      _ = try state.job(ofRunning: id)
      let index = id.index
      let before = state.runs[index].end
      state.runs[index].state = end.state
      state.runs[index].finishedAt = Date()
      state.runs[index].end = RunEnd(
        state: end.state, bytesRead: before.bytesRead + end.bytesRead,
        filesRead: before.filesRead + end.filesRead, timings: before.timings + end.timings,
        batches: before.batches + end.batches)
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
