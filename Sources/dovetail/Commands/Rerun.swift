import ArgumentParser
import IncrementalJoin

/// `dovetail rerun PARTITION...`: rebuilds what the operator names.
struct Rerun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rebuild the named output partitions, pending or not, from current files.",
    discussion: "Example: dovetail rerun month=1/day=31 month=2/day=1")

  @Argument(help: "Output partitions as paths, in any spelling: month=01/day=3.")
  var partitions: [String]

  @Flag(help: "Show the plan and change nothing.")
  var dryRun = false

  @OptionGroup var guards: RunGuards
  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func run() async throws {
    let session = try Session(options.workspace)
    let job = try session.job(choice)
    let chosen = try partitions.map { try Partition(path: $0, keys: job.output.keys) }
    guard !dryRun else {
      let plan = try await session.plan(job, rerunning: chosen)
      return options.json ? try Report.json(PlanShape(plan)) : plan.print()
    }
    var request = guards.request
    request.partitions = chosen
    try await session.run([job], request, json: options.json)
  }
}
