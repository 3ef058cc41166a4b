import IncrementalJoin
import Reports
import Wording

/// Runs of every job with pending partitions, one after the other: all are planned first, then one question is
/// asked.
struct RunAll: Sendable {
  /// How far one job is.
  enum Progress: Sendable {
    /// Its plan is not made yet.
    case unplanned
    case planned(PlanPage)
    /// It is not run; why, as the end of a sentence.
    case leftOut(String)
    case running
    /// It was run, or the run was refused; whether it has published anything, so that others may be pending.
    case ended(sentence: String, isGood: Bool, hasPublished: Bool)
    /// Its turn never came, since the runs were cancelled.
    case notRun
  }

  /// One job.
  struct Entry: Sendable {
    let job: String
    var progress: Progress
  }

  /// In the order in which the jobs read each other.
  var entries: [Entry]
  /// Which jobs read what another one publishes.
  private let readers: [(job: String, writer: String)]

  /// Takes the jobs with pending partitions; one that reads what another of them publishes would be planned too
  /// early, and is left out.
  init(_ pages: [JobPage]) {
    let pending = pages.filter { $0.runnableCount > 0 }
    readers = pages.flatMap { page in
      pages.filter { $0.name != page.name && page.reads(outputOf: $0) }
        .map { (job: page.name, writer: $0.name) }
    }
    entries = pending.map { page in
      let other = pending.first { $0.name != page.name && page.reads(outputOf: $0) }
      return Entry(
        job: page.name,
        progress: other.map {
          .leftOut("it reads what \($0.name) publishes; run all again when that has run")
        } ?? .unplanned)
    }
  }

  /// The plan of the next job to run, and its place.
  var next: (place: Int, page: PlanPage)? {
    for (place, entry) in entries.enumerated() {
      if case .planned(let page) = entry.progress { return (place, page) }
    }
    return nil
  }

  /// The place of the next job to plan.
  var unplanned: Int? {
    entries.firstIndex { if case .unplanned = $0.progress { true } else { false } }
  }

  /// The place of the job that runs.
  var running: Int? {
    entries.firstIndex { if case .running = $0.progress { true } else { false } }
  }

  /// Whether a job has run.
  var hasBegun: Bool {
    entries.contains { if case .ended = $0.progress { true } else { false } }
  }

  /// Lets no other job run.
  mutating func stop() {
    while let next { entries[next.place].progress = .notRun }
  }

  /// What came of it, in a sentence.
  var sentence: String {
    let good = entries.count { if case .ended(_, true, _) = $0.progress { true } else { false } }
    return "Run all: \(Quantity.number(good)) of \(Quantity.count(entries.count, "job")) done."
  }

  /// What came of every job.
  var report: TextReport {
    TextReport(
      title: "What came of running all jobs",
      lines: entries.flatMap { entry -> [TextReport.Line] in
        switch entry.progress {
        case .ended(let sentence, let isGood, _):
          [TextReport.Line("\(entry.job): \(sentence)", isGood ? .good : .bad)]
        case .leftOut(let reason):
          [TextReport.Line("\(entry.job) was left out: \(reason).", .warning)]
        case .notRun, .planned, .unplanned, .running:
          [TextReport.Line("\(entry.job) was not run; what was pending still is.", .warning)]
        }
      } + followers.map { TextReport.Line($0, .strong) })
  }

  /// The jobs that were not among these and read what one of them has published by now.
  private var followers: [String] {
    readers.filter { reader in
      !entries.contains { $0.job == reader.job }
        && entries.contains { entry in
          if case .ended(_, _, true) = entry.progress { entry.job == reader.writer } else { false }
        }
    }.map {
      "\($0.job) reads what \($0.writer) publishes, so that it may be pending now: Alt-r runs it."
    }
  }
}

extension JobPage {
  /// Whether one of its inputs is what another job publishes.
  fileprivate func reads(outputOf other: JobPage) -> Bool {
    status.job.inputs.contains {
      $0.table.isOutput && $0.table.location == other.status.job.output.location
    }
  }
}
