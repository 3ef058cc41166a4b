import IncrementalJoin
import Operations
import PartitionPredicate

/// A list from which one item is chosen.
struct Choice: Sendable {
  /// What to do with the chosen item.
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

  /// One item of the list.
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

/// A question answered with text, which is checked as it is typed.
struct Prompt: Sendable {
  /// What the text is for.
  enum Subject: Equatable, Sendable {
    case watch
    case breakpointFilter
    case saveName
    /// Which partitions to mark.
    case marks
    /// The reason for a run.
    case runNote
    case bounds
    /// Where to go on the calendar.
    case date
  }

  let subject: Subject
  let title: String
  let label: String
  var field = TextField()
  /// What is wrong with the text; nil when nothing is, or nothing was typed.
  var mistake: String?
}
