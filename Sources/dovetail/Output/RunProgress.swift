import IncrementalJoin
import PartitionPredicate
import Wording

/// Follows a run on standard error: a bar on a terminal; in a log, a line a batch and every failure.
struct RunProgress {
  private let isDrawing: Bool
  private let isQuiet: Bool
  /// The run that has begun.
  private(set) var run: RunID?
  private var total = 0
  private var done = 0
  private var shares: [Partition: Double] = [:]
  private var warnings: [String] = []
  /// What was said already.
  private var warned: Set<ExactText> = []

  /// - Parameters:
  ///   - isDrawing: Whether a bar is drawn instead of lines.
  ///   - isQuiet: Whether only warnings and failures are said.
  init(isDrawing: Bool, isQuiet: Bool) {
    self.isDrawing = isDrawing
    self.isQuiet = isQuiet
  }

  mutating func take(_ event: RunEvent) {
    switch event {
    case .recovered(let partition, let isCommitted):
      say("recovered \(partition): \(isCommitted ? "finished" : "rolled back")")
    case .planned(let plan):
      total = plan.units.count
      warnings = plan.warnings
    case .started(let run):
      let size = total > 0 ? ": \(Quantity.count(total, "partition"))" : ""
      self.run = run
      tell("run \(run)\(size)")
      for warning in warnings { warn(warning) }
      warnings = []
    case .staging(let partition):
      shares[partition] = 0
    case .progress(let partition, let share):
      shares[partition] = share
    case .staged(let partition, let rows):
      settle(partition)
      for warning in rows.warnings { warn(warning) }
    case .failed(let partition, let message):
      settle(partition)
      say("\(partition) failed: \(message)")
    case .published, .removed, .unchanged:
      break
    case .kept(let partitions):
      tell("staged \(Quantity.count(partitions.count, "partition"))")
    case .withheld(let partitions, _):
      tell("kept \(Quantity.count(partitions.count, "partition")) that would be emptied")
    case .moved(let partitions):
      tell("moved \(Quantity.count(partitions.count, "position"))")
    case .committed(let partitions):
      tell("committed \(Quantity.count(partitions.count, "partition"))")
    case .finished(let summary):
      for warning in summary.warnings where !warned.contains(warning.exact) { warn(warning) }
      if isDrawing { StandardError.draw("\r\u{1B}[K") }
      for problem in summary.problems { StandardError.write("dovetail: \(problem)") }
      return
    }
    draw()
  }

  private mutating func settle(_ partition: Partition) {
    if shares.removeValue(forKey: partition) != nil { done += 1 }
  }

  /// Says what the bar shows.
  private func tell(_ message: String) {
    if !isDrawing, !isQuiet { say(message) }
  }

  private mutating func warn(_ sentence: String) {
    warned.insert(sentence.exact)
    say("warning: \(sentence)")
  }

  private func say(_ message: String) {
    if isDrawing { StandardError.draw("\r\u{1B}[K") }
    StandardError.write("dovetail: \(message)")
  }

  private func draw() {
    guard isDrawing, total > 0 else { return }
    let share = (Double(done) + shares.values.reduce(0, +)) / Double(total)
    let filled = Int((min(1, share) * 30).rounded(.down))
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: 30 - filled)
    StandardError.draw("\r[\(bar)] \(done)/\(total) partitions staged\u{1B}[K")
  }
}
