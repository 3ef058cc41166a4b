import IncrementalJoin
import Operations
import PartitionPredicate

/// A list of which one thing is chosen.
struct Choice: Sendable {
  /// What is done with the thing that is chosen.
  enum Action: Equatable, Sendable {
    case openSaved(String)
    case breakpoint(clause: Int?, Truth)
    case breakpointForPartitions
    case removeBreakpoint(Int)
    case removeWatch(Int)
    case operate(JobOperation)
    case report(ReportRequest)
    case plan(PlanRequest)
    case sort(RowOrder?)
    case export(Export.Format)
  }

  /// One thing of the list.
  struct Item: Sendable {
    let label: String
    let detail: String
    let action: Action
  }

  let title: String
  let items: [Item]
  var list = ListState()
  /// The report that it is about, which is shown again afterwards.
  var report: ReportView?

  init(title: String, items: [Item], report: ReportView? = nil) {
    self.title = title
    self.items = items
    self.report = report
  }
}

/// A question whose answer is a text, checked as it is typed.
struct Prompt: Sendable {
  /// What the text is for.
  enum Subject: Equatable, Sendable {
    case watch
    case breakpointFilter
    case saveName
    /// Which partitions are to be marked.
    case marks
    /// Why an operation is done.
    case operationNote(JobOperation)
    /// Why the run is done.
    case runNote
    case bounds
  }

  let subject: Subject
  let title: String
  let label: String
  var field = TextField()
  /// What is wrong with the text; nil when nothing is, or nothing was typed.
  var mistake: String?
}
