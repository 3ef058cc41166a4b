import Foundation

/// The measurement of the console: the same keys as in `less` and visidata, in turn.
struct ConsoleComparison {
  private let options: ConsoleOptions

  init(_ options: ConsoleOptions) { self.options = options }

  /// Measures.
  func run() throws -> ConsoleResults {
    let folder = "\(options.folder)/dovetail-bench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let scene = ConsoleFixture(folder: folder, partitions: options.partitions)
    say("Making \(options.partitions) partitions")
    try scene.build()
    var results = ConsoleResults(
      partitions: options.partitions, machine: Machine(software: "Dovetail"))
    say("Opening the console")
    let console = try TerminalProcess(options.dovetail, [], folder: scene.workspace)
    results.firstFrame = try console.firstFrame()
    let began = ContinuousClock.now
    try console.settle()
    // Coming to rest takes a second of rest.
    results.loaded = ContinuousClock.now - began - .seconds(1)
    _ = try console.press("4")
    try console.settle()
    say("Opening less")
    let less = try TerminalProcess("less", [scene.list], folder: folder)
    try less.settle()
    var visidata: TerminalProcess?
    if let program = options.visidata {
      say("Opening visidata")
      visidata = try TerminalProcess(program, ["--quitguard", scene.list], folder: folder)
      try visidata?.settle()
    }
    for move in ConsoleResults.Move.allCases {
      say(move.title)
      for _ in 0..<options.presses {
        results.add(try console.press(move.console), move, of: .dovetail)
        results.add(try less.press(move.less), move, of: .less)
        if let visidata { results.add(try visidata.press(move.visidata), move, of: .visidata) }
      }
    }
    try letters(of: console, into: &results)
    try orders(of: console, into: &results)
    try console.settle()
    results.idleLoad = try console.idleLoad(seconds: 5)
    results.memory = try console.memory()
    return results
  }

  /// Filters letter by letter, and takes the filter away again.
  private func letters(of console: TerminalProcess, into results: inout ConsoleResults) throws {
    say("Filtering")
    for round in 0..<max(1, options.presses / 20) {
      _ = try console.press("/")
      for letter in "region-0\(round % 10)" {
        results.letters.append(try console.press(String(letter)))
      }
      _ = try console.press("\r")
      _ = try console.press("\u{1B}")
    }
    try console.settle()
  }

  /// Sorts by the first column, again and again, each time the other way round.
  private func orders(of console: TerminalProcess, into results: inout ConsoleResults) throws {
    say("Sorting")
    for _ in 0..<max(1, options.presses / 20) {
      _ = try console.press("s")
      results.orders.append(try console.press("\r"))
      try console.settle()
    }
  }

  private func say(_ text: String) {
    FileHandle.standardError.write(Data("dovetail-bench: \(text)\n".utf8))
  }
}
