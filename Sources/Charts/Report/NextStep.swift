public import IncrementalJoin
import Wording

/// Something about a job that waits for its operator, or the fact that all is well.
public enum NextStep: Hashable, Sendable {
  /// Another process is writing the output right now.
  case beingWritten(by: LockHolder)
  /// A table could not be listed, so the job does not run.
  case notListed(table: String)
  /// There is data that no partition can hold.
  case misplaced(places: Int)
  /// A run was interrupted while it published.
  case unfinished(partitions: Int)
  /// The last run failed in some partitions, or one before in some that no run has tried to build since.
  case failed(partitions: Int, run: RunID)
  /// A rerun was cancelled, and left partitions that are not pending.
  case notRedone(partitions: Int, run: RunID)
  /// An input is declared differently than it was for the last run.
  case sourceChanged(input: String, differences: [String])
  /// A run has staged partitions that nobody has published or discarded.
  case staged(partitions: Int, run: RunID)
  /// A run has staged partitions that nobody can publish any more.
  case outdated(partitions: Int, run: RunID)
  /// A run raised alarms about how rows met.
  case alarms(count: Int, run: RunID)
  /// Partitions are held because they would be emptied.
  case wouldBeEmptied(partitions: Int)
  /// Partitions are held since an undo.
  case undone(partitions: Int)
  /// Partitions wait for an input.
  case waiting(partitions: Int)
  /// Partitions are pending, and a run would build them.
  case pending(partitions: Int)
  /// Partitions are held for another reason.
  case held(partitions: Int)
  /// No input has a partition, and nothing was ever built.
  case noData
  /// Nothing is pending.
  case upToDate
}

extension JobStatus {
  /// What waits for the operator, the most urgent first; at least one.
  public var nextSteps: [NextStep] {
    var steps: [NextStep] = []
    if let holder { steps.append(.beingWritten(by: holder)) }
    if let problem = report.problems.first(where: { $0.severity == .incomplete }) {
      steps.append(.notListed(table: problem.table))
    }
    func count(_ partitions: Int, _ step: (Int) -> NextStep) {
      if partitions > 0 { steps.append(step(partitions)) }
    }
    count(report.problems.count { $0.severity == .misplaced }) { .misplaced(places: $0) }
    if holder == nil { count(report.unfinished.count) { .unfinished(partitions: $0) } }
    if let last = runs.first(where: \.kind.isBuild), last.failed > 0 {
      steps.append(.failed(partitions: last.failed, run: last.id))
    } else if let run = failures.values.map(\.run).max() {
      let count = failures.values.count { $0.run == run }
      steps.append(.failed(partitions: count, run: run))
    }
    if let rerun = cancelledRerun {
      steps.append(.notRedone(partitions: rerun.partitions, run: rerun.run))
    }
    steps += sourceChanges.sorted { $0.key < $1.key }
      .map { .sourceChanged(input: $0.key, differences: $0.value) }
    for (run, partitions) in staged.sorted(by: { $0.key > $1.key }) {
      let outdated = self.outdated[run]?.count ?? 0
      count(partitions.count - outdated) { .staged(partitions: $0, run: run) }
      count(outdated) { .outdated(partitions: $0, run: run) }
    }
    if let run = alarms.first?.newestRun { steps.append(.alarms(count: alarms.count, run: run)) }
    steps += pendingSteps
    if report.known.isEmpty {
      steps.append(.noData)
    } else if steps.isEmpty {
      steps.append(.upToDate)
    }
    return steps
  }

  private var pendingSteps: [NextStep] {
    var (runnable, emptied, undone, waiting, held) = (0, 0, 0, 0, 0)
    for partition in report.known where !partition.reasons.isEmpty {
      switch partition.hold {
      case nil: runnable += 1
      case .wouldBeEmptied: emptied += 1
      case .undone: undone += 1
      case .waiting: waiting += 1
      case .tooYoung, .fromFuture, .unreadName, .unknownColumns, .fewerFiles: held += 1
      }
    }
    return [
      (emptied, NextStep.wouldBeEmptied(partitions: emptied)),
      (undone, .undone(partitions: undone)), (waiting, .waiting(partitions: waiting)),
      (runnable, .pending(partitions: runnable)), (held, .held(partitions: held)),
    ].filter { $0.0 > 0 }.map(\.1)
  }
}

extension NextStep {
  /// What it is and which command helps, in a sentence.
  ///
  /// - Parameter job: The job's name, for the commands.
  /// - Returns: The sentence, with commands between backquotes.
  public func sentence(job: String) -> String { sentence(help: command(job: job)) }

  /// What it is and what helps, in a sentence.
  ///
  /// - Parameter help: The second half of the sentence, without a full stop; nil where nothing is to be done.
  /// - Returns: The sentence.
  public func sentence(help: String?) -> String {
    help.map { "\(fact): \($0)." } ?? "\(fact)."
  }

  /// What it is, without a full stop.
  private var fact: String {
    func partitions(_ count: Int, _ one: String, _ several: String) -> String {
      "\(Quantity.count(count, "partition")) \(count == 1 ? one : several)"
    }
    return switch self {
    case .beingWritten(let holder):
      "The output is being written by \(holder). Wait until it has ended"
    case .notListed(let table): "Table \(table) could not be listed, so nothing runs"
    case .misplaced(let places):
      "Data in \(Quantity.count(places, "place")) is not read, since no partition can hold it"
    case .unfinished(let count):
      "A run was interrupted while it published \(Quantity.count(count, "partition")); the next run finishes or "
        + "rolls back that by itself"
    case .failed(let count, let run): "Run \(run) failed in \(Quantity.count(count, "partition"))"
    case .notRedone(let count, let run):
      "Run \(run) was cancelled before it had built \(Quantity.count(count, "partition")) again, whose published rows "
        + "stay as they were"
    case .sourceChanged(let input, let differences):
      "The table declaration of input \(input) has changed since its last run "
        + "(\(differences.joined(separator: "; ")))"
    case .staged(let count, let run):
      "Run \(run) staged \(partitions(count, "that waits", "that wait"))"
    case .outdated(let count, let run):
      "Run \(run) staged \(Quantity.count(count, "partition")) that can no longer be published, since a later run built or "
        + "moved \(count == 1 ? "it" : "them") or the definition changed"
    case .alarms(let count, let run): "Run \(run) raised \(Quantity.count(count, "match alarm"))"
    case .wouldBeEmptied(let count):
      "\(partitions(count, "is held because it", "are held because they")) would be emptied"
    case .undone(let count): "\(partitions(count, "is", "are")) held by an undo"
    case .waiting(let count): "\(partitions(count, "waits", "wait")) for an input"
    case .pending(let count): "\(partitions(count, "is", "are")) pending"
    case .held(let count): "\(partitions(count, "is", "are")) held for now"
    case .noData: "No input has a partition, and nothing was ever built"
    case .upToDate: "Nothing is pending: the output is what its inputs say"
    }
  }

  /// Which command helps, as the second half of a sentence; nil where nothing is to be done.
  private func command(job: String) -> String? {
    switch self {
    case .beingWritten, .unfinished, .upToDate: nil
    case .notListed, .misplaced: "see the problems"
    case .failed(_, let run): "`dovetail history \(run)` says why, and the next run tries again"
    case .notRedone(_, let run): "`dovetail rerun --run \(run)` does it over"
    case .sourceChanged: "a run is refused and says what to do"
    case .staged(_, let run):
      "`dovetail diff \(run)` compares, `dovetail publish \(run)` publishes"
    case .outdated(let count, let run):
      "`dovetail publish \(run) --none` discards \(count == 1 ? "it" : "them")"
    case .alarms(_, let run): "`dovetail matches --run \(run) --alarms` shows what got worse"
    case .wouldBeEmptied(let count):
      "fix the inputs, or let `dovetail run --job \(job) --allow-removals` remove \(count == 1 ? "it" : "them")"
    case .undone(let count):
      "`dovetail bookmarks release --job \(job)` releases \(count == 1 ? "it" : "them")"
    case .waiting: "`dovetail skew --job \(job)` says for which"
    case .pending:
      "`dovetail plan --job \(job)` shows what a run would do, `dovetail run --job \(job)` does it"
    case .held: "`dovetail pending --job \(job)` says why"
    case .noData: "`dovetail tables` says where the tables are looked for"
    }
  }
}
