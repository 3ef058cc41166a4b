import ArgumentParser
import Foundation
import GlueCatalog
import IncrementalJoin
import Operations
import PartitionPredicate

/// `dovetail export glue`: writes a job as a PySpark script for AWS Glue.
struct ExportGlue: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "glue",
    abstract: "Write the PySpark script of a job for AWS Glue.",
    discussion: """
      Example: dovetail export glue --job flights_weather --database nyc --out flights_weather.py

      The script finds what is new by Glue's bookmarks, loads the touched partitions in full, joins them, \
      replaces them and commits last; its comments say which trap each part avoids. Jobs that it would \
      compute differently are refused.
      """)

  @Option(
    help: ArgumentHelp(
      "Write the script to this file, which must not exist; by default to standard output.",
      valueName: "file"), completion: .file())
  var out: String?

  @Option(
    help: ArgumentHelp(
      "The database of tables that have no `glue:` in dovetail.yaml.", valueName: "name"))
  var database: String?

  @OptionGroup var options: Options
  @OptionGroup var choice: OneJobOption

  func run() async throws {
    let session = try await Session(options.workspace)
    let job = try session.job(choice)
    let script = try GlueScript(job, database: database)
    if let out { try write(script.text, to: out) }
    if options.json {
      return try Report.json(
        JSON(job: job.name, path: out, script: out == nil ? script.text : nil))
    }
    if let out {
      Report.line("\(out) has the Glue script of job \(job.name).")
    } else {
      for line in script.text.exact.parts(separatedBy: "\n", omittingEmpty: false) {
        Report.line(line.text)
      }
    }
  }

  private func write(_ text: String, to path: String) throws {
    let file = URL(fileURLWithPath: path)
    do {
      try Data(text.utf8).write(to: file, options: .withoutOverwriting)
    } catch CocoaError.fileWriteFileExists {
      throw Refusal("\(path) exists already. Name another file, or remove it first.")
    } catch {
      throw Refusal("\(path) cannot be written: \(WritingProblem(error, path))")
    }
  }

  /// The JSON of what was written.
  private struct JSON: Encodable {
    let job: String
    let path: String?
    /// The script; none where it is in the file.
    let script: String?
  }
}
