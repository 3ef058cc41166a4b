import Foundation
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

/// Follows a run on standard error: with a bar on a terminal; in a log, with a line per batch and for every failure.
struct RunProgress {
  private let isDrawing: Bool
  private let isQuiet: Bool
  /// The run that has started.
  private(set) var run: RunID?
  private var total = 0
  private var done = 0
  private var meter: RunMeter
  /// How far listings have come, by table.
  private var listings: [ExactText: Int] = [:]
  private var warnings: [String] = []
  /// The warnings that were already printed.
  private var warned: Set<ExactText> = []

  /// - Parameters:
  ///   - isDrawing: Whether to draw a bar instead of printing lines.
  ///   - isQuiet: Whether to print only warnings and failures.
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

  /// Shows how far the listings have come; in a log, how long ones ended.
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

  /// How many files a listing must have to be worth a line in a log.
  private static let tellingCount = 1000

  /// Shows a message in the bar.
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
