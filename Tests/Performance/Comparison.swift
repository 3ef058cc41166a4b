import Foundation

/// The whole measurement: builds the scenes, repeats every row in turn, checks the results and reports.
struct Comparison {
  private let options: Options
  private let folder: String
  private let tasks: TaskRunner
  private let dovetail: Dovetail
  private let short: Scene
  private let long: Scene

  init(_ options: Options) {
    self.options = options
    folder = "\(options.folder)/dovetail-bench-\(UUID().uuidString.prefix(8))"
    tasks = TaskRunner(
      program: Bundle.main.executablePath ?? CommandLine.arguments[0], folder: folder)
    dovetail = Dovetail(program: options.dovetail, folder: folder)
    let history = History(days: 0..<options.days, rows: options.rows)
    let hours = history.hours
    // The same hours in both scenes, spread over the shorter history.
    let touched = (0..<options.touchedCount).map { hours[$0 * hours.count / options.touchedCount] }
    short = Scene(folder: "\(folder)/short", history: history, touched: touched)
    long = Scene(
      folder: "\(folder)/long",
      history: History(days: -options.days..<options.days, rows: options.rows), touched: touched)
  }

  /// Measures and prints; the temporary folder is removed also when it fails.
  func run() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (scene, name) in [(short, "shorter"), (long, "longer")] {
      say("Building the \(name) history: \(scene.history.hours.count) partitions a table")
      try scene.build(dovetail, tasks)
    }
    var results = Results(title: title, machine: try Machine(tasks, dovetail))
    for repetition in 0...options.repetitions {
      say(repetition == 0 ? "Warming up" : "Repetition \(repetition) of \(options.repetitions)")
      for (row, process) in try repeatOnce(checking: repetition == 0) where repetition > 0 {
        results.add(process, to: row)
      }
    }
    print(results.markdown)
    if let document = options.markdown { try results.write(into: document) }
  }

  /// Every row once, in turn.
  private func repeatOnce(checking: Bool) throws -> [(Results.Row, MeasuredProcess)] {
    var measured: [(Results.Row, MeasuredProcess)] = []
    try short.restore()
    let run = try dovetail.run(in: short.workspace)
    guard run.result.committed == options.touchedCount else {
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
    let idle = try dovetail.run(in: short.workspace)
    guard idle.result.committed == 0 else { throw BenchError("There was something to do.") }
    measured.append((.idle, idle.process))
    try long.restore()
    let longRun = try dovetail.run(in: long.workspace)
    guard longRun.result.committed == options.touchedCount,
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

  private var title: String {
    """
    Two tables of \(options.days) days x 24 hours x \(options.rows.formatted()) rows an hour; one \
    new file in each of \(options.touchedCount) of their \(options.days * 24) partitions. Medians \
    of \(options.repetitions) whole processes each, in turn.
    """
  }

  private func say(_ text: String) {
    FileHandle.standardError.write(Data("dovetail-bench: \(text)\n".utf8))
  }
}
