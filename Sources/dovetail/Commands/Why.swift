import ArgumentParser
import Foundation
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports

/// `dovetail why PARTITION`: explains why an output partition is or is not pending.
struct Why: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show why an output partition is pending, down to the files, or why it is not.",
    discussion: """
      Example: dovetail why month=1/day=31 --job flights_weather

      It also says what counts as consumed, what the published rows were built from, which input is \
      missing since when, and which runs did something with the partition.
      """)

  @Argument(help: "The output partition as a path, in any spelling: month=01/day=3.")
  var partition: String

  @Flag(
    help: """
      Read the rows of rewritten files, where the table has `record_rows`, and tell compactions from \
      corrections.
      """)
  var digest = false

  @OptionGroup var options: Options
  @OptionGroup var choice: OneJobOption

  func run() async throws {
    let session = try await Session(options.workspace)
    let job = try session.job(choice)
    let partition = try Partition(path: partition.exact, keys: job.output.keys)
    var report = try await session.report(of: job)
    if digest { report = try await session.refine(report) }
    let account = try PartitionAccount.read(partition, in: report, ledger: try session.ledger())
    if options.json { try Report.json(PartitionAccountJSON(account)) }
    try session.refuseUnseen([report])
    if case .unknown = account.status {
      throw UsageError(account.verdict)
    }
    if !options.json { Report.text(.why(account)) }
  }
}

/// The JSON of everything about one output partition.
struct PartitionAccountJSON: Encodable {
  enum Status: String, Encodable {
    case pending
    case held
    case settled
    case unknown
  }

  struct Change: Encodable {
    let kind: String
    let file: DataFile
  }

  struct Cause: Encodable {
    let reason: String
    let `class`: ChangeClass?
    let input: String?
    let partition: ExactText?
    let changes: [Change]
  }

  struct Version: Encodable {
    let version: String
    let bytes: Int64
    let files: [DataFile]

    init(_ version: PartitionVersion) {
      self.version = version.id
      bytes = version.bytes
      files = version.files
    }
  }

  struct Input: Encodable {
    let input: String
    let partition: ExactText?
    let current: Version?
    let consumed: Version?
    let built: Version?
    let landed: Date?
    let delaySeconds: Double?
    let missingSeconds: Double?
    let late: Bool?
    let deleted: Bool?
  }

  struct Position: Encodable {
    let run: RunID
    let kind: RunKind?
    let listedAt: Date?
  }

  struct Build: Encodable {
    let run: RunID
    /// The run that adopted what is published; none when a run built it.
    let adoptedBy: RunID?
    /// The number of rows; none when nobody counted them.
    let rows: Int64?
    let bytes: Int64
  }

  struct Visit: Encodable {
    let run: RunID
    let kind: RunKind
    let user: String
    let startedAt: Date
    let note: String?
    let state: WorkUnitState
    let rows: Int64
    let reason: String
    let message: String?
  }

  let job: String
  let partition: ExactText
  let listedAt: Date
  let status: Status
  let verdict: String
  let held: String?
  /// What would be gone, if the partition would be emptied.
  let removals: RemovalCount?
  let near: [ExactText]
  let causes: [Cause]
  /// Files that landed and cannot change it; nil where there are none.
  let outOfReach: [String]?
  let inputs: [Input]
  let position: Position?
  let built: Build?
  let divergence: String?
  let runs: [Visit]
  let unfinished: Bool
  let problems: [String]

  init(_ account: PartitionAccount) {
    job = account.job
    partition = account.partition.path
    listedAt = account.listedAt
    verdict = account.verdict
    var held: String?
    var removals: RemovalCount?
    var near: [ExactText] = []
    switch account.status {
    case .pending: status = .pending
    case .settled: status = .settled
    case .held(let hold):
      status = .held
      held = hold.description
      removals = hold.removals
    case .unknown(let partitions):
      status = .unknown
      near = partitions.map(\.path)
    }
    self.held = held
    self.removals = removals
    self.near = near
    causes = account.causes.map { cause in
      Cause(
        reason: cause.reason.description, class: cause.changeClass, input: cause.input,
        partition: cause.partition?.path,
        changes: cause.changes.map { Change(kind: $0.kind.rawValue, file: $0.file) })
    }
    outOfReach = account.outOfReach.isEmpty ? nil : account.outOfReach.map(\.description)
    inputs = account.inputs.map { input in
      Input(
        input: input.name, partition: input.partition?.path,
        current: input.current.map(Version.init),
        consumed: input.consumed.map(Version.init), built: input.built.map(Version.init),
        landed: input.arrival?.landed, delaySeconds: input.arrival?.delay.map { $0 / .seconds(1) },
        missingSeconds: input.arrival?.missingFor.map { $0 / .seconds(1) },
        late: input.arrival?.isLate, deleted: input.arrival?.isDeleted == true ? true : nil)
    }
    position = account.position.map {
      Position(
        run: $0.run, kind: account.positionRun?.kind, listedAt: account.positionRun?.listedAt)
    }
    built = account.lineage.map {
      Build(run: $0.run, adoptedBy: $0.adoptedBy, rows: $0.countedRows, bytes: $0.bytes)
    }
    divergence = account.divergence?.description
    runs = account.visits.map { visit in
      Visit(
        run: visit.run.id, kind: visit.run.kind, user: visit.run.user,
        startedAt: visit.run.startedAt, note: visit.run.note, state: visit.unit.state,
        rows: visit.unit.rows, reason: visit.unit.reason, message: visit.unit.message)
    }
    unfinished = account.isUnfinished
    problems = account.problems.map(\.description)
  }
}
