import Foundation

/// The measurement of joins by time: builds the scenes, repeats every row in turn, checks and reports.
struct TimeComparison {
  private let options: TimeOptions
  private let history: TimeHistory
  private let folder: String
  private let tasks: TaskRunner
  private let dovetail: Dovetail

  init(_ options: TimeOptions) {
    self.options = options
    history = TimeHistory(days: options.days, rows: options.rows / (options.days * 24))
    folder = "\(options.folder)/dovetail-bench-\(UUID().uuidString.prefix(8))"
    tasks = TaskRunner(
      program: Bundle.main.executablePath ?? CommandLine.arguments[0], folder: folder)
    dovetail = Dovetail(program: options.dovetail, folder: folder)
  }

  /// Measures; the temporary folder is removed also when it fails.
  func run() throws -> TimeResults {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    say("Making two tables of \(history.hours.count) partitions")
    try TimeFixture.makeTables(of: history, in: folder, tasks)
    let scenes = TimeJoin.allCases.map {
      TimeFixture(join: $0, folder: folder, history: history)
    }
    for scene in scenes {
      say("Publishing the history of \(scene.join.rawValue)")
      try scene.build(dovetail)
    }
    var results = TimeResults(history: history, machine: try Machine(tasks, dovetail))
    for repetition in 0...options.repetitions {
      say(repetition == 0 ? "Warming up" : "Repetition \(repetition) of \(options.repetitions)")
      for scene in scenes {
        for touched in TouchedHours.allCases {
          let measured = try repeatOnce(scene, touched, checking: repetition == 0)
          guard repetition > 0 else { continue }
          for (work, process) in measured {
            results.add(process, to: .init(join: scene.join, touched: touched, work: work))
          }
        }
      }
    }
    for scene in scenes {
      guard let script = scene.join.full else { continue }
      say("The whole history of \(scene.join.rawValue)")
      results.add(try full(scene, script), to: .init(join: scene.join, work: .byHand(script)))
    }
    return results
  }

  /// A run and every script, in turn.
  private func repeatOnce(_ scene: TimeFixture, _ touched: TouchedHours, checking: Bool) throws
    -> [(TimeResults.Work, MeasuredProcess)]
  {
    let hours = touched.chosen(of: history.hours.count)
    try scene.restore(touching: touched)
    let run = try dovetail.run(in: scene.workspace)
    guard run.result.committed == hours.count else {
      throw BenchError("A run committed \(run.result.committed) partitions.")
    }
    return [(.run, run.process)]
      + (try scene.join.scripts.map { script in
        (
          .byHand(script),
          try byHand(script, scene, at: hours, rows: run.result.rows, checking: checking)
        )
      })
  }

  /// The join of the whole history; its rows are those that Dovetail has published, an hour after the other.
  private func full(_ scene: TimeFixture, _ script: HandWrittenTimeJoin) throws -> MeasuredProcess {
    let hours = Array(history.hours.indices)
    let files = scene.publishedFiles(at: hours)
    let count = try tasks.text("SELECT 'rows ' || count(*) FROM read_parquet(\(files))")
    guard let rows = Int(count.dropFirst("rows ".count)) else { throw BenchError(count) }
    return try byHand(script, scene, at: hours, rows: rows, checking: true)
  }

  private func byHand(
    _ script: HandWrittenTimeJoin, _ scene: TimeFixture, at hours: [Int], rows: Int, checking: Bool
  ) throws -> MeasuredProcess {
    let output = "\(folder)/by-hand"
    let task = try scene.task(script, at: hours, into: output)
    sync()
    let process = try tasks.run(task, named: "by-hand")
    guard Int(process.output.trimmingCharacters(in: .newlines)) == rows else {
      throw BenchError("Dovetail wrote \(rows) rows; \(script.title): \(process.output)")
    }
    if checking, script.isSame { try check(output, scene.publishedFiles(at: hours)) }
    try FileManager.default.removeItem(atPath: output)
    return process
  }

  /// Checks that a script's result has the rows that Dovetail published.
  private func check(_ output: String, _ published: String) throws {
    let sums = try ["'\(output)/**/*.parquet'", published].map { files in
      try tasks.text(
        """
        SELECT 'rows ' || count(*) || ', with a quote ' || count(quotes_ts) || ', hash ' \
        || sum(hash(\(TimeFixture.columns), date, hour)) \
        FROM read_parquet(\(files), hive_partitioning = true)
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
