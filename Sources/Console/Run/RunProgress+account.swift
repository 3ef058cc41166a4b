import Foundation
import IncrementalJoin
import Reports
import Wording

/// What the run has done with one partition, according to its events.
extension RunProgress {
  /// The unit's state and batch, its rows before and after, its times, and why it failed.
  func account(of unit: Unit) -> TextReport {
    var lines = [
      TextReport.Line(
        "\(unit.state.word), batch \(Quantity.number(unit.batch + 1)) of "
          + Quantity.number(batches.count), Self.tone(of: unit.state)),
      TextReport.Line(rows(of: unit)),
    ]
    if let time = time(of: unit) { lines.append(TextReport.Line(time)) }
    lines.append(TextReport.Line("Why: \(unit.reason)"))
    if let message = unit.message {
      lines += [TextReport.Line(), TextReport.Line(message, .bad)]
    }
    return TextReport(title: unit.path, lines: lines)
  }

  private func rows(of unit: Unit) -> String {
    let before = "Rows: \(unit.rowsBefore.map(Quantity.number) ?? "not counted") before"
    if unit.stagedAt != nil { return "\(before), \(Quantity.number(unit.rows)) after" }
    return unit.state.isFinal ? "\(before), none written" : before
  }

  /// How long reading and joining took, how long the unit waited for the others of its batch, and how long publishing
  /// and committing took; nil before the unit began.
  private func time(of unit: Unit) -> String? {
    guard let begun = unit.begunAt, let now = lastAt else { return nil }
    func elapsed(_ from: Date, _ to: Date) -> String {
      Quantity.elapsed(.seconds(max(0, to.timeIntervalSince(from))))
    }
    let staged = unit.stagedAt ?? unit.endedAt ?? now
    let reading = "Reading and joining took \(elapsed(begun, staged))"
    guard unit.stagedAt != nil else {
      return unit.endedAt == nil ? "Reading and joining for \(elapsed(begun, now)) so far" : reading
    }
    guard let ended = unit.endedAt else { return reading }
    // Those of a batch are published together, when the last of them is staged.
    let batch = min(ended, max(staged, batches[unit.batch].stagedAt ?? staged))
    let waiting =
      batch.timeIntervalSince(staged) < 0.05
      ? "" : ", waiting for its batch \(elapsed(staged, batch))"
    return "\(reading)\(waiting), publishing and committing \(elapsed(batch, ended))"
  }

  private static func tone(of state: UnitState) -> TextReport.Tone {
    switch state {
    case .waiting: .dim
    case .staging, .staged, .published, .kept: .strong
    case .committed, .unchanged: .good
    case .removed, .held, .cancelled: .warning
    case .failed: .bad
    }
  }
}
