import Foundation
import PartitionPredicate

extension PendingDetector {
  /// The build that an operator undid, while what it had read is still what there is.
  func undone(
    _ inputs: [PendingInput], _ snapshots: [Snapshot], _ position: Position?,
    by comparison: inout VersionComparison
  ) async -> Hold? {
    guard let position, let undone = position.undone,
      Set(undone.inputs.keys).isSubset(of: inputs.map(\.input.name)),
      await reasons(inputs, snapshots, references: undone.inputs, by: &comparison).isEmpty
    else { return nil }
    return .undone(run: undone.run, by: position.run)
  }

  /// A name that is not UTF-8, so the partition may have more than was listed.
  func unread(
    _ inputs: [PendingInput], _ snapshots: [Snapshot], _ position: Position?
  ) -> Hold? {
    for (input, snapshot) in zip(inputs, snapshots) {
      let name = input.input.name
      let wasSeen = position?.inputs[name] != nil
      if let unread = input.unreadName(in: snapshot, wasSeen: wasSeen) {
        return .unreadName(input: name, path: unread.path)
      }
    }
    return nil
  }

  /// The removal that a run held back, as long as its definition and what it read are still current.
  ///
  /// It no longer counts after something was built or undone.
  func withheld(
    _ inputs: [PendingInput], _ snapshots: [Snapshot], _ entry: WithheldRemoval?,
    _ lineage: Lineage?, definition: DefinitionFingerprint, by comparison: inout VersionComparison
  ) async -> WithheldRemoval? {
    guard let entry, definition.isSame(as: entry.definition), entry.lastRun > lineage?.run ?? 0,
      Set(entry.inputs.keys).isSubset(of: inputs.map(\.input.name)),
      await reasons(inputs, snapshots, references: entry.inputs, by: &comparison).isEmpty
    else { return nil }
    return entry
  }

  /// Files that vanished from an input whose vanished files make nothing pending: what is built now would have less.
  func fewerFiles(
    _ inputs: [PendingInput], _ snapshots: [Snapshot], since references: [String: VersionReference],
    by comparison: inout VersionComparison
  ) async -> Hold? {
    for (input, snapshot) in zip(inputs, snapshots) where input.input.changes == .additions {
      let changes = await comparison.changes(
        of: input, since: references[input.input.name], isComplete: snapshot.failure == nil)
      let removed = changes.filter { $0.kind == .removed }
      guard let first = removed.first else { continue }
      return .fewerFiles(
        input: input.input.name, file: first.file.path, count: removed.count)
    }
    return nil
  }

  /// A file that may still be being written, or whose age cannot be determined.
  ///
  /// A file from the future is reported before one that is only young, because somebody has to correct it.
  func tooYoung(_ inputs: [PendingInput], _ snapshots: [Snapshot]) -> Hold? {
    var young: Hold?
    for (input, snapshot) in zip(inputs, snapshots) {
      let minimum = input.input.table.minimumAge
      guard minimum > .zero, let version = input.version else { continue }
      for file in version.files {
        let modified = Date(nanoseconds: file.modified)
        let age = Duration.seconds(snapshot.listedAt.timeIntervalSince(modified))
        if file.isFromFuture(at: snapshot.listedAt) {
          return .fromFuture(
            input: input.input.name, file: file.path, modified: modified, ahead: .zero - age,
            until: modified.addingTimeInterval(minimum / .seconds(1)))
        }
        if age < minimum, young == nil {
          young = .tooYoung(
            input: input.input.name, file: file.path, age: max(age, .zero), minimum: minimum)
        }
      }
    }
    return young
  }

  /// The inputs that have no file of output partitions with a position, and had one when a run consumed it earlier.
  ///
  /// - Throws: what the ledger throws.
  func deletedInputs(
    _ job: JobDefinition, _ known: [Partition], _ inputs: [[PendingInput]],
    _ positions: [Partition: Position]
  ) throws -> [Partition: Set<ExactText>] {
    var missing: [ExactText: (partition: Partition, inputs: Set<ExactText>)] = [:]
    for (partition, inputs) in zip(known, inputs) {
      guard let position = positions[partition] else { continue }
      let names = inputs.filter {
        $0.isLookedAt && $0.version == nil && position.inputs[$0.input.name] == nil
      }.map(\.input.name.exact)
      if !names.isEmpty { missing[partition.path] = (partition, Set(names)) }
    }
    let consumed = try ledger.consumedInputs(job: job.name, of: Array(missing.keys))
    var deleted: [Partition: Set<ExactText>] = [:]
    for (path, entry) in missing {
      let inputs = entry.inputs.intersection(consumed[path] ?? [])
      if !inputs.isEmpty { deleted[entry.partition] = inputs }
    }
    return deleted
  }

  /// The inputs that a job waits for: those that never had a file in the partition, or in a part of its window.
  ///
  /// An input that was consumed before and has been deleted is not awaited, also when its deletion was consumed.
  func waiting(
    _ inputs: [PendingInput], _ snapshots: [Snapshot], _ position: Position?,
    _ deleted: Set<ExactText>, of job: JobDefinition, presence: (Int) -> WindowPresence?
  ) -> Hold? {
    guard case .allInputs(let scope, let deadline) = job.wait else { return nil }
    var missing: [AwaitedInput] = []
    for (index, input) in inputs.enumerated() where position?.inputs[input.input.name] == nil {
      if deleted.contains(input.input.name.exact) { continue }
      let there = scope == .window ? presence(index) : nil
      guard there.map({ !$0.isComplete }) ?? input.core.isEmpty else { continue }
      missing.append(AwaitedInput(name: input.input.name, presence: there))
    }
    let first = inputs.compactMap(\.landed).min()
    guard !missing.isEmpty, let first else { return nil }
    let since = Date(nanoseconds: first)
    let until = deadline.map { since.addingTimeInterval($0 / .seconds(1)) }
    let listedAt = snapshots.map(\.listedAt).min() ?? .distantPast
    if let until, listedAt >= until { return nil }
    return .waiting(inputs: missing, since: since, until: until)
  }
}

extension PendingInput {
  /// A name that is not UTF-8 and may belong to what is read.
  func unreadName(in snapshot: Snapshot, wasSeen: Bool) -> UnreadName? {
    if let unread { return unread }
    guard !snapshot.unreadNames.isEmpty else { return nil }
    let read = isAlone || members.isEmpty ? [partition] : members.map(\.partition)
    return read.lazy.compactMap { snapshot.unreadName(in: $0, wasSeen: wasSeen) }.first
  }
}

extension WithheldRemoval {
  /// Why the partition is left out; nil once an operator has released it.
  var hold: Hold? {
    releasedBy == nil ? .wouldBeEmptied(run: run, count: count) : nil
  }
}

extension PendingInput {
  /// The oldest modification time of the files in the output partition's own span, in nanoseconds since 1970-01-01
  /// UTC: when the input landed, as far as the files tell; nil without files.
  package var landed: Int64? {
    core.lazy.flatMap { members[$0].listing.version.files }.map(\.modified).min()
  }
}
