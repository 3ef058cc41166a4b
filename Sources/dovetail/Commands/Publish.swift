import ArgumentParser
import IncrementalJoin
import Operations
import Reports
import Wording
import Workspace

/// `dovetail publish RUN`: publishes what `dovetail run --stage-only` staged.
struct Publish: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Publish what a run has staged: all of it, some partitions, or none.",
    discussion: """
      Example: dovetail publish 12
      or: dovetail publish 12 month=1/day=31 month=2/day=1
      or: dovetail publish 12 --none

      `dovetail diff RUN` shows what would change. A partition whose input files, definition or \
      published version moved since it was staged is not published, and stays pending. Removals beyond \
      `limits: removals` stay staged unless they are allowed.
      """)

  @Argument(help: ArgumentHelp("The run that staged.", valueName: "run"))
  var number: RunID

  @OptionGroup var partitions: PartitionOptions

  @Flag(help: "Publish nothing: forget what is staged, or the named partitions of it.")
  var none = false

  @Flag(help: "Allow removals beyond the job's limit: partitions whose staged result has no rows.")
  var allowRemovals = false

  @OptionGroup var how: MannerOptions
  @OptionGroup var options: Options
  @OptionGroup var choice: JobOfRunOption

  func run() async throws {
    let session = try await Session(options.workspace)
    try session.allowChanges()
    let job = try session.job(choice, ofRun: number)
    _ = try session.ledger().run(number, of: job.name, for: .staged)
    let chosen = try await partitions.resolve(session, job)
    let runner = try session.runner(for: job)
    guard none else {
      let summary = try await session.operate(on: job, how.manner) {
        try await session.follow(
          runner.publish(
            staged: number, of: job, partitions: chosen, allowsRemovals: allowRemovals),
          how.manner)
      }
      return try session.conclude(summary, json: options.json, how.manner)
    }
    let summary = try await session.waitForLock(of: job, how.manner) {
      try await runner.discard(staged: number, of: job, partitions: chosen)
    }
    if options.json { return try Report.json(RunJSON(summary)) }
    if how.manner.quiet { return }
    let left =
      summary.staged > 0
      ? "; \(Quantity.number(summary.staged)) \(summary.staged == 1 ? "is" : "are") still staged"
      : ""
    Report.line(
      "Job \(job.name), run \(number): \(Quantity.count(summary.cancelled, "staged partition")) "
        + "discarded\(left). What was pending still is.")
  }
}
