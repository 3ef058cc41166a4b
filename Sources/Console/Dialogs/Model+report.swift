import Cells
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

extension Model {
  /// Asks for a report about the job and waits for it.
  mutating func ask(for request: ReportRequest) -> [Effect] {
    guard let page else { return [] }
    // A file of the catalog need not belong to the job that the other screens are about.
    dialog = .waiting(Waiting(job: page.name, subject: .report(request), title: request.title))
    return [.report(job: page.name, request)]
  }

  /// Shows a report that somebody still waits for.
  mutating func take(
    _ report: TextReport, for request: ReportRequest, repairs: [Partition]
  ) {
    guard case .waiting(let waiting) = dialog, waiting.subject == .report(request) else { return }
    var view = ReportView(report, job: waiting.job, repairs: repairs)
    view.lay(outTo: size.columns)
    dialog = .report(view)
  }

  /// Says why there is no report.
  mutating func takeReportFailure(_ sentence: String) {
    guard case .waiting(let waiting) = dialog else { return }
    if case .operation = waiting.subject { return }
    dialog = .note(title: waiting.title, text: sentence)
  }

  /// Plans a rerun of what a run did, or of what failed in it.
  mutating func askForRerun(ofFailed isFailed: Bool) -> [Effect] {
    guard let page, let run = selectedRun else { return [] }
    let choice = PartitionChoice(run: run.id, states: isFailed ? [.failed] : [])
    dialog = .waiting(
      Waiting(
        job: page.name, subject: .partitions(choice),
        title: "Looking up the partitions of run \(run.id)"))
    return [.choosePartitions(job: page.name, choice)]
  }

  /// Plans the partitions that were looked up.
  mutating func take(_ partitions: [Partition], for choice: PartitionChoice) -> [Effect] {
    guard case .waiting(let waiting) = dialog, waiting.subject == .partitions(choice) else {
      return []
    }
    dialog = nil
    guard !partitions.isEmpty else {
      let run = choice.run.map { "Run \($0)" } ?? "The run"
      notice = Notice(
        kind: .warning, text: "\(run) has no partition that is to be built again.")
      return []
    }
    show(.preview, remembering: true)
    return begin(PlanWish(job: waiting.job, request: RunRequest(partitions: partitions)))
  }

  /// Gives a key to what is being waited for.
  mutating func takeWhileWaiting(_ key: Key) -> [Effect] {
    switch key {
    case .escape, .character("q"), .control("c"):
      dialog = nil
      return [.cancelReport]
    default: return []
    }
  }

  /// Gives a key to a report.
  mutating func take(_ key: Key, in view: ReportView) -> [Effect] {
    var view = view
    let height = max(1, size.rows - 3)
    view.lay(outTo: size.columns)
    func scroll(_ rows: Int) { view.scroll(by: rows, height: height) }
    switch key {
    case .escape, .character("q"), .control("c"):
      dialog = nil
      return []
    case .character("y"):
      notice = Notice(kind: .information, text: "Copied the report")
      return [.copy(view.report.text())]
    case .character("R") where !view.repairs.isEmpty:
      dialog = nil
      show(.preview, remembering: true)
      return begin(PlanWish(job: view.job, request: RunRequest(partitions: view.repairs)))
    case .down, .character("j"), .enter: scroll(1)
    case .up, .character("k"): scroll(-1)
    case .pageDown, .control("f"), .character(" "): scroll(height - 1)
    case .pageUp, .control("b"): scroll(1 - height)
    case .home, .character("g"): scroll(-view.lines.count)
    case .end, .character("G"): scroll(view.lines.count)
    default: break
    }
    dialog = .report(view)
    return []
  }
}
