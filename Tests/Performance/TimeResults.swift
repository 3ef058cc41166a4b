import Foundation

/// What was measured of joins by time, and how it compares with the goals.
struct TimeResults {
  enum Work: Hashable {
    case run
    case byHand(HandWrittenTimeJoin)
  }

  struct Row: Hashable {
    let join: TimeJoin
    /// nil for the whole history.
    var touched: TouchedHours?
    let work: Work
  }

  let history: TimeHistory
  let machine: Machine
  private var processes: [Row: [MeasuredProcess]] = [:]

  init(history: TimeHistory, machine: Machine) {
    self.history = history
    self.machine = machine
  }

  mutating func add(_ process: MeasuredProcess, to row: Row) {
    processes[row, default: []].append(process)
  }

  /// A table for each join, one of the goals, and the machine.
  var markdown: String {
    """
    Two tables of \(history.hours.count.formatted()) partitions of \(history.rows.formatted()) rows in each; \
    \(TouchedHours.count) partitions are touched.

    \(TimeJoin.allCases.map(table).joined(separator: "\n\n"))

    | goal | at most | by the clock | by processor time | |
    |---|--:|--:|--:|---|
    \(TimeJoin.allCases.flatMap(goals).joined(separator: "\n"))

    \(machine.description)

    """
  }

  private func table(_ join: TimeJoin) -> String {
    let lines = TouchedHours.allCases.flatMap { touched in
      let works = [Work.run] + join.scripts.map { .byHand($0) }
      return works.map { line(Row(join: join, touched: touched, work: $0)) }
    }
    let full = join.full.map { line(Row(join: join, work: .byHand($0))) }
    return """
      \(join.title).

      | whole process | median | fastest to slowest | runs | processor time | peak memory |
      |---|--:|--:|--:|--:|--:|
      \((lines + (full.map { [$0] } ?? [])).joined(separator: "\n"))
      """
  }

  private func line(_ row: Row) -> String {
    let measured = processes[row] ?? []
    let times = measured.map { $0.elapsed / .seconds(1) }.sorted()
    let range = "\(text(times.first ?? 0, 2)) to \(text(times.last ?? 0, 2)) s"
    let peak = measured.map { Double($0.peakMemory) / 1_048_576 }.median
    let name =
      switch row.work {
      case .run: "`dovetail run`"
      case .byHand(let script): script.title
      }
    return "| \(row.touched?.title ?? "all \(history.hours.count.formatted())"): \(name) "
      + "| \(text(times.median, 2)) s | \(range) | \(times.count) | \(text(work(row), 2)) s "
      + "| \(text(peak, 0)) MiB |"
  }

  private func elapsed(_ row: Row) -> Double {
    (processes[row] ?? []).map { $0.elapsed / .seconds(1) }.median
  }

  private func work(_ row: Row) -> Double {
    (processes[row] ?? []).map { $0.processorTime / .seconds(1) }.median
  }

  private func goals(_ join: TimeJoin) -> [String] {
    TouchedHours.allCases.flatMap { touched in
      let run = Row(join: join, touched: touched, work: .run)
      let scripts = join.scripts.filter(\.isSame).map {
        Row(join: join, touched: touched, work: .byHand($0))
      }
      let name = "`\(join.rawValue)`, \(touched.title): `dovetail run` against"
      let against = join == .asof ? "the faster script that breaks ties" : "the plain range join"
      var goals = [
        goal("\(name) \(against)", join.goal) { measure in
          measure(run) / (scripts.map(measure).min() ?? 0)
        }
      ]
      if let full = join.full {
        // In proportion to what is touched, and as much again.
        let limit = 2 * Double(TouchedHours.count) / Double(history.hours.count)
        goals.append(
          goal("\(name) the whole history, twice the touched part", limit) { measure in
            measure(run) / measure(Row(join: join, work: .byHand(full)))
          })
      }
      return goals
    }
  }

  private func goal(_ name: String, _ limit: Double, ratio: ((Row) -> Double) -> Double) -> String {
    let byClock = ratio(elapsed)
    return
      "| \(name) | \(text(limit, limit < 0.1 ? 3 : 1)) | \(text(byClock, 3)) | \(text(ratio(work), 3)) "
      + "| \(byClock <= limit ? "met" : "missed") |"
  }

  private func text(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }
}
