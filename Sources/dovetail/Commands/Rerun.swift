public import ArgumentParser
public import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

/// `dovetail rerun PARTITION...`: rebuilds the partitions that the operator names.
struct Rerun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rebuild the chosen output partitions, pending or not, from current files.",
    discussion: """
      Example: dovetail rerun month=1/day=31 month=2/day=1 --job flights_weather
      or: dovetail rerun month=2/day=4..month=2/day=10
      or: dovetail rerun --where 'month = 1 AND day > 28' --dry-run
      or: dovetail rerun --run 12 --state failed
      or: dovetail rerun --read-before \(ReadingRules.current)
      or: dovetail rerun --older-than customers

      The conditions narrow each other down: --run 12 --state failed is what failed in run 12. On a \
      terminal the plan is shown and confirmed first; --yes runs it without asking.
      """)

  @OptionGroup var partitions: PartitionOptions

  @Option(
    name: .customLong("run"), help: ArgumentHelp("What this run built or tried.", valueName: "run"))
  var number: RunID?

  @Option(
    help: ArgumentHelp(
      "What is pending, held, failed (in --run, or in the newest run), one-sided, or published (has rows in the "
        + "output); may be repeated.",
      valueName: "state"))
  var state: [PartitionState] = []

  @Option(
    help: ArgumentHelp(
      "What was published under reading rules older than these; `dovetail status` counts it.",
      valueName: "rules"))
  var readBefore: Int?

  @Option(
    help: ArgumentHelp(
      "What was built from other versions of this input than there are now; `dovetail status` counts it for "
        + "inputs with `changes: ignore`.", valueName: "input"))
  var olderThan: String?

  @Flag(help: "Show the plan and change nothing.")
  var dryRun = false

  @Flag(name: .shortAndLong, help: "Do not ask on a terminal.")
  var yes = false

  @OptionGroup var bounds: BoundsOptions
  @OptionGroup var guards: RunGuards
  @OptionGroup var how: MannerOptions
  @OptionGroup var options: Options
  @OptionGroup var choice: JobOfRunOption

  func validate() throws {
    if partitions.isEmpty, number == nil, state.isEmpty, readBefore == nil, olderThan == nil {
      throw ValidationError(
        "Name the partitions, or choose them with --where, --run, --state, --read-before or --older-than."
      )
    }
    if let readBefore, !(2...ReadingRules.current).contains(readBefore) {
      throw ValidationError(
        "--read-before \(readBefore): the reading rules are numbered from 1 to \(ReadingRules.current); give "
          + (ReadingRules.current == 2 ? "2." : "a number from 2 to \(ReadingRules.current)."))
    }
  }

  func run() async throws {
    let session = try await Session(options.workspace)
    if !dryRun { try session.allowChanges() }
    let job = try session.job(choice, ofRun: number)
    var request = guards.request
    request.bounds = bounds.bounds
    request.partitions = try await partitions(of: job, session)
    if dryRun {
      let plan = try await session.plan(job, request)
      SavedPlans(session).save(plan)
      let forecast = try await session.forecast(of: plan)
      return options.json
        ? try Report.json(PlanJSON(plan, forecast)) : plan.print(forecast)
    }
    if !options.json {
      let plan = try await session.plan(job, request)
      let asks = !yes && isTerminal && !plan.units.isEmpty
      if asks || !how.manner.quiet {
        plan.print(try await session.forecast(of: plan))
      }
      guard
        !asks
          || ask("Rebuild \(Quantity.count(plan.units.count, "partition")) of \(job.name)?")
      else {
        throw Refusal("Nothing was changed.")
      }
      request.expectedPlan = PlanPins(plan)
    }
    try await session.run([(job, request)], json: options.json, how.manner)
  }

  private func partitions(of job: JobDefinition, _ session: Session) async throws -> [Partition] {
    var chosen = try partitions.choice(session, job)
    chosen.run = number
    chosen.states = Set(state)
    chosen.readBefore = readBefore
    chosen.olderThan = olderThan
    let report = try await session.report(of: job)
    let found = try chosen.resolve(in: report, ledger: try session.ledger()) ?? []
    if found.isEmpty, let readBefore, chosen == PartitionChoice(readBefore: readBefore) {
      StandardError.write(
        "dovetail: no published partition of \(job.name) was read by rules before \(readBefore).")
    } else if found.isEmpty, let olderThan, chosen == PartitionChoice(olderThan: olderThan) {
      StandardError.write(
        "dovetail: every partition of \(job.name) was built from the newest version of \(olderThan)."
      )
    } else if found.isEmpty {
      let count = report.known.count
      StandardError.write(
        count == 1
          ? "dovetail: the conditions do not choose the only partition of \(job.name)."
          : "dovetail: the conditions choose none of the \(Quantity.count(count, "partition")) of \(job.name)."
      )
    }
    return found
  }
}

extension PartitionState: ExpressibleByArgument {}
