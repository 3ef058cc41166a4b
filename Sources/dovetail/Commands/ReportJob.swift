import ArgumentParser
import Charts
import Foundation

/// `dovetail report`: draws a job as a picture.
struct ReportJob: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract:
      "Draw a job: the calendar of its inputs and output, runs, delays, and what to do next.",
    discussion: """
      Example: dovetail report --job flights_weather --html report.html
      or: dovetail report --svg report.svg

      A page or picture is one file without scripts or anything from elsewhere, to be attached to a ticket or \
      a mail. A file of that name is replaced. Without --html and --svg the report is printed as text.
      """)

  @Option(
    help: ArgumentHelp("Write a page for a browser to this file.", valueName: "file"),
    completion: .file())
  var html: String?

  @Option(
    help: ArgumentHelp("Write a picture in the format SVG to this file.", valueName: "file"),
    completion: .file())
  var svg: String?

  @Option(help: ArgumentHelp("How many runs to show.", valueName: "count"))
  var runs = 40

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  @OptionGroup var options: Options
  @OptionGroup var choice: OneJobOption

  func validate() throws {
    if runs < 1 { throw ValidationError("--runs is a number of runs, at least 1.") }
    if ascii, html != nil || svg != nil || options.json {
      throw ValidationError("--ascii is about the text: leave --html, --svg and --json out.")
    }
  }

  func run() async throws {
    let session = try await Session(options.workspace)
    let job = try session.job(choice)
    let report = try await session.jobReport(of: job, runs: runs)
    for (path, text) in [(html, report.html), (svg, report.svg)] {
      guard let path else { continue }
      try Self.write(text(), to: path)
      if !options.json { Report.line("Written: \(path)") }
    }
    if options.json { return try Report.json(JobReportJSON(report)) }
    guard html == nil, svg == nil else { return }
    for line in report.lines(unicode: !ascii) { Report.line(line) }
  }

  private static func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw UnwritableReport(path: path, reason: WritingProblem(error, path).description)
    }
  }
}

/// The error when the file of a report cannot be written.
struct UnwritableReport: Error, CustomStringConvertible {
  let path: String
  let reason: String

  var description: String {
    "The report cannot be written to \(path): \(reason) Nothing else was changed; name a file in a folder "
      + "that you may write."
  }
}
