import PartitionPredicate

extension Planner {
  /// Where the positions of partitions go that files which landed cannot change.
  ///
  /// Only the inputs with these files count as consumed as they are now; whatever else is another version today, such as
  /// a reference, stays as it was.
  ///
  /// - Throws: what the ledger throws.
  func moves(outOf report: PendingReport, _ request: RunRequest) throws -> [PositionMove] {
    var partitions = report.known.filter { !$0.outOfReach.isEmpty }
    if let filter = request.filter {
      let selected = Set(filter.filter(partitions.map(\.partition)))
      partitions = partitions.filter { selected.contains($0.partition) }
    }
    let older = try VersionLibrary(
      ledger,
      partitions.flatMap { partition in
        partition.inputs.compactMap { input -> VersionReference? in
          let consumed = report.positions[partition.partition]?.inputs[input.input.name]
          return consumed == input.reference ? nil : consumed
        }
      })
    var renewed: [Renewal: PartitionVersion] = [:]
    return partitions.map { partition in
      let changed = Set(partition.outOfReach.map(\.change.input.exact))
      var inputs: [String: PartitionVersion] = [:]
      for input in partition.inputs {
        let name = input.input.name
        guard let consumed = report.positions[partition.partition]?.inputs[name] else { continue }
        guard let before = older[consumed], let version = input.version else {
          inputs[name] = input.version
          continue
        }
        guard changed.contains(name.exact) else {
          inputs[name] = before
          continue
        }
        let renewal = Renewal(from: consumed, to: VersionReference(version))
        // Nothing but added files is new, so the digests of the others are known.
        let whole = renewed[renewal] ?? version.withDigests(of: before.files)
        renewed[renewal] = whole
        inputs[name] = whole
      }
      return PositionMove(
        partition: partition.partition, definition: report.job.fingerprint, inputs: inputs)
    }
  }
}

/// Two versions, the later of which has all files of the earlier one.
private struct Renewal: Hashable {
  let from: VersionReference
  let to: VersionReference
}

extension PendingInput {
  /// What there is now; nil without files.
  fileprivate var reference: VersionReference? { version.map { VersionReference($0) } }
}
