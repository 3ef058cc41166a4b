import Charts
import IncrementalJoin
import PartitionPredicate
import Reports
import Wording

/// One job's status with what the screens need of it, counted once when it was loaded.
struct JobPage: Sendable {
  /// What arrived for an input since its bookmark.
  struct Arrivals: Equatable, Sendable {
    var counts: [ChangeKind: Int] = [:]
    var bytes: Int64 = 0
    var partitions = 0
  }

  /// How much a table holds.
  struct Totals: Equatable, Sendable {
    let partitions: Int
    let files: Int
    let bytes: Int64
    /// Whether all of it could be listed.
    var isListed = true
  }

  let status: JobStatus
  /// What the inputs' tables hold, in the job's order.
  let inputs: [Totals]
  /// What is published, without counting its files.
  let published: Totals
  /// Every known partition, in order; the lists share them by index.
  let known: [PendingPartition]
  /// The canonical paths of `known`.
  let paths: PartitionPaths
  /// What else a list shows of them: state, reason, and whether they are one-sided.
  let words: SharedTexts
  /// Indices of the partitions with reasons.
  let pending: [Int]
  let heldCount: Int
  /// How many of the held partitions are held by an undo.
  let undoneCount: Int
  /// How many of the held partitions wait for an input.
  let waitingCount: Int
  /// How many partitions are held because they would be emptied.
  let emptyingCount: Int
  let oneSidedCount: Int
  let arrivals: [String: Arrivals]
  let problems: [ListingProblem]
  /// What waits for the operator, the most urgent first.
  let steps: [NextStep]
  /// The newest failure in a sentence, without control characters; nil when none of the last runs failed.
  let lastError: String?
  /// How late each input usually is, in the job's order.
  let delays: [InputDelays]
  /// The newest runs, oldest first.
  let runs: RunHistory
  /// The newest runs, newest first, with those that became known after the listing.
  private(set) var history: [RunRecord]
  /// The runs that were undone, each with the run that undid it.
  private(set) var undone: [RunID: RunID]

  init(_ status: JobStatus) {
    self.status = status
    inputs = status.report.snapshots.map {
      Totals(
        partitions: $0.partitions.count, files: $0.fileCount, bytes: $0.bytes,
        isListed: $0.failure == nil)
    }
    let lineages = status.report.lineages.all.filter(\.isPublished)
    published = Totals(
      partitions: lineages.count, files: 0, bytes: lineages.reduce(0) { $0 + $1.bytes })
    known = status.report.known
    paths = PartitionPaths(
      PartitionTable(known.map(\.partition), keys: status.job.output.keys))
    words = SharedTexts(
      known.lazy.map { partition in
        let hold = partition.hold.map { " \($0.word) \($0.consoleSentence)" } ?? ""
        let status = PartitionStatus(of: partition, in: status)
        return "\(status.word) \(partition.reasonText)\(hold)"
          + (partition.isMissingSide ? " one-sided" : "")
      })
    pending = known.indices.filter { [known] in !known[$0].reasons.isEmpty }
    heldCount = pending.count { [known] in known[$0].hold != nil }
    undoneCount = pending.count { [known] in known[$0].hold?.word == "undone" }
    waitingCount = pending.count { [known] in known[$0].hold?.word == "waiting" }
    emptyingCount = pending.count { [known] in known[$0].hold?.isEmptying == true }
    oneSidedCount = pending.count { [known] in known[$0].isMissingSide }
    problems = status.report.problems
    steps = status.nextSteps
    lastError = status.lastError.map { Self.sentence(about: $0).sanitized }
    delays = ArrivalSkew(status.report).delays
    runs = RunHistory(status.runs, matches: [], rates: status.matchRates)
    history = status.runs
    undone = status.runs.undone
    var arrivals: [String: Arrivals] = [:]
    // Several partitions may read the same file.
    var counted: [String: Set<ExactText>] = [:]
    for index in pending {
      var seen: Set<String> = []
      for case .inputChanged(let part) in known[index].reasons {
        let input = part.input
        if seen.insert(input).inserted { arrivals[input, default: Arrivals()].partitions += 1 }
        for change in part.changes
        where counted[input, default: []].insert(change.file.path).inserted {
          arrivals[input, default: Arrivals()].counts[change.kind, default: 0] += 1
          guard change.kind != .removed else { continue }
          arrivals[input, default: Arrivals()].bytes += change.file.size
        }
      }
    }
    self.arrivals = arrivals
  }

  /// Takes a run of the job as the ledger has it, which may be newer than the listing.
  mutating func take(_ run: RunRecord) {
    if let place = history.firstIndex(where: { $0.id == run.id }) {
      history[place] = run
    } else {
      history.insert(run, at: history.firstIndex { $0.id < run.id } ?? history.endIndex)
    }
    undone = history.undone
  }

  private static func sentence(about error: LastError) -> String {
    let partition = error.partition.map { "\($0.path): " } ?? ""
    let since = error.succeededSince.map { " (run \($0) succeeded since)" } ?? ""
    return "Run \(error.run), \(Quantity.instant(error.instant)) UTC\(since): \(partition)"
      + (error.message ?? "no sentence was recorded.")
  }

  /// Why a run would build or leave out a known partition, worded as the end of a sentence.
  func status(_ index: Int) -> String {
    let partition = known[index]
    if let hold = partition.hold { return hold.consoleSentence }
    guard partition.reasons.isEmpty else { return "pending: \(partition.reasonText)" }
    let built = status.report.lineages[partition.partition].map {
      $0.adoptedBy.map { "; adopted by run \($0), origin unknown" }
        ?? "; built by run \($0.run), \(Quantity.count(Int($0.rows), "row"))"
    }
    return "not pending: every input is as it was consumed\(built ?? "")"
  }

  /// The index of a partition in `known`.
  func index(of partition: Partition) -> Int? {
    let place = known.lowerBound { $0.partition < partition }
    return place < known.count && known[place].partition == partition ? place : nil
  }

  var name: String { status.job.name }
  /// How many pending partitions a run would build: what people are told is pending, not counting held ones.
  var runnableCount: Int { pending.count - heldCount }

  /// `18 pending, 1 held`, and what could not be listed.
  func pendingText(separator: String = ", ") -> String {
    let held = heldCount > 0 ? "\(separator)\(Quantity.number(heldCount)) held" : ""
    let unlisted = zip(status.job.inputs, inputs).filter { !$1.isListed }.map(\.0.name)
    let missing =
      unlisted.isEmpty
      ? ""
      : separator
        + (unlisted.count == 1 ? unlisted[0] : Quantity.count(unlisted.count, "input"))
        + " not listed"
    return "\(Quantity.number(runnableCount)) pending\(held)\(missing)"
  }

  /// Whether all of an input could be listed.
  func isListed(_ input: String) -> Bool {
    zip(status.job.inputs, inputs).allSatisfy { $0.name != input || $1.isListed }
  }

  /// Whether partitions failed in the last run that built any, or in one before and were not tried since.
  var hasFailed: Bool { steps.contains { if case .failed = $0 { true } else { false } } }

  /// Whether there is nothing to compare the output with: no partition anywhere.
  var hasNoData: Bool { known.isEmpty }

  /// Where a known partition stands, ignoring a run in progress.
  func partitionStatus(_ index: Int) -> PartitionStatus {
    PartitionStatus(of: known[index], in: status)
  }
}

extension PendingPartition {
  /// Whether an input is missing in it; not where it is held since nobody has seen that input's table anywhere.
  var isMissingSide: Bool {
    if case .unknownColumns? = hold { return false }
    return isOneSided
  }
}
