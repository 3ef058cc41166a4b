import ArgumentParser
import Foundation
import IncrementalJoin

/// `dovetail pending`: what would run, and why.
struct Pending: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the pending partitions with their reasons.",
    discussion: """
      Example: dovetail pending --files

      A partition is pending when its input files, or the job's definition, differ from what the last \
      committed run consumed.
      """)

  @Flag(help: "List the changed files under every reason.")
  var files = false

  @OptionGroup var filter: WhereOption
  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func run() throws {
    let session = try Session(options.workspace)
    let reports = try session.jobs(choice).map { try session.report(of: $0) }
    var shapes: [Shape] = []
    for report in reports {
      let predicate = try filter.predicate(session, keys: report.job.output.keys)
      let selected = predicate.map { Set($0.filter(report.pending.map(\.partition))) }
      let pending = report.pending.filter { selected?.contains($0.partition) ?? true }
      if options.json {
        shapes += pending.map { Shape($0, of: report) }
      } else {
        print(pending, of: report)
      }
    }
    if options.json { try Report.json(shapes) }
    try session.refuseUnseen(reports)
  }

  private func print(_ pending: [PendingPartition], of report: PendingReport) {
    if pending.isEmpty, report.snapshots.allSatisfy({ $0.failure == nil }) {
      let filtered = report.pending.count - pending.count
      let others = filtered > 0 ? " of what the predicate selects; \(filtered) others are" : ""
      Report.line("Job \(report.job.name): nothing is pending\(others).")
    }
    for partition in pending {
      let hold = partition.hold.map { "  [\($0)]" } ?? ""
      Report.line("\(partition.partition)  \(partition.reasonText)\(hold)")
      guard files else { continue }
      for case .inputChanged(let input, _, let changes) in partition.reasons {
        for change in changes {
          Report.line(
            "  \(input) \(change.kind.rawValue) \(change.file.path) "
              + "(\(change.file.size) bytes, \(timestamp(change.file.modified)))")
        }
      }
    }
  }

  private struct Shape: Encodable {
    struct Change: Encodable {
      let input: String
      let kind: String
      let file: DataFile
    }

    let job: String
    let partition: String
    let reasons: [String]
    let changes: [Change]
    let oneSided: Bool
    let held: String?
    let files: Int
    let bytes: Int64

    init(_ pending: PendingPartition, of report: PendingReport) {
      job = report.job.name
      partition = pending.partition.path
      reasons = pending.reasons.map(\.description)
      changes = pending.reasons.flatMap { reason -> [Change] in
        guard case .inputChanged(let input, _, let changes) = reason else { return [] }
        return changes.map { Change(input: input, kind: $0.kind.rawValue, file: $0.file) }
      }
      oneSided = pending.isOneSided
      held = pending.hold?.description
      files = pending.fileCount
      bytes = pending.bytes
    }
  }
}
