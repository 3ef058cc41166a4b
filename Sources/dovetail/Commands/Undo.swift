import ArgumentParser
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports

/// `dovetail undo`: undoes what a run did, or the last publish of some partitions.
struct Undo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Undo what a run did: the replaced versions and the positions come back.",
    discussion: """
      Example: dovetail undo --run 12
      or: dovetail undo month=1/day=31 --job flights_weather --confirm flights_weather

      With partitions, the last publish of each is undone, whichever run it was of. What is undone is \
      held: it is not built again until an input changes, or until `dovetail bookmarks release`. An undo \
      can be undone.
      """)

  @OptionGroup var partitions: PartitionOptions

  @Option(
    name: .customLong("run"), help: ArgumentHelp("Everything that this run did.", valueName: "run"))
  var number: RunID?

  @OptionGroup var why: NoteOption
  @OptionGroup var confirmation: Confirmation
  @OptionGroup var how: MannerOptions
  @OptionGroup var options: Options
  @OptionGroup var choice: JobOfRunOption

  func validate() throws {
    if partitions.isEmpty == (number == nil) {
      throw ValidationError("Name either a run with --run, or partitions.")
    }
  }

  func run() async throws {
    let session = try await Session(options.workspace)
    let job = try session.job(choice, ofRun: number)
    if let number { _ = try session.ledger().run(number, of: job.name, for: .undo) }
    let request = try await request(session, job)
    if !confirmation.dryRun { try await recover(session, job, request) }
    let plan = try await UndoPlanner(storage: session.storage, ledger: try session.ledger())
      .plan(request, of: job)
    if !options.json || confirmation.dryRun || confirmation.confirm == nil {
      if options.json {
        try Report.json(UndoJSON(plan))
      } else if !how.manner.quiet || confirmation.confirm == nil {
        Report.text(.undo(plan))
      }
    }
    guard !plan.units.isEmpty else {
      if !options.json { Report.line("Nothing is to be undone.") }
      return
    }
    guard try confirmation.isGiven(for: job.name, in: session) else { return }
    let summary = try await session.operate(on: job, how.manner) {
      try await session.follow(
        session.runner(for: job).undo(request, of: job, expected: plan.id, note: why.note),
        how.manner)
    }
    try session.conclude(summary, json: options.json, how.manner)
  }

  /// Finishes what an interrupted run left behind before looking at what to undo, because the undo would finish it
  /// anyway and its subject would change.
  private func recover(
    _ session: Session, _ job: JobDefinition, _ request: UndoRequest
  ) async throws {
    let recovered = try await session.waitForLock(of: job, how.manner) {
      try await session.runner(for: job).recover(job)
    }
    guard case .partitions(let partitions) = request,
      let partition = partitions.first(where: recovered.contains)
    else { return }
    throw UndoError.recovered(job: job.name, partition: partition.path)
  }

  private func request(_ session: Session, _ job: JobDefinition) async throws -> UndoRequest {
    if let number { return .run(number) }
    return .partitions(try await partitions.resolve(session, job) ?? [])
  }
}

/// The JSON of what an undo would do.
struct UndoJSON: Encodable {
  struct Unit: Encodable {
    let partition: ExactText
    let run: RunID
    let action: UndoPlan.Unit.Action
    let rows: Int64
    let rowsBefore: Int64
  }

  let id: String
  let job: String
  let what: String
  let units: [Unit]
  let steps: [String]

  init(_ plan: UndoPlan) {
    id = plan.id
    job = plan.job.name
    what = plan.detail
    units = plan.units.map {
      Unit(
        partition: $0.partition.path, run: $0.run, action: $0.action, rows: $0.rows,
        rowsBefore: $0.rowsBefore)
    }
    steps = plan.steps.map(\.description)
  }
}
