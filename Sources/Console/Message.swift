public import Cells
public import Foundation
public import IncrementalJoin
public import Operations
public import PartitionPredicate
public import Reports

/// Something that happened: the only way to change a ``Model``.
public enum Message: Sendable {
  /// The terminal reported something.
  case input(InputEvent)
  /// What the screens need from the status of all jobs, and when it was read; see ``loaded(_:at:)``.
  case loadedPages(JobPages, at: Date)
  /// The time has come to list the inputs again, as the settings say.
  case refreshDue
  /// What was asked for by `Effect.compute`.
  case computed(Computed)
  /// The status could not be read; the sentence says why.
  case loadFailed(String)
  /// The requested plan, with what the screens need of it; see ``planned(_:)``.
  case plannedPage(PlanPage)
  /// No plan could be made; the sentence says why.
  case planFailed(String)
  /// Sample rows of a partition of the plan.
  case previewed(Partition, SampleRows)
  /// No sample could be read; the sentence says why.
  case previewFailed(Partition, String)
  /// The run progressed; the instant drives the elapsed time on screen.
  case runEvent(RunEvent, at: Date)
  /// The run was refused or failed as a whole; no more events follow.
  case runFailed(String)
  /// The run's last event has arrived.
  case runEnded
  /// The requested report, with the partitions that a rerun would put right.
  case reported(TextReport, for: ReportRequest, repairs: [Partition] = [])
  /// A report could not be read, or partitions could not be looked up; the sentence says why.
  case reportFailed(String)
  /// A report for the detail pane.
  case detailed(TextReport, for: DetailRequest)
  /// The report for the detail pane could not be read; the sentence says why.
  case detailFailed(String, for: DetailRequest)
  /// How the rows met in what a job has published, as of a load.
  case matched([MatchRecord], job: String, load: Int)
  /// The match ledger could not be read; the sentence says why.
  case matchesFailed(String)
  /// The partitions that were looked up, in order.
  case chosen([Partition], for: PartitionChoice)
  /// What an operation would do.
  case operationPreviewed(OperationPreview, of: JobOperation)
  /// An operation was performed; the sentence says with what result.
  case performed(String)
  /// An operation is not possible, or was refused; the sentence says why, and what is possible.
  case operationFailed(String)
  /// The hook that is notified of every run failed, which changes nothing about the run; the sentence says how, without
  /// a full stop.
  case hookFailed(String)
  /// A step of the demo was played.
  case demoStepDone(title: String, explanation: String)
  /// The title of the demo's next step; nil when the story is over.
  case demoStep(next: String?)
  /// A step of the demo failed; the sentence says why.
  case demoFailed(String)
  /// What other processes are doing, and when that was checked; also drives the age of the listing.
  case news(WorkspaceNews, at: Date)
  /// The predicates saved in the workspace, by name; and a sentence saying why for each that could not be read.
  case savedPredicates([String: String], failures: [String] = [])
  /// A predicate was saved under a name.
  case predicateSaved(name: String, text: String)
  /// A predicate could not be saved; the sentence says why.
  case predicateFailed(String)
  /// Which lines dovetail.yaml would get for tables of the Glue Data Catalog.
  case tablesPreviewed(OperationPreview, of: [String])
  /// Tables were added to dovetail.yaml; the sentence says which, and where.
  case tablesAdded(String)
  /// Nothing was added to dovetail.yaml; the sentence says why.
  case tablesFailed(String)
  /// The screen was saved as this file.
  case saved(path: String)
  /// The screen could not be saved; the sentence says why.
  case saveFailed(String)
  /// A text was edited in the operator's editor: what it is now.
  case edited(EditedText)
  /// Nothing was changed in the operator's editor.
  case unedited
  /// The editor or the pager could not do its work; the sentence says why.
  case programFailed(String)
  /// dovetail.yaml had changed and was read anew; what it says is listed next.
  case definitionRead
  /// dovetail.yaml cannot be used as it is now; the sentences say why. What was read before stays in force, and is listed
  /// all the same.
  case definitionFailed(String)
  /// A table was saved as this file.
  case exported(path: String)
  /// How the text was copied: `tmux buffer`, `terminal clipboard`.
  case copied(how: String)
}

extension Message {
  /// Whether taking it may let go of everything that was known of many partitions.
  public var replacesMuch: Bool {
    switch self {
    case .loadedPages, .computed, .plannedPage, .runEnded, .matched: true
    default: false
    }
  }

  /// The status of all jobs, in the order in which they run, and when it was read.
  ///
  /// Takes time proportional to the number of partitions, so it must not be made on the terminal's thread.
  public static func loaded(_ statuses: [JobStatus], at instant: Date) -> Message {
    .loadedPages(JobPages(statuses), at: instant)
  }
}

/// All jobs with what the screens need of them.
public struct JobPages: Sendable {
  let pages: [JobPage]

  init(_ statuses: [JobStatus]) { pages = statuses.map(JobPage.init) }
}
