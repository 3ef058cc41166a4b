import Foundation
import IncrementalJoin
import PartitionPredicate
import Reports

/// The current run, or the last one, as told by its events.
struct RunProgress: Sendable {
  /// One partition of the run.
  struct Unit: Sendable {
    let partition: Partition
    let path: String
    /// The place of its batch.
    let batch: Int
    /// Why it is built.
    let reason: String
    /// What was published of it before, 0 when nothing was; nil when nobody has counted it.
    let rowsBefore: Int64?
    var state = UnitState.waiting
    /// How much of its staging is done, 0 to 1.
    var share = 0.0
    var rows: Int64 = 0
    var message: String?
    /// Whether it was published without rows; its commit is a removal.
    var isEmpty = false
    /// Whether its rows equal the published ones; the published files stay.
    var isUnchanged = false
    /// When its staging began, when it was staged, and when the run was done with it.
    var begunAt: Date?
    var stagedAt: Date?
    var endedAt: Date?
  }

  let job: String
  let plan: String
  private var meter: RunMeter
  /// How far the listings have come before there is a plan, by table.
  private(set) var listings: [ExactText: Int] = [:]
  var id: RunID?
  var isActive = true
  var isCancelling = false
  /// In pieces, since what filters the list keeps a copy while events go on changing units.
  var units = ChunkedArray<Unit>()
  /// What was done together with the units of each batch, in order.
  private(set) var batches: [RunBatch] = []
  /// Whether the batches are shown in the place of the partitions.
  var showsBatches = false
  var batchList = ListState()
  /// The columns of the longest path of the units.
  private(set) var longestPath = 0
  var counts: [UnitState: Int] = [:]
  var recovered: [(partition: Partition, isCommitted: Bool)] = []
  var rows: Int64 = 0
  /// How many partitions had their position moved without a build.
  var compacted = 0
  var startedAt: Date?
  var lastAt: Date?
  var summary: RunSummary?
  /// Whether nothing that waits can be published any more.
  var isOutdated = false
  /// Why the run as a whole was refused or failed.
  var failure: String?
  var list = ListState()
  /// How many events have arrived.
  var events = 0
  var showsFailuresOnly = false
  /// Whether the selection follows the partition that is being staged.
  var follows = true
  private var indexOf: [Partition: Int] = [:]
  /// What it is: a run or a rerun.
  private(set) var kind = RunKind.run
  /// Whether what it commits is not pending any more.
  private(set) var movesPositions = true
  /// The places of the units among the job's known partitions; see ``relate(to:)``.
  var places: [Int?] = []
  /// Which units were pending before, and not held.
  var isRunnable: [Bool] = []
  /// How many of them are not pending any more.
  var settledCount = 0

  /// Shows only failures, or everything again.
  mutating func toggleFailuresOnly() {
    showsFailuresOnly.toggle()
    list = ListState()
  }

  /// The partitions of the plan that is to run.
  private let prepared: RunUnits

  init(job: String, _ prepared: RunUnits, pace: RunPace? = nil) {
    self.job = job
    meter = RunMeter(pace: pace)
    self.prepared = prepared
    plan = prepared.plan
  }

  /// How many partitions the run is done with; cancelled ones do not count.
  var finishedCount: Int { counts.reduce(0) { $0 + ($1.key.isDone ? $1.value : 0) } }

  /// How many it has brought to a good end, without what waits to be published.
  ///
  /// While it runs, those that failed or are held are done with, too.
  var doneCount: Int { soundCount - keptCount }

  /// How many it has staged for the operator.
  var keptCount: Int { counts[.kept] ?? 0 }

  /// How many it has done all of its work on.
  private var soundCount: Int {
    finishedCount - (summary == nil ? 0 : (counts[.failed] ?? 0) + (counts[.held] ?? 0))
  }

  /// How many partitions are committed, as history and the command line count them: including empty and unchanged ones.
  var committedCount: Int {
    [UnitState.committed, .unchanged, .removed].reduce(0) { $0 + (counts[$1] ?? 0) }
  }

  /// How many rows wait to be published.
  var stagedRows: Int64 { units.reduce(0) { $0 + ($1.state == .kept ? $1.rows : 0) } }

  /// How much of the run is done, 0 to 1; while it runs staging counts, so that the bar keeps moving.
  var share: Double {
    guard !units.isEmpty else { return summary == nil ? 0 : 1 }
    // What was staged when the run was cancelled is thrown away.
    guard summary == nil else { return Double(soundCount) / Double(units.count) }
    let staged = (counts[.staged] ?? 0) + (counts[.published] ?? 0)
    return min(1, (Double(finishedCount) + 0.9 * Double(staged)) / Double(units.count))
  }

  var elapsed: Duration {
    if let summary { return summary.elapsed }
    guard let startedAt, let lastAt else { return .zero }
    return .seconds(max(0, lastAt.timeIntervalSince(startedAt)))
  }

  /// How fast the run goes and how long it may still take; nil before anything is known, and after it has ended.
  var speed: String? { summary == nil && isActive ? meter.text : nil }

  func unit(of partition: Partition) -> Unit? { indexOf[partition].map { units[$0] } }

  /// Takes an event; returns the index of the unit that it concerns.
  @discardableResult
  mutating func take(_ event: RunEvent, at instant: Date) -> Int? {
    startedAt = startedAt ?? instant
    lastAt = instant
    events += 1
    meter.take(event, at: instant)
    let unit = apply(event, at: instant)
    takeInBatches(event, at: instant, unit)
    return unit
  }

  /// Notes when the batches of the units began and ended what an event is about.
  private mutating func takeInBatches(_ event: RunEvent, at instant: Date, _ unit: Int?) {
    if let unit { batches[units[unit].batch].take(event, at: instant) }
    switch event {
    case .committed(let partitions), .kept(let partitions), .withheld(let partitions, _):
      let counts = partitions.reduce(into: [Int: Int]()) { counts, partition in
        if let index = indexOf[partition] { counts[units[index].batch, default: 0] += 1 }
      }
      for (batch, count) in counts { batches[batch].end(count, at: instant) }
    default: break
    }
  }

  private mutating func apply(_ event: RunEvent, at instant: Date) -> Int? {
    switch event {
    case .listing(let count):
      listings[count.table.exact] = count.files
      return nil
    case .recovered(let partition, let isCommitted):
      recovered.append((partition, isCommitted))
      return nil
    case .planned(let plan):
      begin(plan)
      return nil
    case .started(let run):
      id = run
      return nil
    case .staging(let partition):
      return change(partition) { unit in
        unit.state = .staging
        unit.begunAt = instant
      }
    case .progress(let partition, let share):
      return change(partition) { $0.share = share.isFinite ? min(1, max(0, share)) : 0 }
    case .staged(let partition, let staged):
      rows += staged.rows
      return change(partition) { unit in
        unit.state = .staged
        unit.stagedAt = instant
        unit.rows = staged.rows
        unit.share = 1
      }
    case .failed(let partition, let message):
      return change(partition) { unit in
        unit.state = .failed
        unit.endedAt = instant
        unit.message = message
      }
    case .published(let partition): return change(partition) { $0.state = .published }
    case .removed(let partition):
      return change(partition) { unit in
        unit.state = .published
        unit.isEmpty = true
      }
    case .unchanged(let partition): return change(partition) { $0.isUnchanged = true }
    case .moved(let partitions):
      compacted += partitions.count
      return nil
    case .withheld(let partitions, _):
      end(partitions, as: .held, at: instant)
      return nil
    case .kept(let partitions):
      end(partitions, as: .kept, at: instant)
      return nil
    case .committed(let partitions):
      for partition in partitions {
        change(partition) { unit in
          unit.state = unit.isEmpty ? .removed : unit.isUnchanged ? .unchanged : .committed
          unit.endedAt = instant
        }
      }
      return nil
    case .finished(let summary):
      finish(summary)
      return nil
    }
  }

  private mutating func end(
    _ partitions: [Partition], as state: UnitState, at instant: Date
  ) {
    for partition in partitions {
      change(partition) { unit in
        unit.state = state
        unit.endedAt = instant
      }
    }
  }

  private mutating func begin(_ plan: Plan) {
    let prepared = plan.id == prepared.plan ? prepared : RunUnits(plan)
    units = prepared.units
    batches = prepared.batches.map { RunBatch(units: $0) }
    batchList = ListState()
    longestPath = prepared.longestPath
    counts = [.waiting: units.count]
    indexOf = prepared.indexOf
    list = ListState()
    rows = 0
    kind = plan.kind
    movesPositions = plan.mode == .enable
    (places, isRunnable, settledCount) = ([], [], 0)
  }

  private mutating func finish(_ summary: RunSummary) {
    self.summary = summary
    // Anything unfinished at the end of the run was cancelled, whatever state it was in.
    for index in units.indices where !units[index].state.isFinal {
      change(units[index].partition) { $0.state = .cancelled }
    }
    rows = summary.staged > 0 ? stagedRows : summary.rows
  }

  @discardableResult
  mutating func change(_ partition: Partition, _ body: (inout Unit) -> Void) -> Int? {
    guard let index = indexOf[partition] else { return nil }
    counts[units[index].state, default: 0] -= 1
    if isSettled(index) { settledCount -= 1 }
    body(&units[index])
    counts[units[index].state, default: 0] += 1
    if isSettled(index) { settledCount += 1 }
    return index
  }
}
