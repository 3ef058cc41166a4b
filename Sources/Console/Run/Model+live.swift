import Charts
import IncrementalJoin
import PartitionPredicate
import Wording

/// What runs of this console have done, of which the listing on the screens knows nothing yet.
extension Model {
  /// The run of a job that ended last, while everything is not listed again since then.
  func endedRun(of job: JobPage) -> RunProgress? { ended.last { $0.job == job.name } }

  /// The runs of a job that the listing knows nothing of yet, newest first.
  func liveRuns(of job: JobPage) -> [RunProgress] {
    let current = run.map { $0.isActive ? [$0] : [] } ?? []
    return (current + ended.reversed()).filter { $0.job == job.name }
  }

  /// How many partitions of a job a run would build now.
  func pendingCount(of job: JobPage) -> Int {
    max(0, job.runnableCount - liveRuns(of: job).reduce(0) { $0 + $1.settledCount })
  }

  /// Where a known partition stands, including what a run in this console did to it.
  func status(ofKnown index: Int, of job: JobPage) -> PartitionStatus {
    let status = job.partitionStatus(index)
    let partition = job.known[index].partition
    if let run, run.isActive, run.job == job.name,
      let now = run.status(of: partition, before: status)
    {
      return now
    }
    for run in ended.reversed() where run.job == job.name {
      if let now = run.status(of: partition, before: status) { return now }
    }
    return status
  }

  /// What becomes of the partitions that the run in progress has not done, should it be cancelled.
  var whatCancellingLeaves: String {
    guard let run, !run.units.isEmpty else { return "What was pending still is." }
    let left = run.units.indices.filter { !run.units[$0].state.isFinal }
    let pending = left.count { run.isRunnable.indices.contains($0) && run.isRunnable[$0] }
    var sentences: [String] = []
    if pending > 0 {
      let verb = pending == 1 ? "stays" : "stay"
      sentences.append("\(Quantity.count(pending, "partition")) \(verb) pending.")
    }
    let others = left.count - pending
    if others > 0 {
      sentences.append(
        "\(Quantity.count(others, "partition")) \(others == 1 ? "is" : "are") not built again, and what is published "
          + "of \(others == 1 ? "it" : "them") stays.")
    }
    return sentences.isEmpty ? "All of it is done." : sentences.joined(separator: " ")
  }

  /// Finds the units of these runs among the partitions of their jobs.
  mutating func relateRuns() {
    for page in jobs {
      if let run, run.isActive, run.job == page.name { self.run?.relate(to: page) }
      for index in ended.indices where ended[index].job == page.name {
        ended[index].relate(to: page)
      }
    }
  }
}

extension RunProgress {
  /// Finds the units among the partitions of the job, and counts those that were pending there and are not any more.
  mutating func relate(to page: JobPage) {
    places = units.map { page.index(of: $0.partition) }
    isRunnable = places.map { place in
      place.map { !page.known[$0].reasons.isEmpty && page.known[$0].hold == nil } ?? false
    }
    settledCount = units.indices.count { isSettled($0) }
  }

  /// Whether a unit was pending and is not any more.
  func isSettled(_ index: Int) -> Bool {
    guard movesPositions, isRunnable.indices.contains(index), isRunnable[index] else {
      return false
    }
    switch units[index].state {
    case .committed, .unchanged, .removed: return true
    case .waiting, .staging, .staged, .published, .kept, .held, .failed, .cancelled: return false
    }
  }

  /// Where a partition stands after what the run has done with it; nil where it stands as before.
  func status(of partition: Partition, before: PartitionStatus) -> PartitionStatus? {
    unit(of: partition).flatMap { status(of: $0, before: before) }
  }

  /// Where the partition of a unit stands after what the run has done with it; nil where it stands as before.
  func status(of unit: Unit, before: PartitionStatus) -> PartitionStatus? {
    switch unit.state {
    case .staging, .staged, .published: isActive ? .running : nil
    case .failed: before == .done || before == .empty ? nil : .failed
    case .committed, .unchanged, .removed:
      movesPositions ? (unit.rows == 0 ? .empty : .done) : nil
    case .waiting, .kept, .held, .cancelled: nil
    }
  }
}
