import IncrementalJoin
import Operations
import PartitionPredicate
import Wording

/// What verifications in this console found wrong in the output of a job, until a run or an undo has written it again.
struct Repairs: Sendable {
  /// The partitions whose files are not those that were published, each with the run that had published it.
  private var drifted: [Partition: RunID] = [:]
  /// The partitions whose rows are not those that recomputing gives.
  private var wrong: [Partition: RunID] = [:]

  /// All of them, in order.
  var partitions: [Partition] { Set(drifted.keys).union(wrong.keys).sorted() }

  var isEmpty: Bool { drifted.isEmpty && wrong.isEmpty }

  /// Takes what a report found: what it has looked at and not found is right.
  mutating func take(_ found: [Partition], from request: ReportRequest, in page: JobPage) {
    let runs = Dictionary(
      found.map { ($0, Self.writer(of: $0, in: page)) }, uniquingKeysWith: { first, _ in first })
    switch request {
    case .drift: drifted = runs
    case .verify(nil): wrong = runs
    case .verify(let named?):
      for partition in named { wrong[partition] = nil }
      wrong.merge(runs) { $1 }
    case .verifySample: wrong.merge(runs) { $1 }
    default: return
    }
  }

  /// Forgets what was written since.
  mutating func forget(whatIsNewIn page: JobPage) {
    drifted = drifted.filter { $0.value == Self.writer(of: $0.key, in: page) }
    wrong = wrong.filter { $0.value == Self.writer(of: $0.key, in: page) }
  }

  private static func writer(of partition: Partition, in page: JobPage) -> RunID {
    page.status.report.lineages[partition]?.run ?? 0
  }
}

extension Model {
  /// What was found wrong in the output of a job, in order.
  func partitionsToRepair(of job: String) -> [Partition] { repairs[job]?.partitions ?? [] }

  /// Keeps what a verification of a job found.
  mutating func keepRepairs(_ found: [Partition], from request: ReportRequest, of job: String) {
    guard let page = jobs.first(where: { $0.name == job }) else { return }
    var kept = repairs[job] ?? Repairs()
    kept.take(found, from: request, in: page)
    repairs[job] = kept.isEmpty ? nil : kept
  }

  /// Forgets what has been written since it was found.
  mutating func forgetRepairs() {
    for page in jobs where repairs[page.name] != nil {
      repairs[page.name]?.forget(whatIsNewIn: page)
      if repairs[page.name]?.isEmpty == true { repairs[page.name] = nil }
    }
  }
}
