import ArgumentParser
import IncrementalJoin

/// `dovetail rerun PARTITION...`: rebuilds what the operator names.
struct Rerun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rebuild the named output partitions, pending or not, from current files.",
    discussion: """
      Example: dovetail rerun month=1/day=31 month=2/day=1 --job flights_weather
      or: dovetail rerun --where 'month = 1 AND day > 28' --job flights_weather --dry-run

      With --where every known partition that the predicate selects is rebuilt.
      """)

  @Argument(help: "Output partitions as paths, in any spelling: month=01/day=3.")
  var partitions: [String] = []

  @OptionGroup var filter: WhereOption

  @Flag(help: "Show the plan and change nothing.")
  var dryRun = false

  @OptionGroup var guards: RunGuards
  @OptionGroup var options: Options
  @OptionGroup var choice: OneJobOption

  func validate() throws {
    if partitions.isEmpty == (filter.text == nil) {
      throw ValidationError("Name the partitions, or choose them with --where, one of the two.")
    }
  }

  func run() async throws {
    let session = try Session(options.workspace)
    let job = try session.job(choice)
    let chosen = try partitions(of: job, session)
    guard !dryRun else {
      let plan = try await session.plan(job, rerunning: chosen)
      return options.json ? try Report.json(PlanShape(plan)) : plan.print()
    }
    var request = guards.request
    request.partitions = chosen
    try await session.run([job], request, json: options.json)
  }

  private func partitions(of job: JobDefinition, _ session: Session) throws -> [Partition] {
    guard let predicate = try filter.predicate(session, keys: job.output.keys) else {
      return try partitions.map { try Partition(path: $0, keys: job.output.keys) }
    }
    let known = try session.report(of: job).known.map(\.partition)
    let chosen = predicate.filter(known)
    if chosen.isEmpty {
      StandardError.write(
        "dovetail: the predicate selects none of the \(known.count) partitions of \(job.name).")
    }
    return chosen
  }
}
