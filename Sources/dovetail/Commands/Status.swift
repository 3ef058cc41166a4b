import ArgumentParser
import Console
import Foundation
import IncrementalJoin

/// `dovetail status`: one line a job.
struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what is pending, held and published for every job.",
    discussion: "Example: dovetail status --json")

  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func run() throws {
    let session = try Session(options.workspace)
    let statuses = try session.jobs(choice).map { try session.status(of: $0) }
    if options.json { return try Report.json(statuses.map(Shape.init)) }
    Report.table(
      ["JOB", "PENDING", "HELD", "PUBLISHED", "LAST RUN"],
      statuses.map { status in
        let shape = Shape(status)
        return [
          shape.job, "\(shape.pending)", "\(shape.held)", "\(shape.published)",
          status.runs.first.map { "\($0.id) \($0.state.rawValue)" } ?? "never",
        ]
      })
    for status in statuses {
      for note in status.notes { Report.line(note) }
    }
  }

  /// The JSON of one job.
  private struct Shape: Encodable {
    let job: String
    let pending: Int
    let held: Int
    let published: Int
    let lastRun: RunID?
    let lastState: RunState?
    let lockedBy: LockHolder?
    let unfinished: [String]
    let problems: [String]

    init(_ status: JobStatus) {
      let pending = status.report.pending
      job = status.job.name
      held = pending.count { $0.hold != nil }
      self.pending = pending.count - held
      published = status.report.lineages.values.count { $0.rows > 0 }
      lastRun = status.runs.first?.id
      lastState = status.runs.first?.state
      lockedBy = status.holder
      unfinished = status.report.unfinished
      problems = status.report.problems.map(\.description)
    }
  }
}

extension JobStatus {
  /// Sentences about what an operator must know besides the counts.
  var notes: [String] {
    var notes = report.problems.map(\.description)
    if let holder { notes.append("Job \(job.name) is being run by \(holder).") }
    if !report.unfinished.isEmpty, holder == nil {
      notes.append(
        "Job \(job.name): an interrupted run left "
          + "\(Quantity.count(report.unfinished.count, "partition")) unfinished; the next run finishes or rolls them back."
      )
    }
    return notes
  }
}
