import ArgumentParser
import IncrementalJoin

/// `dovetail run`: does what is pending.
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Join and publish the pending partitions of every job, then commit.",
    discussion: """
      Example: dovetail run --job flights_weather
      or: dovetail run --where 'month = 1 AND day <= 7'

      With --where only the pending partitions that the predicate selects are built; the others stay \
      pending.
      """)

  @Option(help: ArgumentHelp("Run only if the plan is still this one.", valueName: "id"))
  var plan: String?

  @OptionGroup var filter: WhereOption
  @OptionGroup var guards: RunGuards
  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func validate() throws {
    if plan != nil, choice.job == nil {
      throw ValidationError("--plan belongs to one job: name it with --job.")
    }
  }

  func run() async throws {
    let session = try Session(options.workspace)
    var request = guards.request
    request.expectedPlan = plan
    try await session.run(session.jobs(choice), request, where: filter, json: options.json)
  }
}

/// What the operator allows a run to do beyond the ordinary.
struct RunGuards: ParsableArguments {
  @Flag(help: "Allow a run to empty a whole input or to remove more than the job's limit.")
  var allowRemovals = false

  @Flag(help: "Take over an output location that already has data of unknown origin.")
  var adopt = false

  var request: RunRequest {
    RunRequest(allowsRemovals: allowRemovals, adoptsOutput: adopt)
  }
}
