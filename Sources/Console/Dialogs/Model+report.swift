import Cells
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

extension Model {
  /// Requests a report about the job and waits for it.
  mutating func ask(for request: ReportRequest) -> [Effect] {
    guard let page else { return [] }
    reportTrail = []
    // A file of the catalog need not belong to the job that the other screens are about.
    dialog = .waiting(
      DialogRequest(job: page.name, subject: .report(request), title: request.title))
    return [.report(job: page.name, request)]
  }

  /// Shows a report if somebody is still waiting for it.
  mutating func take(
    _ report: TextReport, for request: ReportRequest, repairs: [Partition]
  ) {
    guard case .waiting(let waiting) = dialog, waiting.subject == .report(request) else { return }
    keepRepairs(repairs, from: request, of: waiting.job)
    show(withRepairs(report, for: request, of: waiting.job), of: waiting.job, repairs: repairs)
  }

  /// Shows the report again that led to what is shown; nothing when there is none.
  mutating func showReportAgain() { dialog = reportTrail.popLast().map { .report($0.again) } }

  /// Shows a report over the whole screen.
  mutating func show(_ report: TextReport, of job: String, repairs: [Partition] = []) {
    reports += 1
    var view = ReportView(report, job: job, number: reports, repairs: repairs)
    if let page, page.name == job { view.findWhetherItLeadsOn(in: page) }
    dialog = .report(view)
  }

  /// Asks which rows the report has, where its filter or the columns are others than before.
  mutating func settleReport() {
    guard case .report(var view) = dialog, view.asked == nil else { return }
    let question = ReportView.Question(
      report: view.number, columns: size.columns - view.markColumns, filter: view.filter.text)
    guard view.answered != question else { return }
    view.asked = question
    dialog = .report(view)
    let report = view.report
    compute { .reportRows(ReportView.rows(report, question), question) }
  }

  /// Shows the rows of a report.
  mutating func take(_ rows: [ReportView.Row], for question: ReportView.Question) {
    if case .report(var view) = dialog, view.number == question.report {
      view.asked = nil
      view.take(rows, for: question)
      dialog = .report(view)
    }
  }

  /// Goes to the row of a report that was found.
  mutating func takeFound(_ place: Int?, in question: ReportView.Question) {
    guard case .report(var view) = dialog, view.answered == question else { return }
    if let place {
      view.list.select(place, count: view.rows.count, height: reportHeight(of: view))
    } else {
      view.message = "No other line has what was filtered last."
    }
    dialog = .report(view)
  }

  /// The rows of a report that are seen.
  private func reportHeight(of view: ReportView) -> Int {
    max(1, size.rows - 3 - paneRows(of: view))
  }

  /// Says why there is no report.
  mutating func takeReportFailure(_ sentence: String) {
    guard case .waiting(let waiting) = dialog else { return }
    switch waiting.subject {
    case .operation, .tables: return
    case .report, .partitions, .runAll: tell(waiting.title, sentence)
    }
  }

  /// Plans a rerun of what a run did, or of what failed in it.
  mutating func askForRerun(ofFailed isFailed: Bool) -> [Effect] {
    guard let page, let run = selectedRun else { return [] }
    let choice = PartitionChoice(run: run.id, states: isFailed ? [.failed] : [])
    dialog = .waiting(
      DialogRequest(
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
    return begin(PlanRequest(job: waiting.job, run: RunRequest(partitions: partitions)))
  }

  /// Passes a key to the dialog that waits for an answer.
  mutating func takeWhileWaiting(_ key: Key) -> [Effect] {
    switch key {
    case .escape, .character("q"), .control("c"):
      if case .waiting(let waiting) = dialog, waiting.subject == .runAll { runAll = nil }
      showReportAgain()
      return [.cancelReport]
    default: return []
    }
  }

  /// Passes a key to a report.
  mutating func take(_ key: Key, in view: ReportView) -> [Effect] {
    var view = view
    let height = reportHeight(of: view)
    view.message = nil
    if view.isTyping {
      takeInFilter(key, of: &view)
      dialog = .report(view)
      return []
    }
    if takeInPane(key, of: &view) {
      dialog = .report(view)
      return []
    }
    func move(_ rows: Int) { view.move(by: rows, height: height) }
    switch key {
    case .escape where !view.filter.text.isEmpty: view.setFilter(TextField())
    case .escape, .character("q"), .control("c"):
      showReportAgain()
      return []
    case .character("y"):
      notice = Notice(kind: .information, text: "Copied the report")
      return [.copy(view.report.text())]
    case .character("R") where !view.repairs.isEmpty:
      dialog = nil
      show(.preview, remembering: true)
      return begin(PlanRequest(job: view.job, run: RunRequest(partitions: view.repairs)))
    case .character("|"): return [.page(view.shownText)]
    case .control("s"):
      chooseExport(of: view)
      return []
    case .enter: return view.offersTables ? previewTables(of: view) : follow(view)
    case .character(" ") where view.offersTables:
      view.toggleMark()
      move(1)
    case .character("/"): view.isTyping = true
    case .character("n"), .character("N"):
      if let question = view.answered {
        compute { [view] in .reportFound(view.found(key == .character("n") ? 1 : -1), question) }
      }
    case .down, .character("j"): move(1)
    case .up, .character("k"): move(-1)
    case .pageDown, .control("f"), .character(" "): move(height - 1)
    case .pageUp, .control("b"): move(1 - height)
    case .control("d"): move(max(1, height / 2))
    case .control("u"): move(-max(1, height / 2))
    case .home, .character("g"): move(-view.rows.count)
    case .end, .character("G"): move(view.rows.count)
    default: break
    }
    dialog = .report(view)
    return []
  }

  /// Passes a key to the pane below a report; false when it is none of the pane's.
  private mutating func takeInPane(_ key: Key, of view: inout ReportView) -> Bool {
    if commands[.detailUp].keys.contains(key) {
      scrollDetail(by: -1)
    } else if commands[.detailDown].keys.contains(key) {
      scrollDetail(by: 1)
    } else if commands[.detail].keys.contains(key) {
      if let reason = whyNotWide {
        view.message = "Detail pane: \(reason)."
      } else {
        detail.isHidden.toggle()
      }
    } else {
      return false
    }
    return true
  }

  private func takeInFilter(_ key: Key, of view: inout ReportView) {
    switch key {
    case .enter:
      view.isTyping = false
      view.keepSearch()
    case .escape, .control("c"):
      view.isTyping = false
      view.setFilter(TextField())
    default:
      var field = view.filter
      if field.take(key) { view.setFilter(field) }
    }
  }

  /// Goes to what the selected line is about; Esc goes back to the report.
  private mutating func follow(_ view: ReportView) -> [Effect] {
    var view = view
    guard let page = jobs.first(where: { $0.name == view.job }), page.name == self.page?.name,
      let target = view.target(in: page)
    else {
      view.message = "The line names no partition of the job and no run to go to."
      dialog = .report(view)
      return []
    }
    let trail = reportTrail + [view]
    let effects = ask(for: target)
    reportTrail = trail
    return effects
  }
}
