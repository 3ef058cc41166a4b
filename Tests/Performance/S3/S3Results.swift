import Foundation

/// What was measured on S3, and how it compares with the goals.
struct S3Results {
  enum Row: Hashable {
    /// With so many touched partitions.
    case run(Int)
    case byHand(HandWrittenJoin, Int)
    case list
    case awscli
    case emptyDisk
    case cached
  }

  let history: History
  let options: S3Options
  let machine: Machine
  private var processes: [Row: [MeasuredProcess]] = [:]
  /// The seconds of scripts without the start of Python.
  private var inside: [Row: [Double]] = [:]
  private var counts: [Row: RequestCounts] = [:]
  private var columns: [ColumnReading] = []

  init(history: History, options: S3Options, machine: Machine) {
    self.history = history
    self.options = options
    self.machine = machine
  }

  mutating func add(_ process: MeasuredProcess, to row: Row) {
    processes[row, default: []].append(process)
  }

  mutating func add(_ run: HandWrittenRun, to row: Row) {
    add(run.process, to: row)
    inside[row, default: []].append(run.inside)
  }

  mutating func add(_ reading: ColumnReading) { columns.append(reading) }

  mutating func note(_ counts: RequestCounts, of row: Row) { self.counts[row] = counts }

  /// A table of times, one of requests, one of the goals, and the machine.
  var markdown: String {
    """
    Two tables of \(history.hours.count.formatted()) partitions of \(history.rows.formatted()) rows in each; a listing \
    of \(options.keys.formatted()) objects; a ledger of \(options.ledger) MB. Medians of \(options.repetitions) whole \
    processes each, in turn.

    | whole process | median | fastest to slowest | processor time | peak memory |
    |---|--:|--:|--:|--:|
    \(rows.map(line).joined(separator: "\n"))

    | requests | all | of each kind |
    |---|--:|---|
    \(rows.compactMap(requests).joined(separator: "\n"))

    | goal | limit | measured | |
    |---|--:|--:|---|
    \(goals.joined(separator: "\n"))

    \(ColumnReading.heading)
    \(columns.map(\.line).joined(separator: "\n"))

    \(machine.description)

    """
  }

  private var rows: [(Row, String)] {
    options.touched.flatMap { count in
      [(Row.run(count), "\(count) partitions: `dovetail run`")]
        + HandWrittenJoin.allCases.map { (.byHand($0, count), "\(count) partitions: \($0.title)") }
    } + [
      (.list, "`dovetail partitions` of the listed table"), (.awscli, "`aws s3 ls --recursive`"),
      (.emptyDisk, "nothing to do, the ledger fetched from the store"),
      (.cached, "nothing to do, a copy of the ledger on this machine"),
    ]
  }

  private func line(_ row: Row, _ name: String) -> String {
    let times = (processes[row] ?? []).map { $0.elapsed / .seconds(1) }.sorted()
    let work = (processes[row] ?? []).map { $0.processorTime / .seconds(1) }.median
    let peak = (processes[row] ?? []).map { Double($0.peakMemory) / 1_048_576 }.median
    let start = inside[row].map { " (\(text($0.median)) s without Python's start)" } ?? ""
    return "| \(name) | \(text(times.median)) s\(start) "
      + "| \(text(times.first ?? 0)) to \(text(times.last ?? 0)) s | \(text(work)) s "
      + "| \(String(format: "%.0f", peak)) MiB |"
  }

  private func requests(_ row: Row, _ name: String) -> String? {
    counts[row].map { "| \(name) | \($0.total) | \($0.text) |" }
  }

  private var goals: [String] {
    options.touched.flatMap { count -> [String] in
      let counts = counts[.run(count)] ?? RequestCounts()
      let scripts = HandWrittenJoin.allCases.map { Row.byHand($0, count) }
      let writes = ["begin upload", "part", "complete upload"].reduce(0) { $0 + counts[$1] }
      let run = seconds(.run(count))
      return [
        goal(
          "\(count) partitions: `dovetail run` against the faster script", most: 1.1,
          run / (scripts.map(seconds).min() ?? 0)),
        goal(
          "the same, without Python's start", most: 1.1,
          run / (scripts.compactMap { inside[$0]?.median }.min() ?? 0)),
        goal(
          "\(count) partitions: requests for a published one", most: 3,
          Double(writes) / Double(count)),
        goal("\(count) partitions: HEAD requests", most: 0, Double(counts["HEAD"])),
      ]
    } + [
      goal(
        "LIST requests for a thousand listed objects", most: 1.1,
        Double((counts[.list] ?? RequestCounts())["LIST"]) * 1000 / Double(options.keys)),
      goal("listing, against awscli", most: 1 / 3.0, seconds(.list) / seconds(.awscli)),
      goal("nothing to do, ledger fetched: its GET requests", most: 1, ledger(.emptyDisk, "GET")),
      goal("nothing to do, ledger here: its GET requests", most: 0, ledger(.cached, "GET")),
      goal("the same: its LIST requests", most: 1, ledger(.cached, "LIST")),
    ]
  }

  private func ledger(_ row: Row, _ kind: String) -> Double {
    Double((counts[row] ?? RequestCounts())["ledger \(kind)"])
  }

  private func goal(_ name: String, most limit: Double, _ measured: Double) -> String {
    "| \(name) | at most \(text(limit)) | \(text(measured)) | \(measured <= limit ? "met" : "missed") |"
  }

  private func seconds(_ row: Row) -> Double {
    (processes[row] ?? []).map { $0.elapsed / .seconds(1) }.median
  }

  private func text(_ value: Double) -> String { String(format: "%.2f", value) }
}
