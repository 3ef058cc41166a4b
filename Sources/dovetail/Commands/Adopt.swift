import ArgumentParser
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports

/// `dovetail adopt`: takes over the files in a job's output as they are.
struct Adopt: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take over the output as it is, without building anything.",
    discussion: """
      Example: dovetail adopt --job flights_weather --note 'built by Glue' --confirm flights_weather

      Every partition of the output that no run has built becomes known as content of unknown origin: \
      runs replace it like any other, an undo brings it back, and `dovetail verify` looks for changes of \
      its files. What counts as consumed stays as it is: say that with `dovetail bookmarks set`.
      """)

  @OptionGroup var why: NoteOption
  @OptionGroup var confirmation: Confirmation
  @OptionGroup var how: MannerOptions
  @OptionGroup var options: Options
  @OptionGroup var choice: OneJobOption

  func run() async throws {
    let session = try await Session(options.workspace)
    let job = try session.job(choice)
    let plan = try await AdoptionPlanner(
      storage: session.storage, ledger: try session.ledger(), workspace: session.identity
    ).plan(job)
    if options.json {
      try Report.json(AdoptionJSON(plan, run: nil))
    } else if !how.manner.quiet || confirmation.confirm == nil {
      Report.titled(.adoption(plan))
    }
    guard !plan.isEmpty, try confirmation.isGiven(for: job.name, in: session) else { return }
    let summary = try await session.operate(on: job, how.manner) {
      try await session.runner(for: job).adopt(job, expected: plan.id, note: why.note)
    }
    guard options.json else { return try session.conclude(summary, json: false, how.manner) }
    session.tellHook(RunJSON(summary))
    try Report.json(AdoptionJSON(plan, run: summary.run))
  }
}

/// The JSON of an adoption: what it would take over, and the run that did it.
struct AdoptionJSON: Encodable {
  struct Adopted: Encodable {
    let partition: ExactText
    let files: Int
    let bytes: Int64
  }

  struct Left: Encodable {
    let partition: ExactText
    let reason: String
  }

  let job: String
  let preview: String
  let adopts: [Adopted]
  /// What is adopted and cannot be replaced by a run.
  let fixed: [Left]
  /// What cannot be adopted.
  let left: [Left]
  /// Why runs are refused before the adoption; none where the output already belongs to the job.
  let takesOver: String?
  /// Partitions that are missing or differ from what was published.
  let lost: [ExactText]
  let steps: [String]
  let problems: [String]
  /// The run that recorded the adoption; none when nothing was changed.
  let run: RunID?

  init(_ plan: AdoptionPlan, run: RunID?) {
    job = plan.job.name
    preview = plan.id
    adopts = plan.contents.map {
      Adopted(
        partition: $0.partition.path, files: $0.content.files.count, bytes: $0.content.bytes)
    }
    fixed = plan.fixed.map { Left(partition: $0.partition.path, reason: $0.description) }
    left = plan.obstacles.map { Left(partition: $0.partition.path, reason: $0.description) }
    takesOver = plan.takesOver?.description
    lost = plan.lost.map(\.path)
    steps = plan.steps.map(\.description)
    problems = plan.problems.map(\.description)
    self.run = run
  }
}
