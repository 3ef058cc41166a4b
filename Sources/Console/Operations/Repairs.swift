import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
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

  /// What was found of a partition, in a sentence; nil for one that is right as far as is known.
  func sentence(about partition: Partition) -> String? {
    let fact: String
    if wrong[partition] != nil {
      fact = "its published rows are not those that recomputing gives"
    } else if let run = drifted[partition] {
      fact = "its published files are not those that \(run == 0 ? "a run" : "run \(run)") left"
    } else {
      return nil
    }
    return "A verification found that \(fact): V offers the run that rebuilds it."
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
    detail.forget()
  }

  /// A report about a partition, with what a verification found of it.
  func withRepairs(_ report: TextReport, for request: ReportRequest, of job: String) -> TextReport {
    guard case .why(let partition) = request,
      let sentence = repairs[job]?.sentence(about: partition)
    else { return report }
    var lines = report.lines
    lines.insert(TextReport.Line(sentence, .bad), at: min(1, lines.count))
    return TextReport(title: report.title, lines: lines)
  }

  /// Forgets what has been written since it was found.
  mutating func forgetRepairs() {
    for page in jobs where repairs[page.name] != nil {
      repairs[page.name]?.forget(whatIsNewIn: page)
      if repairs[page.name]?.isEmpty == true { repairs[page.name] = nil }
    }
  }
}
