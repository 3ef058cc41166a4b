import Foundation
import IncrementalJoin

extension Model {
  /// The run's list; empty before there is a run.
  var runList: ListState {
    get { run?.list ?? ListState() }
    set { run?.list = newValue }
  }

  /// The list of its batches.
  var batchList: ListState {
    get { run?.batchList ?? ListState() }
    set { run?.batchList = newValue }
  }

  /// Starts exactly the plan on the screen; `isConsented` when the operator typed the job's name.
  mutating func startRun(isConsented: Bool) -> [Effect] {
    guard let page = preview.page, let planned = preview.request, !isRunning else { return [] }
    var request = planned.run
    request.stagesOnly = preview.stagesOnly
    request.note = preview.note
    if isConsented {
      for refusal in page.refusals {
        switch refusal {
        case .sourceChanged: request.acceptsSources = true
        case .ceiling: request.exceedsLimits = true
        default: request.allowsRemovals = true
        }
      }
    }
    return launch(page, request)
  }

  /// Runs exactly a plan, and shows the run unless it follows another one that the operator has turned away from.
  mutating func launch(_ page: PlanPage, _ request: RunRequest, isShown: Bool = true) -> [Effect] {
    let plan = page.plan
    startedRuns += 1
    resetView(of: .units)
    run = RunProgress(job: plan.job.name, page.run, pace: page.pace)
    if isShown { show(.run, remembering: true) }
    notice = Notice(kind: .information, text: "Running plan \(plan.id) of \(plan.job.name).")
    var request = request
    request.expectedPlan = page.pins
    return [.run(job: plan.job.name, request)]
  }

  mutating func takeRunEvent(_ event: RunEvent, at instant: Date) {
    guard run != nil else { return }
    let unit = run?.take(event, at: instant)
    if case .planned = event { relateRuns() }
    follow(event, unit)
    if case .finished(let summary) = event, let run {
      let isGood = summary.state == .succeeded || summary.state == .staged
      notice = Notice(
        kind: isGood ? .information : .warning,
        text: RunScreen.sentence(about: summary, rows: run.rows))
    }
  }

  /// Keeps the selection on what is being staged, and moves it to the first failure at the end.
  private mutating func follow(_ event: RunEvent, _ unit: Int?) {
    guard let run, !run.showsBatches else { return }
    let height = listHeight(on: .run)
    let count = RunScreen.rowCount(self)
    if case .staging = event, let unit, run.follows, let place = place(RunScreen.self, of: unit) {
      self.run?.list.select(place, count: count, height: height)
    }
    // Somebody who followed the run wants to know what went wrong; somebody who looked elsewhere keeps their place.
    if case .finished = event, run.follows {
      let failed = run.units.firstIndex { $0.state == .failed } ?? 0
      let place = place(RunScreen.self, of: failed) ?? 0
      self.run?.list.select(place, count: count, height: height)
    }
  }

  /// Ends the run: its plan is done with, and everything is read again.
  mutating func endRun(failure: String?) -> [Effect] {
    guard run?.isActive == true else { return [] }
    run?.isActive = false
    run?.failure = failure
    // Its own screen says it already, and has more room.
    if let failure { notice = screen == .run ? nil : Notice(kind: .failure, text: failure) }
    if case .confirmation(let confirmation) = dialog, confirmation.subject == .cancelRun {
      dialog = nil
    }
    preview = PreviewState()
    guard let run else { return reload() }
    if !run.units.isEmpty { ended.append(run) }
    unmark(run.units.lazy.map(\.partition), of: run.job)
    return endOneOfAll(run, failure: failure) ?? reload()
  }
}
