import Foundation
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

/// Follows a run on standard error: a bar on a terminal; in a log, a line a batch and every failure.
struct RunProgress {
  private let isDrawing: Bool
  private let isQuiet: Bool
  /// The run that has begun.
  private(set) var run: RunID?
  private var total = 0
  private var done = 0
  private var meter: RunMeter
  /// How far listings are, by table.
  private var listings: [ExactText: Int] = [:]
  private var warnings: [String] = []
  /// What was said already.
  private var warned: Set<ExactText> = []

  /// - Parameters:
  ///   - isDrawing: Whether a bar is drawn instead of lines.
  ///   - isQuiet: Whether only warnings and failures are said.
  ///   - pace: How fast earlier runs of the job were; nil when that is not known.
  init(isDrawing: Bool, isQuiet: Bool, pace: RunPace? = nil) {
    meter = RunMeter(pace: pace)
    self.isDrawing = isDrawing
    self.isQuiet = isQuiet
  }

  mutating func take(_ event: RunEvent) {
    meter.take(event, at: Date())
    switch event {
    case .listing(let count):
      list(count)
      return
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
    case .staging, .progress:
      break
    case .staged(_, let rows):
      done += 1
      for warning in rows.warnings { warn(warning) }
    case .failed(let partition, let message):
      done += 1
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

  /// Shows how far the listings are; in a log, how long ones ended.
  private mutating func list(_ count: ListingCount) {
    listings[count.table.exact] = count.files
    if isDrawing {
      let texts = listings.sorted { $0.key < $1.key }.map {
        "\(Quantity.number($0.value)) of \($0.key.text.sanitized)"
      }
      StandardError.draw("\rListing files: \(texts.joined(separator: ", "))\u{1B}[K")
    } else if count.isDone, count.files >= Self.tellingCount {
      tell("listed \(Quantity.count(count.files, "file")) of \(count.table)")
    }
  }

  /// From how many files on the listing of a table is worth a line in a log.
  private static let tellingCount = 1000

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
    let filled = Int((meter.share * 30).rounded(.down))
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: 30 - filled)
    let speed = meter.text.map { ", \($0)" } ?? ""
    StandardError.draw("\r[\(bar)] \(done)/\(total) partitions staged\(speed)\u{1B}[K")
  }
}
