import Foundation

/// A workspace with the published history of one join by time, over tables that several such scenes share.
struct TimeFixture {
  let join: TimeJoin
  /// Where the tables and all scenes are.
  let folder: String
  let history: TimeHistory

  private static let output = "out/joined"
  /// The columns of the result, in order.
  static let columns = "symbol, ts, trade, price, size, quotes_ts, quote, bid, ask"

  /// The folder of `dovetail.yaml`.
  var workspace: String { "\(folder)/\(join.rawValue)" }
  private var state: PublishedState {
    PublishedState(workspace: workspace, saved: "\(folder)/\(join.rawValue)-saved")
  }

  /// Makes the tables of all scenes, and the late files of every hour that is ever touched.
  static func makeTables(of history: TimeHistory, in folder: String, _ runner: TaskRunner) throws {
    try runner.run(history.task(into: "\(folder)/data"), named: "build")
    let hours = Set(TouchedHours.allCases.flatMap { $0.chosen(of: history.hours.count) })
    try runner.run(
      history.lateTask(hours.sorted().map { history.hours[$0] }, into: "\(folder)/late"),
      named: "build-late")
  }

  /// Publishes the history with one run, while no late file is there.
  func build(_ dovetail: Dovetail) throws {
    try FileManager.default.createDirectory(
      atPath: workspace, withIntermediateDirectories: true)
    try definition.write(
      toFile: "\(workspace)/dovetail.yaml", atomically: true, encoding: .utf8)
    let run = try dovetail.run(in: workspace)
    guard run.result.committed == history.hours.count else {
      throw BenchError("The first run committed \(run.result.committed) partitions.")
    }
    try state.save()
  }

  /// Goes back to the published history and lands the late files of some hours, and of no other.
  ///
  /// Nothing is left to be written to disk when it returns.
  func restore(touching hours: TouchedHours) throws {
    let files = FileManager.default
    try state.restore()
    let touched = Set(hours.chosen(of: history.hours.count))
    for (number, hour) in history.hours.enumerated() {
      let file = "\(folder)/data/\(TimeHistory.trades)/\(hour.path)/late.parquet"
      if files.fileExists(atPath: file) { try files.removeItem(atPath: file) }
      if touched.contains(number) {
        try files.copyItem(atPath: "\(folder)/late/\(hour.path)/late.parquet", toPath: file)
      }
    }
    sync()
  }

  /// A script over what a run reads: the trades of some hours, and the quotes of these and of the halo.
  func task(_ script: HandWrittenTimeJoin, at hours: [Int], into output: String) throws -> SQLTask {
    let quotes = Set(hours.flatMap { hour in join.halo.map { hour + $0 } })
      .intersection(0..<history.hours.count)
    return script.task(
      trades: try files(of: TimeHistory.trades, at: hours),
      quotes: try files(of: TimeHistory.quotes, at: quotes.sorted()), into: output)
  }

  /// The SQL list of the files of a table's hours.
  private func files(of table: String, at hours: [Int]) throws -> String {
    let paths = try hours.flatMap { hour in
      let partition = "\(folder)/data/\(table)/\(history.hours[hour].path)"
      return try FileManager.default.contentsOfDirectory(atPath: partition).sorted()
        .map { "'\(partition)/\($0)'" }
    }
    return "[\(paths.joined(separator: ", "))]"
  }

  /// A list of patterns of the published files of some hours.
  func publishedFiles(at hours: [Int]) -> String {
    let patterns = hours.map { "'\(workspace)/\(Self.output)/\(history.hours[$0].path)/*'" }
    return "[\(patterns.joined(separator: ", "))]"
  }

  private var definition: String {
    """
    tables:
      trades:
        location: ../data/\(TimeHistory.trades)
        partitions: { date: date, hour: int }
        time: ts
      quotes:
        location: ../data/\(TimeHistory.quotes)
        partitions: { date: date, hour: int }
        time: ts
    jobs:
      joined:
        inputs: [trades, quotes]
        join: \(join.definition)
        output: { location: \(Self.output), partitions: [date, hour] }

    """
  }
}
