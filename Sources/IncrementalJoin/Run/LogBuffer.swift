import Foundation
import PartitionPredicate
import Synchronization
import Wording

/// The lines of a run's log until they are written to the ledger.
final class LogBuffer: Sendable {
  private let lines = Mutex<[LogLine]>([])

  func add(_ level: LogLine.Level, _ text: String) {
    lines.withLock { $0.append(LogLine(instant: Date(), level: level, text: text)) }
  }

  /// Logs what may be of interest about an event later.
  func take(_ event: RunEvent) {
    switch event {
    case .recovered(let partition, let isCommitted):
      let outcome = isCommitted ? "finished" : "rolled back"
      add(.warning, "\(partition): \(outcome) after an interruption")
    case .planned(let plan):
      add(
        .info,
        "plan \(plan.id): \(Quantity.count(plan.units.count, "partition")), \(Quantity.bytes(plan.bytes))"
      )
      for problem in plan.problems { add(.warning, "\(problem)") }
    case .failed(let partition, let message): add(.failure, "\(partition): \(message)")
    case .committed(let partitions): add(.info, "committed \(Self.range(partitions))")
    case .withheld(let partitions, let count):
      add(.warning, "kept \(Self.range(partitions)), which would be emptied: \(count)")
    case .kept(let partitions): add(.info, "staged \(Self.range(partitions))")
    case .moved(let partitions):
      add(.info, "compaction: moved the positions of \(Self.range(partitions))")
    case .listing, .started, .staging, .progress, .staged, .published, .removed, .unchanged,
      .finished:
      break
    }
  }

  /// Removes and returns everything.
  func take() -> [LogLine] {
    lines.withLock { lines in
      defer { lines = [] }
      return lines
    }
  }

  private static func range(_ partitions: [Partition]) -> String {
    guard let first = partitions.first, let last = partitions.last else { return "nothing" }
    return partitions.count == 1
      ? "\(first)" : "\(Quantity.count(partitions.count, "partition")), \(first) to \(last)"
  }
}
