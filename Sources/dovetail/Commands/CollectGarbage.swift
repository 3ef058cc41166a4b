import ArgumentParser
import Foundation
import IncrementalJoin
import Operations
import Reports

/// `dovetail gc`: removes replaced versions that are past their retention.
struct CollectGarbage: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "Remove replaced partition versions that are no longer kept for undo.",
    discussion: """
      Example: dovetail gc --dry-run

      `limits:` of a job say how long they are kept: kept_runs, kept_for and kept_bytes. Every run does \
      this at its end by itself.
      """)

  @Flag(help: "Only tell what is kept and what would go.")
  var dryRun = false

  @OptionGroup var how: MannerOptions
  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func run() async throws {
    let session = try await Session(options.workspace)
    if !dryRun { try session.allowChanges() }
    var rows: [JSON] = []
    for job in try session.jobs(choice) {
      var versions = try await session.keptVersions(of: job)
      if !dryRun, !versions.expired.isEmpty {
        versions.expired = try await session.waitForLock(of: job, how.manner) {
          try await session.runner(for: job).collectGarbage(of: job)
        }
      }
      let gone = Set(versions.expired.map(\.run))
      rows += versions.kept.map { JSON($0, job: job, goes: gone.contains($0.run)) }
      if !options.json, !how.manner.quiet {
        Report.titled(.keptVersions(versions))
      }
    }
    if options.json { try Report.json(rows) }
  }

  private struct JSON: Encodable {
    let job: String
    let run: RunID
    let partitions: Int
    let bytes: Int64
    let goes: Bool

    init(_ kept: KeptRun, job: JobDefinition, goes: Bool) {
      self.job = job.name
      run = kept.run
      partitions = kept.partitions
      bytes = kept.bytes
      self.goes = goes
    }
  }
}
