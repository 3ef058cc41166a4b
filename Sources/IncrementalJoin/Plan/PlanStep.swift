/// One step of a plan.
///
/// `dovetail plan` prints the list and a run walks the same one.
public enum PlanStep: Hashable, Sendable {
  /// Refuses the run when the output's file system has less free.
  case checkSpace(bytes: Int64)
  /// Loads all inputs in full for these partitions, joins, and writes the rows aside.
  case stage([WorkUnit])
  /// Checks the pinned files again, writes the journal, and swaps each partition.
  case publish([WorkUnit])
  /// Advances lineage and position in one transaction.
  case commit([WorkUnit])
  /// Removes what was staged, and replaced versions older than the newest runs kept for undo.
  case sweep(keptRuns: Int)
}

extension Plan {
  /// Partitions that are published and committed together, so that fsyncs are shared.
  static let batchSize = 64

  /// What a run does, in order; empty when there is nothing to do.
  public var steps: [PlanStep] {
    guard !units.isEmpty else { return [] }
    let batches = stride(from: 0, to: units.count, by: Self.batchSize).map {
      Array(units[$0..<min($0 + Self.batchSize, units.count)])
    }
    return [.checkSpace(bytes: expectedBytes)]
      + batches.flatMap { [.stage($0), .publish($0), .commit($0)] }
      + [.sweep(keptRuns: job.limits.keptRuns)]
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
    case .sweep(let runs): return "sweep replaced versions, keeping those of \(runs) runs"
    }
  }
}
