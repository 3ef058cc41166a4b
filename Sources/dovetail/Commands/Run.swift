import ArgumentParser
import IncrementalJoin
import Operations

/// `dovetail run`: builds what is pending.
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Join and publish the pending partitions of every job, then commit.",
    discussion: """
      Example: dovetail run --job flights_weather
      or: dovetail run --where 'month = 1 AND day <= 7'
      or: dovetail run --max-partitions 30 --newest-first
      or: dovetail run --bookmark pause --from 12 --to 15 --job flights_weather

      With --where only the pending partitions that the predicate selects are built, and with a bound \
      only so many; the others stay pending. A window rebuilds from current files what the runs after \
      --from up to --to had consumed, and moves nothing.
      """)

  @Option(help: ArgumentHelp("Run only if the plan is still this one.", valueName: "id"))
  var plan: String?

  @OptionGroup var filter: WhereOption
  @OptionGroup var scope: RunScope
  @OptionGroup var look: LookOption
  @OptionGroup var guards: RunGuards
  @OptionGroup var how: MannerOptions

  @Option(
    help: ArgumentHelp(
      "The exit status when there was nothing to do, 0 by default; 1 to 4 and 130 mean something else.",
      valueName: "status"),
    transform: { text in
      guard let code = Int32(text), (0...255).contains(code), ExitStatus.nothing(code).isSuccess
      else {
        throw ValidationError(
          "\"\(text)\" cannot be the status for nothing to do: write 0 or 5 to 255, but not 130.")
      }
      return code
    })
  var exitNothing: Int32 = 0

  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func validate() throws {
    if plan != nil, choice.job == nil {
      throw ValidationError("--plan belongs to one job: name it with --job.")
    }
    if scope.from != nil, choice.job == nil {
      throw ValidationError("--from and --to are runs of one job: name it with --job.")
    }
  }

  func run() async throws {
    let session = try await Session(options.workspace)
    try session.allowChanges()
    // Bound for every job before anything runs, so that no mistake is found halfway.
    let work = try session.jobs(choice).map { job in
      var request = guards.request
      request.filter = try filter.predicate(session, keys: job.output.keys)
      request.looksEverywhere = look.all
      request.expectedPlan = plan.map { SavedPlans(session).pins(of: $0) }
      try scope.apply(to: &request, job, session)
      return (job, request)
    }
    try await session.run(
      work, json: options.json, how.manner, nothing: .nothing(exitNothing))
  }
}
