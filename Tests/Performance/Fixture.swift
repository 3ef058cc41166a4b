import Foundation

/// A workspace with a published history, which every repetition finds in the same state.
struct Fixture: TouchedFixture {
  let folder: String
  let history: History
  /// The hours that late files touch.
  let touched: [History.Hour]
  /// What the job may take; nil for what is there.
  let memory: String?

  private static let output = "out/calibrated"
  private var state: PublishedState {
    PublishedState(workspace: workspace, saved: "\(folder)/saved")
  }
  private var late: String { "\(folder)/late" }
  /// The folder of `dovetail.yaml`.
  var workspace: String { "\(folder)/workspace" }

  /// Makes the data and publishes all of it with one run.
  func build(_ dovetail: Dovetail, _ runner: TaskRunner) throws {
    try runner.run(history.task(into: "\(workspace)/data"), named: "build")
    try runner.run(history.lateTask(touched, into: late), named: "build-late")
    try definition.write(
      toFile: "\(workspace)/dovetail.yaml", atomically: true, encoding: .utf8)
    let run = try dovetail.run(in: workspace)
    guard run.result.committed == history.hours.count else {
      throw BenchError("The first run committed \(run.result.committed) partitions.")
    }
    try state.save()
  }

  /// Goes back to the published history and lands the late files.
  ///
  /// Nothing is left to be written to disk when it returns.
  func restore() throws {
    let files = FileManager.default
    try state.restore()
    for hour in touched {
      let file = "\(workspace)/data/\(History.calibrations)/\(hour.path)/late.parquet"
      if files.fileExists(atPath: file) { try files.removeItem(atPath: file) }
      try files.copyItem(atPath: "\(late)/\(hour.path)/late.parquet", toPath: file)
    }
    sync()
  }

  /// The SQL list of an hour's files, or of those of all touched hours.
  func files(of table: String, at hours: [History.Hour]) throws -> String {
    let paths = try hours.flatMap { hour in
      let partition = "\(workspace)/data/\(table)/\(hour.path)"
      return try FileManager.default.contentsOfDirectory(atPath: partition).sorted()
        .map { "'\(partition)/\($0)'" }
    }
    return "[\(paths.joined(separator: ", "))]"
  }

  /// A pattern of the published files of the touched hours.
  var publishedFiles: String {
    "[\(touched.map { "'\(workspace)/\(Self.output)/\($0.path)/*'" }.joined(separator: ", "))]"
  }

  private var definition: String {
    """
    tables:
      readings:
        location: data/readings
        partitions: { date: date, hour: int }
      calibrations:
        location: data/calibrations
        partitions: { date: date, hour: int }
    jobs:
      calibrated:
        inputs: [readings, calibrations]
        join: { type: inner, on: [\(History.joined.joined(separator: ", "))] }
        output: { location: \(Self.output), partitions: [date, hour] }
        \(memory.map { "limits: { memory: \($0) }" } ?? "")

    """
  }
}
