import ArgumentParser
import Foundation
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

/// `dovetail pending`: shows what would run, and why.
struct Pending: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the pending partitions with their reasons.",
    discussion: """
      Example: dovetail pending --files

      A partition is pending when its input files, or the job's definition, differ from what counts as \
      consumed. A change of an input is an arrival, a correction or a deletion; \
      `dovetail why` shows one partition in full.
      """)

  @Flag(help: "List the changed files under every reason.")
  var files = false

  @Flag(
    help: """
      Read the rows of rewritten files, where the table has `record_rows`, and tell compactions from \
      corrections.
      """)
  var digest = false

  @OptionGroup var look: LookOption
  @OptionGroup var filter: WhereOption
  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func run() async throws {
    let session = try await Session(options.workspace)
    var reports: [PendingReport] = []
    for job in try session.jobs(choice) {
      let report = try await session.report(of: job, looking: look.look)
      reports.append(digest ? try await session.refine(report) : report)
    }
    var rows: [PendingJSON] = []
    for report in reports {
      let predicate = try filter.predicate(session, keys: report.job.output.keys)
      let selected = predicate.map { Set($0.filter(report.pending.map(\.partition))) }
      let pending = report.pending.filter { selected?.contains($0.partition) ?? true }
      if options.json {
        rows += pending.map { PendingJSON($0, of: report) }
      } else {
        if reports.count > 1, !pending.isEmpty { Report.line("Job \(report.job.name):") }
        print(pending, of: report)
      }
    }
    if options.json { try Report.json(rows) }
    try session.refuseUnseen(reports)
  }

  private func print(_ pending: [PendingPartition], of report: PendingReport) {
    if pending.isEmpty, report.snapshots.allSatisfy({ $0.failure == nil }) {
      let filtered = report.pending.count - pending.count
      let others =
        filtered == 0
        ? ""
        : " of what the predicate selects; \(Quantity.count(filtered, "other")) "
          + (filtered == 1 ? "is" : "are")
      Report.line("Job \(report.job.name): nothing is pending\(others).")
      if let note = report.noFiles { Report.line(note) }
    }
    for partition in pending {
      let hold = partition.hold.map { "  [\($0)]" } ?? ""
      Report.line("\(partition.partition)  \(partition.reasonText)\(hold)")
      guard files else { continue }
      for reason in partition.reasons {
        guard let part = reason.change else { continue }
        for change in part.changes {
          Report.line(
            "  \(part.input) \(change.kind.rawValue) \(change.file.path) "
              + "(\(Quantity.bytes(change.file.size)), \(Quantity.instant(nanoseconds: change.file.modified)) UTC)"
          )
        }
      }
    }
  }
}

extension PendingReport {
  /// Where files are expected, when no input has any and nothing was ever built; otherwise nil.
  var noFiles: String? {
    guard known.isEmpty, let table = job.inputs.first?.table else { return nil }
    let folders = table.keys.map { "\($0.name)=<\($0.type)>" }.joined(separator: "/")
    return
      "Job \(job.name): no input has a data file yet. Those of table \(table.name) belong in "
      + "\(table.location.file(folders.exact))/."
  }
}

/// The JSON of a pending partition.
struct PendingJSON: Encodable {
  struct Change: Encodable {
    let input: String
    /// A partition of the input itself.
    let partition: ExactText
    /// Whether it is read as halo only; left out when it is not.
    let halo: Bool?
    let kind: String
    let `class`: ChangeClass?
    let file: DataFile
  }

  let job: String
  let partition: ExactText
  let reasons: [String]
  let changes: [Change]
  let oneSided: Bool
  let held: String?
  /// What would be gone, if the partition would be emptied.
  let removals: RemovalCount?
  let files: Int
  let bytes: Int64

  init(_ pending: PendingPartition, of report: PendingReport) {
    job = report.job.name
    partition = pending.partition.path
    reasons = pending.reasons.map(\.description)
    changes = pending.reasons.flatMap { reason -> [Change] in
      guard let change = reason.change else { return [] }
      return change.changes.map {
        Change(
          input: change.input, partition: change.partition.path,
          halo: change.isHalo ? true : nil, kind: $0.kind.rawValue, class: reason.changeClass,
          file: $0.file)
      }
    }
    oneSided = pending.isOneSided
    held = pending.hold?.description
    removals = pending.hold?.removals
    files = pending.fileCount
    bytes = pending.bytes
  }
}
