import Foundation

/// The measurement on S3: builds the scene, repeats every row in turn, checks and counts.
struct S3Comparison {
  private let options: S3Options
  private let folder: String
  private let tasks: TaskRunner
  private let dovetail: Dovetail
  private let history: History

  init(_ options: S3Options) {
    self.options = options
    folder = "\(options.folder)/dovetail-bench-\(UUID().uuidString.prefix(8))"
    tasks = TaskRunner(
      program: Bundle.main.executablePath ?? CommandLine.arguments[0], folder: folder)
    dovetail = Dovetail(program: options.dovetail, folder: folder)
    history = History(days: 0..<options.days, rows: options.rows)
  }

  /// Measures; the store ends and the temporary folder is removed also when it fails.
  func run() throws -> S3Results {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = try S3Store(folder: folder)
    let scene = S3Fixture(folder: folder, history: history, store: store)
    say("Building a history of \(history.hours.count) partitions a table")
    try scene.build(tasks)
    _ = try dovetail.run(in: scene.workspace("run"))
    var results = S3Results(
      history: history, options: options, machine: try Machine(tasks, dovetail))
    for touched in options.touched { try measureRuns(scene, touched, &results) }
    try measureListing(scene, &results)
    try measureLedger(scene, &results)
    try measureColumns(store, &results)
    return results
  }

  private func measureRuns(_ scene: S3Fixture, _ count: Int, _ results: inout S3Results) throws {
    let hours = history.hours
    let touched = (0..<count).map { hours[$0 * hours.count / count] }
    let workspace = scene.workspace("run")
    try repeating("\(count) partitions") { repetition in
      try scene.land(touched, repetition: repetition, tasks)
      // The first time warms up, and is counted.
      try scene.define("run", "data", counted: repetition == 0)
      _ = try scene.store.counts()
      let run = try dovetail.run(in: workspace)
      guard run.result.committed == count else {
        throw BenchError("A run committed \(run.result.committed) partitions.")
      }
      if repetition == 0 {
        results.note(try scene.store.counts(), of: .run(count))
      } else {
        results.add(run.process, to: .run(count))
      }
      for join in HandWrittenJoin.allCases {
        let other = try scene.byHand(join, touched)
        guard other.rows == run.result.rows else {
          throw BenchError(
            "Dovetail wrote \(run.result.rows) rows; \(join.title): \(other.rows)")
        }
        if repetition > 0 { results.add(other, to: .byHand(join, count)) }
      }
    }
  }

  private func measureListing(_ scene: S3Fixture, _ results: inout S3Results) throws {
    say("Putting \(options.keys) objects")
    try scene.store.script("fill", "\(options.keys)", "bench/many")
    try repeating("the listing") { repetition in
      try scene.defineMany(counted: repetition == 0)
      _ = try scene.store.counts()
      let list = try measured(["partitions", "many", "--json"], in: scene.workspace("many"))
      if repetition == 0 {
        results.note(try scene.store.counts(), of: .list)
      } else {
        results.add(list, to: .list)
      }
      let other = try MeasuredProcess.run(
        S3Store.awscli, ["s3", "ls", "--recursive", "s3://lake/bench/many/"],
        log: "\(folder)/aws.log")
      let lines = other.output.utf8.count { $0 == UInt8(ascii: "\n") }
      guard lines == options.keys else { throw BenchError("awscli lists \(lines) objects.") }
      if repetition > 0 { results.add(other, to: .awscli) }
    }
  }

  private func measureLedger(_ scene: S3Fixture, _ results: inout S3Results) throws {
    let workspace = scene.workspace("ledger")
    _ = try dovetail.run(in: workspace)
    try scene.store.script("pad", "bench/ledger", "\(options.ledger)")
    try repeating("an empty run") { repetition in
      try scene.define("ledger", "day", counted: repetition == 0)
      try FileManager.default.removeItem(atPath: "\(workspace)/.dovetail")
      for row in [S3Results.Row.emptyDisk, .cached] {
        _ = try scene.store.counts()
        let run = try dovetail.run(in: workspace)
        guard run.result.committed == 0 else { throw BenchError("There was something to do.") }
        if repetition == 0 {
          results.note(try scene.store.counts(), of: row)
        } else {
          results.add(run.process, to: row)
        }
      }
    }
  }

  private func measureColumns(_ store: S3Store, _ results: inout S3Results) throws {
    for objects in ColumnReading.sizes where objects.megabytes <= Double(options.largest) {
      say("Reading columns of \(objects.title)")
      try store.script("wide", "\(objects.count)", "\(objects.megabytes)", objects.prefix)
      for (delay, endpoint) in [(0, store.countedEndpoint), (S3Store.delay, store.slowEndpoint)] {
        results.add(
          try ColumnReading(
            objects, delay: delay, at: endpoint, of: store, repetitions: options.repetitions))
      }
    }
  }

  private func measured(_ words: [String], in workspace: String) throws -> MeasuredProcess {
    try MeasuredProcess.run(
      dovetail.program, words + ["--workspace", workspace], log: "\(folder)/dovetail.log")
  }

  private func repeating(_ name: String, _ body: (Int) throws -> Void) throws {
    for repetition in 0...options.repetitions {
      say(
        "\(name): "
          + (repetition == 0 ? "warming up" : "repetition \(repetition) of \(options.repetitions)"))
      sync()
      try body(repetition)
    }
  }

  private func say(_ text: String) {
    FileHandle.standardError.write(Data("dovetail-bench: \(text)\n".utf8))
  }
}
