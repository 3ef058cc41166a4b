import ArgumentParser
import Foundation
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

/// `dovetail status`: shows one line per job.
struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what is pending, held and published for every job.",
    discussion: "Example: dovetail status --json")

  @OptionGroup var look: LookOption
  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func run() async throws {
    let session = try await Session(options.workspace)
    let statuses = try await session.statuses(choice, looking: look.look)
    var rows: [StatusJSON] = []
    for status in statuses {
      // Whoever is writing the output has already been allowed to.
      let refusal = status.holder == nil ? try await session.outputRefusal(of: status.job) : nil
      let activity = try JobActivity(
        of: status.job, holder: status.holder, status.report, ledger: try session.ledger())
      rows.append(
        StatusJSON(
          status, refusal: refusal, running: RunningJSON(activity),
          progress: activity.lines.dropFirst().joined(separator: "; ")))
    }
    if options.json { return try Report.json(rows) }
    Report.table(
      ["JOB", .number("PENDING"), .number("HELD"), .number("PUBLISHED"), "LAST RUN"],
      zip(statuses, rows).map { status, row in
        [
          row.job, Quantity.number(row.pending), Quantity.number(row.held),
          Quantity.number(row.published),
          status.runs.first.map { "\($0.id) \($0.state.rawValue)" } ?? "never",
        ]
      })
    let notes = zip(statuses, rows).flatMap { $0.notes + $1.notes }
    // A table may be an input of several jobs.
    var told: Set<ExactText> = []
    for note in notes + statuses.flatMap(\.unwatched).map({ "\($0)." })
    where told.insert(note.exact).inserted {
      Report.line(note)
    }
  }
}

/// The JSON of one job's status.
struct StatusJSON: Encodable {
  let job: String
  let pending: Int
  let held: Int
  /// How many held partitions wait for an input.
  let waiting: Int
  /// How many held partitions an operator undid.
  let undone: Int
  /// How many held partitions would be emptied.
  let wouldBeEmptied: Int
  let published: Int
  /// How many published partitions were read under older rules than today's.
  let readUnderOlderRules: Int
  /// How many partitions were built from other versions of a reference than the current ones, by input.
  let builtFromOlder: [String: Int]  // characters: input names are ASCII
  let lastRun: RunID?
  let lastState: RunState?
  /// Runs whose staged partitions wait for the operator, newest first.
  let staged: [RunID]
  /// The match alarms of the newest build.
  let alarms: [String]
  /// How inputs are declared differently than at their last run, by input.
  let sourceChanges: [String: [String]]
  let lockedBy: LockHolder?
  let unfinished: [ExactText]
  let problems: [String]
  /// Which parts of the tables are not watched, and when they were last looked at.
  let unwatched: [UnwatchedJSON]
  /// Why partitions are held that would be emptied, in figures.
  let removals: RemovalCount?
  /// Why runs are refused because of the output; nil when they are not.
  let refusal: String?
  /// The run in progress; nil when nobody holds the output, and before it has planned.
  let running: RunningJSON?
  /// How far it is, in words; empty when nobody holds the output.
  private let progress: String
  /// The runs of which nothing that they staged can be published any more.
  private let outdated: [RunID]
  private let olderRules: [Int]

  private enum CodingKeys: CodingKey {
    case job, pending, held, waiting, undone, wouldBeEmptied, published, readUnderOlderRules,
      builtFromOlder, lastRun, lastState
    case staged, alarms, sourceChanges, lockedBy, unfinished, problems, removals, refusal,
      running, unwatched
  }

  init(_ status: JobStatus, refusal: String?, running: RunningJSON?, progress: String) {
    self.refusal = refusal
    self.running = running
    self.progress = progress
    let pending = status.report.pending
    job = status.job.name
    held = pending.count { $0.hold != nil }
    waiting = pending.count { if case .waiting = $0.hold { true } else { false } }
    undone = pending.count { if case .undone = $0.hold { true } else { false } }
    let emptied = pending.filter { $0.hold?.isEmptying == true }
    wouldBeEmptied = emptied.count
    removals = emptied.first?.hold?.removals
    self.pending = pending.count - held
    published = status.report.lineages.all.count(where: \.isPublished)
    readUnderOlderRules = status.report.published(readBefore: ReadingRules.current).all.count
    builtFromOlder = status.report.olderReferences
    olderRules = status.report.olderReadingRules
    lastRun = status.runs.first?.id
    lastState = status.runs.first?.state
    staged = status.staged.keys.sorted(by: >)
    outdated = staged.filter { status.outdated[$0]?.count == status.staged[$0]?.count }
    alarms = status.alarms.map(\.description)
    sourceChanges = status.sourceChanges
    lockedBy = status.holder
    unfinished = status.report.unfinished.map(\.path)
    problems = status.report.problems.map(\.description)
    unwatched = status.unwatched.map { UnwatchedJSON($0) }
  }

  /// What the operator may want to act on.
  fileprivate var notes: [String] {
    var notes = progress.isEmpty ? [] : ["Job \(job): \(progress)."]
    notes += staged.map {
      outdated.contains($0)
        ? "Job \(job): what run \($0) staged can no longer be published, since a later run built or moved it or the "
          + "definition changed; `dovetail publish \($0) --none` discards it."
        : "Job \(job): run \($0) is staged and not published; `dovetail diff \($0)` compares, "
          + "`dovetail publish \($0)` publishes."
    }
    if waiting > 0 {
      notes.append(
        "Job \(job): \(Quantity.count(waiting, "partition")) "
          + "\(waiting == 1 ? "waits" : "wait") for an input; `dovetail skew` says for which.")
    }
    if undone > 0 {
      notes.append(
        "Job \(job): \(Quantity.count(undone, "undone partition")) "
          + "\(undone == 1 ? "is" : "are") held; `dovetail bookmarks release` releases "
          + "\(undone == 1 ? "it" : "them").")
    }
    if let removals {
      notes.append(RunSummary.note(onKept: wouldBeEmptied, removals, of: job))
    }
    if readUnderOlderRules > 0 {
      let rules = olderRules.map(String.init).joined(separator: ", ")
      notes.append(
        "Job \(job): \(Quantity.count(readUnderOlderRules, "partition")) "
          + "\(readUnderOlderRules == 1 ? "was" : "were") read under older rules "
          + "(\(rules); now \(ReadingRules.current)); `dovetail rerun --read-before "
          + "\(ReadingRules.current)` rebuilds \(readUnderOlderRules == 1 ? "it" : "them").")
    }
    for (input, count) in builtFromOlder.sorted(by: { $0.key < $1.key }) {
      notes.append(
        "Job \(job): \(Quantity.count(count, "partition")) \(count == 1 ? "was" : "were") built from older files of "
          + "\(input); `dovetail rerun --older-than \(input) --job \(job)` rebuilds \(count == 1 ? "it" : "them")."
      )
    }
    for (input, changes) in sourceChanges.sorted(by: { $0.key < $1.key }) {
      notes.append(
        "Job \(job): the table declaration of input \(input) has changed since its last run "
          + "(\(changes.joined(separator: "; "))); a run is refused and says what to do.")
    }
    if let refusal { notes.append("A run is refused: \(refusal)") }
    return notes + alarms
  }
}

/// The JSON of a run in progress.
struct RunningJSON: Encodable {
  let run: RunID
  let kind: RunKind
  let plan: String
  let user: String
  let startedAt: Date
  let committed: Int
  let failed: Int
  /// Partitions that are staged and not published yet.
  let staged: Int

  /// Says how far a run is; nil when there is none.
  init?(_ activity: JobActivity) {
    guard activity.holder != nil, let record = activity.run else { return nil }
    run = record.id
    kind = record.kind
    plan = record.plan
    user = record.user
    startedAt = record.startedAt
    committed = activity.committed
    failed = activity.failed
    staged = activity.staged
  }
}

/// The JSON of what is not watched of a table.
struct UnwatchedJSON: Encodable {
  let table: String
  /// Partitions that ended before this are not watched; nil where a predicate decides.
  let endedBefore: Date?
  /// The predicate that selects the watched partitions; nil where a length of time decides.
  let outsideOf: String?
  /// When a run last looked at everything; nil when none did.
  let lastLook: Date?

  init(_ part: UnwatchedPart) {
    table = part.table
    endedBefore = part.start
    outsideOf = part.predicate
    lastLook = part.lastLook
  }
}

extension JobStatus {
  /// Sentences about what an operator must know besides the counts.
  fileprivate var notes: [String] {
    var notes = report.problems.map(\.description)
    if notes.isEmpty, let note = report.noFiles { notes.append(note) }
    if let holder { notes.append("Job \(job.name) is being run by \(holder).") }
    if let last = runs.first(where: \.kind.isBuild), last.failed > 0 {
      notes.append(
        "Job \(job.name): run \(last.id) failed in \(Quantity.count(last.failed, "partition")); "
          + "`dovetail history \(last.id)` says why, `dovetail rerun --run \(last.id) --state failed "
          + "--job \(job.name)` tries \(last.failed == 1 ? "it" : "them") again.")
    }
    if !report.unfinished.isEmpty, holder == nil {
      notes.append(
        "Job \(job.name): an interrupted run left "
          + "\(Quantity.count(report.unfinished.count, "partition")) unfinished; the next run finishes or rolls them back."
      )
    }
    return notes
  }
}
