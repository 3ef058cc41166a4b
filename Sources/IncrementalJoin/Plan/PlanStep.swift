public import PartitionPredicate
import Wording

/// One step of an operation.
///
/// A plan, its preview and its run share one list: what `dovetail plan` prints is what is carried out.
public enum PlanStep: Hashable, Sendable {
  /// Refuses the run when the output's file system has less free.
  case checkSpace(bytes: Int64)
  /// Moves positions without building anything, in one transaction.
  case move([PositionMove], because: MoveCause)
  /// Records what is in the output as content of unknown origin, in one transaction.
  case adopt([AdoptedContent])
  /// Releases partitions that are held because they would be emptied: the next run removes them.
  case release([Partition])
  /// Loads all inputs in full for these partitions, joins them, and writes the rows to the staging area.
  case stage([WorkUnit])
  /// Brings replaced versions back into the staging area.
  case restore([UndoPlan.Unit])
  /// Checks what an earlier run staged: its files, the job and the output must be unchanged since.
  case recheck([StagedPlan.Unit])
  /// Checks the pinned files again, writes the journal, and swaps each partition.
  case publish([Partition])
  /// Advances lineage, and position unless the run is paused, in one transaction.
  case commit([Partition])
  /// Removes the published partitions whose results have no rows: all of them, or none where more would be
  /// gone than `limit`, a share from 0 to 1, allows.
  case removeEmptied(limit: Double)
  /// Keeps what was staged for the operator to examine and to publish later.
  case keep([Partition])
  /// Forgets what an earlier run staged.
  case discard([Partition])
  /// Removes staged data that waits for nobody, and replaced versions past their retention.
  case sweep
}

/// Why positions move without a build.
public enum MoveCause: Hashable, Sendable {
  /// The files of inputs were rewritten with the same rows.
  case compaction
  /// The times of all rows of new files lie outside of what is read.
  case outOfReach
  /// An operator moved the bookmark; `detail` is the request in words.
  case bookmark(RunKind, detail: String)
  /// A run's work is undone; `detail` names it.
  case undo(detail: String)

  /// The reason that the ledger keeps of the work units.
  var reason: String {
    switch self {
    case .compaction: "compaction: the rows are the same"
    case .outOfReach: "out of reach: the rows of new files are not near enough"
    case .bookmark(let kind, let detail):
      detail.isEmpty ? kind.rawValue : "\(kind.rawValue) \(detail)"
    case .undo(let detail): "undo of \(detail)"
    }
  }
}

extension PlanStep {
  /// The size of batches that are published and committed together, so that they share fsyncs.
  static let batchSize = 64

  /// Batches of what an operation builds, in order.
  static func batches<Unit>(of units: [Unit], size: Int = batchSize) -> [[Unit]] {
    stride(from: 0, to: units.count, by: max(1, size)).map {
      Array(units[$0..<min($0 + max(1, size), units.count)])
    }
  }
}

extension PlanStep: CustomStringConvertible {
  /// One line of `dovetail plan`: `stage month=1/day=31 from 2 files`.
  public var description: String {
    switch self {
    case .checkSpace(let bytes): return "check that \(Quantity.bytes(bytes)) are free"
    case .stage(let units):
      let files = units.reduce(0) { $0 + $1.fileCount }
      return
        "stage \(Self.range(units.map(\.partition))) from \(Quantity.count(files, "file"))"
    case .restore(let units):
      let parts = [
        ("restore", UndoPlan.Unit.Action.restore), ("prepare the removal of", .remove),
        ("leave the files of", .stay),
      ].compactMap { words, action in
        let partitions = units.filter { $0.action == action }.map(\.partition)
        return partitions.isEmpty ? nil : "\(words) \(Self.range(partitions))"
      }
      return parts.joined(separator: "; ")
    case .recheck(let units):
      return "check that what is staged for \(Self.range(units.map(\.partition))) is up to date"
    case .publish(let partitions): return "publish \(Self.range(partitions))"
    case .commit(let partitions): return "commit \(Self.range(partitions))"
    case .keep(let partitions):
      return "keep \(Self.range(partitions)) staged until they are published"
    case .discard(let partitions): return "discard what is staged for \(Self.range(partitions))"
    case .move(let moves, .compaction):
      return
        "move the \(moves.count == 1 ? "position" : "positions") of "
        + "\(Quantity.count(moves.count, "partition")) whose inputs were compacted"
    case .move(let moves, .outOfReach):
      return moves.count == 1
        ? "move the position of \(moves[0].partition), which new files cannot change"
        : "move the positions of \(Quantity.count(moves.count, "partition")), which new files cannot change"
    case .move(let moves, _):
      return
        "move the \(moves.count == 1 ? "position" : "positions") of "
        + Self.range(moves.map(\.partition))
    case .adopt(let contents):
      return
        "adopt \(Self.range(contents.map(\.partition))) as \(contents.count == 1 ? "it is" : "they are")"
    case .release(let partitions): return "release \(Self.range(partitions))"
    case .removeEmptied(let limit):
      return
        "remove partitions that no longer have rows: all of them, or none if that is more than "
        + "\(limit.percent) of what is published"
    case .sweep: return "sweep replaced versions that are no longer kept"
    }
  }

  private static func range<Name: CustomStringConvertible>(_ partitions: [Name]) -> String {
    guard let first = partitions.first, let last = partitions.last else { return "nothing" }
    return partitions.count == 1
      ? "\(first)" : "\(Quantity.count(partitions.count, "partition")), \(first) to \(last)"
  }
}
