import Foundation

/// What was measured, and how it compares with the goals.
struct Results {
  enum Row: Hashable {
    case run
    case byHand(HandWrittenJoin)
    case longRun
    case idle
  }

  let size: Case
  let machine: Machine
  private var processes: [Row: [MeasuredProcess]] = [:]

  init(size: Case, machine: Machine) {
    self.size = size
    self.machine = machine
  }

  mutating func add(_ process: MeasuredProcess, to row: Row) {
    processes[row, default: []].append(process)
  }

  /// A table for each case, one of the goals, and the machine.
  static func markdown(of results: [Results]) -> String {
    """
    \(results.map(\.table).joined(separator: "\n\n"))

    | goal | at most | measured | |
    |---|--:|--:|---|
    \(results.flatMap(\.goals).joined(separator: "\n"))

    \(results.last.map(\.machine.description) ?? "")

    """
  }

  private var table: String {
    """
    \(size.title). Medians of \(processes[.run]?.count ?? 0) whole processes each, in turn.

    | whole process | median | fastest to slowest | processor time | peak memory |
    |---|--:|--:|--:|--:|
    \(rows.map(line).joined(separator: "\n"))
    """
  }

  private var rows: [(Row, String)] {
    [(.run, "(a) `dovetail run`")] + HandWrittenJoin.allCases.map { (.byHand($0), $0.title) }
      + (size.isWhole
        ? [
          (.longRun, "(b) `dovetail run`, untouched history doubled"),
          (.idle, "(c) `dovetail run`, nothing to do"),
        ] : [])
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
    var goals: [(String, Double, Double)] = []
    if let goal = size.goal {
      goals.append(("\(size.title): (a) against the faster script", goal, run / byHand))
    }
    if size.isWhole {
      goals.append(("(b) against (a)", 1.1, seconds(.longRun).median / run))
      goals.append(("(c) against (a)", 0.1, seconds(.idle).median / run))
    }
    return goals.map { name, limit, ratio in
      "| \(name) | \(limit) | \(text(ratio, 3)) | \(ratio <= limit ? "met" : "missed") |"
    }
  }

  private func text(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }
}
