import Foundation

/// Tables and an output in a bucket, and workspaces that use them.
struct S3Fixture {
  let folder: String
  let history: History
  let store: S3Store

  static let place = "s3://lake/bench"

  /// The folder of a workspace's `dovetail.yaml`.
  func workspace(_ name: String) -> String { "\(folder)/\(name)" }

  /// Makes both tables; the first day is another pair of tables, for the workspace with its ledger in the store.
  func build(_ tasks: TaskRunner) throws {
    try tasks.run(history.task(into: "\(folder)/data"), named: "build")
    try store.script("upload", "\(folder)/data", "bench/data")
    let first = "date=\(History.Hour.date(0))"
    for table in [History.readings, History.calibrations] {
      try store.script("upload", "\(folder)/data/\(table)/\(first)", "bench/day/\(table)/\(first)")
    }
    for (name, tables) in [("run", "data"), ("ledger", "day")] {
      try FileManager.default.createDirectory(
        atPath: workspace(name), withIntermediateDirectories: true)
      try define(name, tables)
    }
    try FileManager.default.createDirectory(
      atPath: workspace("many"), withIntermediateDirectories: true)
    try defineMany()
  }

  /// Writes the definition of a workspace anew, which reaches the store directly or through the proxy.
  func define(_ name: String, _ tables: String, counted: Bool = false) throws {
    let output = name == "run" ? "out/calibrated" : "out/\(name)"
    try write(
      """
      tables:
        readings:
          location: \(Self.place)/\(tables)/readings
          partitions: { date: date, hour: int }
        calibrations:
          location: \(Self.place)/\(tables)/calibrations
          partitions: { date: date, hour: int }
      jobs:
        calibrated:
          inputs: [readings, calibrations]
          join: { type: inner, on: [\(History.joined.joined(separator: ", "))] }
          output: { location: \(Self.place)/\(output), partitions: [date, hour] }
      \(name == "ledger" ? "ledger: \(Self.place)/ledger" : "")

      """, name, counted)
  }

  /// The definition of the workspace of the table that is listed.
  func defineMany(counted: Bool = false) throws {
    try write(
      """
      tables:
        many: { location: \(Self.place)/many, partitions: { day: int, hour: int } }
        none: { location: \(Self.place)/none, partitions: { day: int, hour: int } }
      jobs:
        joined:
          inputs: [many, none]
          join: { type: inner, on: [id] }
          output: { location: \(Self.place)/out/joined }

      """, "many", counted)
  }

  private func write(_ definition: String, _ name: String, _ counted: Bool) throws {
    let endpoint = counted ? store.countedEndpoint : store.endpoint
    try "stores:\n  weed: { type: s3, endpoint: \"\(endpoint)\" }\n\(definition)".write(
      toFile: "\(workspace(name))/dovetail.yaml", atomically: true, encoding: .utf8)
  }

  /// Lands late files, of another content each time.
  func land(_ hours: [History.Hour], repetition: Int, _ tasks: TaskRunner) throws {
    let late = "\(folder)/late"
    try? FileManager.default.removeItem(atPath: late)
    try tasks.run(
      history.lateTask(hours, into: late, missing: 1 + repetition % 2), named: "build-late")
    try store.script("upload", late, "bench/data/\(History.calibrations)")
  }

  /// Joins the touched hours by hand, and uploads the result.
  func byHand(_ join: HandWrittenJoin, _ hours: [History.Hour]) throws -> HandWrittenRun {
    let output = "\(folder)/by-hand"
    try? FileManager.default.removeItem(atPath: output)
    let work = HandWrittenWork(
      folder: output, prefix: "bench/by-hand",
      task: try join.task(for: TouchedObjects(touched: hours), into: output))
    let file = "\(folder)/by-hand.json"
    try JSONEncoder().encode(work).write(to: URL(filePath: file))
    return try HandWrittenRun(process: try store.script("join", file))
  }
}

/// What `s3.py join` is told.
private struct HandWrittenWork: Encodable {
  let folder: String
  let prefix: String
  let task: SQLTask
}

/// What `s3.py join` did.
struct HandWrittenRun {
  let process: MeasuredProcess
  let rows: Int
  /// In seconds, without the start of Python.
  let inside: Double

  init(process: MeasuredProcess) throws {
    let words = process.output.split(whereSeparator: \.isWhitespace)
    guard words.count == 2, let rows = Int(words[0]), let inside = Double(words[1]) else {
      throw BenchError("s3.py said: \(process.output)")
    }
    self.process = process
    self.rows = rows
    self.inside = inside
  }
}

/// The objects of the touched hours, all with a late one.
private struct TouchedObjects: TouchedFixture {
  let touched: [History.Hour]
  var memory: String? { nil }

  func files(of table: String, at hours: [History.Hour]) -> String {
    let names = table == History.calibrations ? ["data_0", "late"] : ["data_0"]
    let paths = hours.flatMap { hour in
      names.map { "'\(S3Fixture.place)/data/\(table)/\(hour.path)/\($0).parquet'" }
    }
    return "[\(paths.joined(separator: ", "))]"
  }
}
