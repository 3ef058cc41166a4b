import Foundation

/// One measurement: builds the scenes, repeats every row in turn and checks the results.
struct Comparison {
  private let options: Options
  private let size: Case
  private let folder: String
  private let tasks: TaskRunner
  private let dovetail: Dovetail
  private let short: Fixture
  /// nil where only runs are measured.
  private let long: Fixture?

  init(_ size: Case, _ options: Options) {
    self.size = size
    self.options = options
    folder = "\(options.folder)/dovetail-bench-\(UUID().uuidString.prefix(8))"
    tasks = TaskRunner(
      program: Bundle.main.executablePath ?? CommandLine.arguments[0], folder: folder)
    dovetail = Dovetail(program: options.dovetail, folder: folder)
    let history = History(days: 0..<size.days, hoursADay: size.hours, rows: size.rows)
    let hours = history.hours
    // The same hours in both scenes, spread over the shorter history.
    let touched = (0..<size.touchedCount).map { hours[$0 * hours.count / size.touchedCount] }
    short = Fixture(
      folder: "\(folder)/short", history: history, touched: touched, memory: size.memory)
    guard size.isWhole else {
      long = nil
      return
    }
    long = Fixture(
      folder: "\(folder)/long",
      history: History(days: -size.days..<size.days, hoursADay: size.hours, rows: size.rows),
      touched: touched, memory: size.memory)
  }

  /// Measures; the temporary folder is removed also when it fails.
  func run() throws -> Results {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for scene in [short, long].compactMap({ $0 }) {
      say("Building a history of \(scene.history.hours.count) partitions a table")
      try scene.build(dovetail, tasks)
    }
    var results = Results(size: size, machine: try Machine(tasks, dovetail))
    for repetition in 0...options.repetitions {
      say(repetition == 0 ? "Warming up" : "Repetition \(repetition) of \(options.repetitions)")
      for (row, process) in try repeatOnce(checking: repetition == 0) where repetition > 0 {
        results.add(process, to: row)
      }
    }
    return results
  }

  /// Every row once, in turn.
  private func repeatOnce(checking: Bool) throws -> [(Results.Row, MeasuredProcess)] {
    var measured: [(Results.Row, MeasuredProcess)] = []
    try short.restore()
    let run = try dovetail.run(in: short.workspace)
    guard run.result.committed == size.touchedCount else {
      throw BenchError("A run committed \(run.result.committed) partitions.")
    }
    measured.append((.run, run.process))
    for join in HandWrittenJoin.allCases {
      let output = "\(folder)/\(join.rawValue)"
      let task = try join.task(for: short, into: output)
      sync()
      let process = try tasks.run(task, named: "by-hand")
      guard Int(process.output.trimmingCharacters(in: .newlines)) == run.result.rows else {
        throw BenchError(
          "Dovetail wrote \(run.result.rows) rows; \(join.title): \(process.output)")
      }
      if checking { try check(output) }
      try FileManager.default.removeItem(atPath: output)
      measured.append((.byHand(join), process))
    }
    guard let long else { return measured }
    let idle = try dovetail.run(in: short.workspace)
    guard idle.result.committed == 0 else { throw BenchError("There was something to do.") }
    measured.append((.idle, idle.process))
    try long.restore()
    let longRun = try dovetail.run(in: long.workspace)
    guard longRun.result.committed == size.touchedCount,
      longRun.result.rows == run.result.rows
    else { throw BenchError("The run on the longer history did something else.") }
    measured.append((.longRun, longRun.process))
    return measured
  }

  /// Checks that a script's result has the rows that Dovetail published.
  private func check(_ output: String) throws {
    let columns = History.columns.joined(separator: ", ")
    let sums = try ["'\(output)/**/*.parquet'", short.publishedFiles].map { files in
      try tasks.text(
        """
        SELECT 'rows ' || count(*) || ', hash ' || sum(hash(\(columns))) \
        FROM read_parquet(\(files), hive_partitioning = false)
        """)
    }
    guard sums[0] == sums[1] else {
      throw BenchError("Dovetail published \(sums[1]), the script wrote \(sums[0]).")
    }
  }

  private func say(_ text: String) {
    FileHandle.standardError.write(Data("dovetail-bench: \(text)\n".utf8))
  }
}
