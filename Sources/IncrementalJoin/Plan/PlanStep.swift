/// One step of a plan.
///
/// `dovetail plan` prints the list and a run walks the same one.
public enum PlanStep: Hashable, Sendable {
  /// Refuses the run when the output's file system has less free.
  case checkSpace(bytes: Int64)
  /// Moves the positions of partitions whose inputs were only compacted.
  case move([PendingPartition])
  /// Loads all inputs in full for these partitions, joins, and writes the rows aside.
  case stage([WorkUnit])
  /// Checks the pinned files again, writes the journal, and swaps each partition.
  case publish([WorkUnit])
  /// Advances lineage, and position unless the run is paused, in one transaction.
  case commit([WorkUnit])
  /// Removes the published partitions whose results have no rows: all of them, or none where more would be
  /// gone than `limit`, a share from 0 to 1, allows.
  case removeEmptied(limit: Double)
  /// Keeps what was staged for the operator to look at and to publish later.
  case keep([WorkUnit])
  /// Removes what was staged, and replaced versions that are no longer kept.
  case sweep
}

extension Plan {
  /// Partitions that are published and committed together, so that fsyncs are shared.
  static let batchSize = 64

  /// What a run does, in order; empty when there is nothing to do.
  public var steps: [PlanStep] { steps(stagesOnly: false) }

  /// What a run does, in order; it may end after staging.
  public func steps(stagesOnly: Bool) -> [PlanStep] {
    let moves: [PlanStep] = compacted.isEmpty || stagesOnly ? [] : [.move(compacted)]
    guard !units.isEmpty else { return moves }
    let size = switchesTypes ? units.count : Self.batchSize
    let batches = stride(from: 0, to: units.count, by: size).map {
      Array(units[$0..<min($0 + size, units.count)])
    }
    let work = batches.flatMap { batch -> [PlanStep] in
      stagesOnly
        ? [.stage(batch), .keep(batch)] : [.stage(batch), .publish(batch), .commit(batch)]
    }
    let mayRemove = !stagesOnly && units.contains(where: \.isPublished)
    return moves + [.checkSpace(bytes: expectedBytes)] + work
      + (mayRemove ? [.removeEmptied(limit: job.limits.removals)] : [])
      + (stagesOnly ? [] : [.sweep])
  }
}

extension PlanStep: CustomStringConvertible {
  /// One line of `dovetail plan`: `stage month=1/day=31 from 2 files`.
  public var description: String {
    func range(_ units: [WorkUnit]) -> String {
      guard let first = units.first, let last = units.last else { return "nothing" }
      return units.count == 1
        ? "\(first.partition)"
        : "\(units.count) partitions, \(first.partition) to \(last.partition)"
    }
    switch self {
    case .checkSpace(let bytes): return "check that \(bytes) bytes are free"
    case .stage(let units):
      let files = units.reduce(0) { $0 + $1.fileCount }
      return "stage \(range(units)) from \(files) \(files == 1 ? "file" : "files")"
    case .publish(let units): return "publish \(range(units))"
    case .commit(let units): return "commit \(range(units))"
    case .keep(let units): return "keep \(range(units)) staged until they are published"
    case .move(let partitions):
      return "move the positions of \(partitions.count) partitions whose inputs were compacted"
    case .removeEmptied(let limit):
      return "remove what has no rows any more, all of it or, beyond \(limit.percent) of what is "
        + "published, nothing"
    case .sweep: return "sweep replaced versions that are no longer kept"
    }
  }
}
