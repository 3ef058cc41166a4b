import IncrementalJoin

/// Why a plan could not be made.
struct PlanFailure: Sendable {
  let sentence: String
  /// The fingerprint of the job's definition at that time.
  let definition: String
}

extension Model {
  /// The unit of the plan under the cursor.
  var selectedUnit: WorkUnit? {
    guard let plan, let row = PreviewScreen.selectedRow(self),
      case .unit(let index) = preview.rows[row]
    else { return nil }
    return plan.units[index]
  }

  /// Requests a plan of something new, for which no note has been entered yet.
  mutating func begin(_ request: PlanRequest) -> [Effect] {
    preview.note = nil
    preview.stagesOnly = false
    return ask(for: request)
  }

  /// Changes what the plan requests, and plans again.
  mutating func changePlan(_ change: (inout PlanRequest) -> Void) -> [Effect] {
    guard var request = preview.request else { return [] }
    change(&request)
    return ask(for: request)
  }

  /// Switches to the next bookmark mode; a window can be replayed only by a paused run.
  mutating func cycleMode() -> [Effect] {
    changePlan { request in
      let all = BookmarkMode.allCases
      let index = all.firstIndex(of: request.run.mode) ?? 0
      request.run.mode = all[(index + 1) % all.count]
      if request.run.mode != .pause { request.run.window = nil }
    }
  }

  /// Asks for the bounds of the run.
  mutating func askForBounds() {
    guard let request = preview.request else { return }
    var prompt = Prompt(
      subject: .bounds, title: "Bounds of the run, such as: 10, 2 GB, newest", label: "Bounds: ")
    prompt.field.text = request.run.bounds.text
    dialog = .prompt(prompt)
  }

  /// Asks for the reason for the run.
  mutating func askForRunNote() {
    guard preview.request != nil else { return }
    var prompt = Prompt(subject: .runNote, title: "Why this run?", label: "Note: ")
    prompt.field.text = preview.note ?? ""
    dialog = .prompt(prompt)
  }

  /// Plans a paused run that repeats what the runs of a window did.
  mutating func replayWindow() -> [Effect] {
    guard let page, let run = selectedRun else { return [] }
    show(.preview, remembering: true)
    let window = RunWindow(after: windowStart ?? 0, through: run.id)
    return begin(
      PlanRequest(job: page.name, run: RunRequest(mode: .pause, window: window)))
  }

  /// Requests a plan and shows the preview.
  ///
  /// While another one is being made, the request waits.
  mutating func ask(for request: PlanRequest) -> [Effect] {
    preview.request = request
    preview.page = nil
    preview.failure = nil
    preview.samples = [:]
    preview.sampled = nil
    preview.isSampleOpen = false
    preview.rebuild()
    return startPlanning()
  }

  /// Plans what is pending when the preview has nothing about the selected job.
  mutating func planIfMissing() -> [Effect] {
    guard let page, !isRunning else { return [] }
    if let request = preview.request, request.job == page.name,
      preview.plan != nil || preview.inFlight != nil || preview.failure != nil
    {
      return []
    }
    return begin(PlanRequest(job: page.name))
  }

  private mutating func startPlanning() -> [Effect] {
    guard preview.inFlight == nil, let request = preview.request else { return [] }
    preview.inFlight = request
    return [.plan(job: request.job, request.run)]
  }

  /// Why what is pending of a job could not be planned the last time; nil when it could, or was not tried since the job
  /// was defined otherwise.
  func planFailure(of page: JobPage) -> String? {
    guard let failure = planFailures[page.name], page.runnableCount > 0,
      failure.definition == page.status.job.fingerprint
    else { return nil }
    return failure.sentence
  }

  /// Keeps why the plan that was asked for could not be made, unless that may be because of what was asked for.
  private mutating func keepPlanFailure(_ sentence: String) {
    guard let request = preview.inFlight, request.run == RunRequest(),
      let page = jobs.first(where: { $0.name == request.job })
    else { return }
    planFailures[request.job] = PlanFailure(
      sentence: sentence, definition: page.status.job.fingerprint)
  }

  mutating func take(_ page: PlanPage) -> [Effect] {
    planFailures[page.plan.job.name] = nil
    if let effects = takeForAll(progress(of: page)) { return effects }
    let answered = preview.inFlight
    preview.inFlight = nil
    guard answered == preview.request, page.plan.job.name == preview.request?.job else {
      return startPlanning()
    }
    preview.take(page)
    guard let unit = selectedUnit, !unit.isSurelyEmpty else { return [] }
    return askForSample(unit)
  }

  mutating func takePlanFailure(_ sentence: String) -> [Effect] {
    keepPlanFailure(sentence)
    let reason = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    if let effects = takeForAll(.leftOut(reason)) { return effects }
    let answered = preview.inFlight
    preview.inFlight = nil
    guard answered == preview.request else { return startPlanning() }
    preview.page = nil
    preview.failure = sentence
    preview.rebuild()
    // The screen of the plan says it already.
    notice = screen == .preview ? nil : Notice(kind: .failure, text: sentence)
    return []
  }

  /// Shows the sample of a unit, requesting it the first time.
  mutating func askForSample(_ unit: WorkUnit) -> [Effect] {
    preview.sampled = unit.partition
    preview.sampleColumn = 0
    guard let plan, preview.samples[unit.partition] == nil else { return [] }
    preview.samples[unit.partition] = .loading
    return [.preview(job: plan.job.name, unit.partition)]
  }
}
