import PartitionPredicate

/// Looks in other partitions of an input for the partners of unmatched rows, within bounds.
struct StraySearch {
  /// At most this much is read of one unit, and as much of other partitions.
  static let maxBytes: Int64 = 64 << 20
  /// The most other partitions that are examined, the nearest ones.
  private static let maxPartitions = 64
  /// The most values that are searched for.
  private static let sample = 1_000

  let engine: any JoinEngine
  let files: any FileStore
  let plan: Plan
  /// Every known output partition, in order.
  let listed: [PendingPartition]

  /// What was found, and in how many partitions it was searched for.
  struct Result {
    let lookedAt: Int
    let sample: StraySample
  }

  /// Whether an input is joined in a way that would lose partners in other partitions.
  ///
  /// A join by time reads the neighboring partitions, and `sql:` is free to do anything.
  static func isUseful(for job: JobDefinition, input index: Int) -> Bool {
    guard index > 0, let conditions = job.transformation.conditions(inputs: job.inputs.count) else {
      return false
    }
    return conditions[index - 1].time == nil && !conditions[index - 1].on.isEmpty
  }

  /// Looks for partners of a unit's rows.
  ///
  /// - Parameters:
  ///   - unit: One of the plan's.
  ///   - index: The input whose other partitions are examined.
  ///   - least: If there are fewer partitions, nothing is read.
  /// - Returns: nil where there is nothing to examine.
  /// - Throws: `EngineError`, `PinError`, or `CancellationError`.
  func strays(of unit: WorkUnit, input index: Int, atLeast least: Int = 0) async throws -> Result? {
    guard Self.isUseful(for: plan.job, input: index) else { return nil }
    let name = plan.job.inputs[index].name
    let others = neighbors(of: unit.pending, input: index)
    guard others.count > 1, others.count >= least else { return nil }
    let sample = try await files.reading((unit.inputs + others).pins) {
      try await engine.strays(
        of: JoinUnit(unit, of: plan, in: files), meeting: name,
        in: others.map { JoinUnit.Input($0, columns: plan.columns[name] ?? [], in: files) },
        sample: Self.sample)
    }
    return sample.sampled > 0 ? Result(lookedAt: others.count, sample: sample) : nil
  }

  /// What an input has in the partitions near those of a unit, the nearest first, within the bounds.
  private func neighbors(of unit: PendingPartition, input index: Int) -> [PendingInput] {
    guard let place = listed.firstIndex(where: { $0.partition == unit.partition }) else {
      return []
    }
    var bytes: Int64 = 0
    var found: [PendingInput] = []
    var seen = Set(unit.inputs[index].members.map(\.partition))
    for distance in 1..<max(2, listed.count) {
      for neighbor in [place - distance, place + distance] where listed.indices.contains(neighbor) {
        let input = listed[neighbor].inputs[index]
        for member in input.members where seen.insert(member.partition).inserted {
          bytes += member.listing.version.bytes
          guard bytes <= Self.maxBytes, found.count < Self.maxPartitions else { return found }
          found.append(PendingInput(input: input.input, members: [member]))
        }
      }
    }
    return found
  }
}
