import Foundation

/// What was measured, and how it compares with the goals.
struct Results {
  enum Row: Hashable {
    case run
    case byHand(HandWrittenJoin)
    case longRun
    case idle
  }

  let title: String
  let machine: Machine
  private var processes: [Row: [MeasuredProcess]] = [:]

  init(title: String, machine: Machine) {
    self.title = title
    self.machine = machine
  }

  mutating func add(_ process: MeasuredProcess, to row: Row) {
    processes[row, default: []].append(process)
  }

  /// A table of the rows, one of the goals, and the machine.
  var markdown: String {
    """
    \(title)

    | whole process | median | fastest to slowest | processor time | peak memory |
    |---|--:|--:|--:|--:|
    \(rows.map(line).joined(separator: "\n"))

    | goal | at most | measured | |
    |---|--:|--:|---|
    \(goals.joined(separator: "\n"))

    \(machine.description)

    """
  }

  /// Replaces the part of a document that is about runs.
  func write(into path: String) throws { try MarkedPart().replace(in: path, with: markdown) }

  private var rows: [(Row, String)] {
    [(.run, "(a) `dovetail run`")] + HandWrittenJoin.allCases.map { (.byHand($0), $0.title) }
      + [
        (.longRun, "(b) `dovetail run`, untouched history doubled"),
        (.idle, "(c) `dovetail run`, nothing to do"),
      ]
  }

  private func line(_ row: Row, _ name: String) -> String {
    let times = seconds(row).sorted()
    let range = "\(text(times.first ?? 0, 2)) to \(text(times.last ?? 0, 2)) s"
    let work = (processes[row] ?? []).map { $0.processorTime / .seconds(1) }.median
    let peak = (processes[row] ?? []).map { Double($0.peakMemory) / 1_048_576 }.median
    return "| \(name) | \(text(times.median, 2)) s | \(range) | \(text(work, 2)) s "
      + "| \(text(peak, 0)) MiB |"
  }

  private func seconds(_ row: Row) -> [Double] {
    (processes[row] ?? []).map { $0.elapsed / .seconds(1) }
  }

  private var goals: [String] {
    let run = seconds(.run).median
    let byHand = HandWrittenJoin.allCases.map { seconds(.byHand($0)).median }.min() ?? 0
    return [
      ("(a) against the faster script by hand", 1.2, run / byHand),
      ("(b) against (a)", 1.1, seconds(.longRun).median / run),
      ("(c) against (a)", 0.1, seconds(.idle).median / run),
    ].map { name, limit, ratio in
      "| \(name) | \(limit) | \(text(ratio, 3)) | \(ratio <= limit ? "met" : "missed") |"
    }
  }

  private func text(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }
}
