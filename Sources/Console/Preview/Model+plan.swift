import IncrementalJoin

extension Model {
  /// The unit of the plan under the cursor.
  var selectedUnit: WorkUnit? {
    guard let plan, let row = PreviewScreen.selectedRow(self),
      case .unit(let index) = preview.rows[row]
    else { return nil }
    return plan.units[index]
  }

  /// Requests a plan of something new, for which no note has been entered yet.
  mutating func begin(_ wish: PlanWish) -> [Effect] {
    preview.note = nil
    preview.stagesOnly = false
    return ask(for: wish)
  }

  /// Changes what the plan requests, and plans again.
  mutating func changeWish(_ change: (inout PlanWish) -> Void) -> [Effect] {
    guard var wish = preview.wish else { return [] }
    change(&wish)
    return ask(for: wish)
  }

  /// Switches to the next bookmark mode; a window can be replayed only by a paused run.
  mutating func cycleMode() -> [Effect] {
    changeWish { wish in
      let all = BookmarkMode.allCases
      let index = all.firstIndex(of: wish.request.mode) ?? 0
      wish.request.mode = all[(index + 1) % all.count]
      if wish.request.mode != .pause { wish.request.window = nil }
    }
  }

  /// Asks for the bounds of the run.
  mutating func askForBounds() {
    guard let wish = preview.wish else { return }
    var prompt = Prompt(subject: .bounds, title: "At most 10, 2 GB, newest", label: "Bounds: ")
    prompt.field.text = wish.request.bounds.text
    dialog = .prompt(prompt)
  }

  /// Asks for the reason for the run.
  mutating func askForRunNote() {
    guard preview.wish != nil else { return }
    var prompt = Prompt(subject: .runNote, title: "Why is the run done?", label: "Note: ")
    prompt.field.text = preview.note ?? ""
    dialog = .prompt(prompt)
  }

  /// Plans a paused run that repeats what the runs of a window did.
  mutating func replayWindow() -> [Effect] {
    guard let page, let run = selectedRun else { return [] }
    show(.preview, remembering: true)
    let window = RunWindow(after: windowStart ?? 0, through: run.id)
    return begin(
      PlanWish(job: page.name, request: RunRequest(mode: .pause, window: window)))
  }

  /// Requests a plan and shows the preview.
  ///
  /// While another plan is being made, the wish waits.
  mutating func ask(for wish: PlanWish) -> [Effect] {
    preview.wish = wish
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
    if let wish = preview.wish, wish.job == page.name,
      preview.plan != nil || preview.inFlight != nil || preview.failure != nil
    {
      return []
    }
    return begin(PlanWish(job: page.name))
  }

  private mutating func startPlanning() -> [Effect] {
    guard preview.inFlight == nil, let wish = preview.wish else { return [] }
    preview.inFlight = wish
    return [.plan(job: wish.job, wish.request)]
  }

  mutating func take(_ page: PlanPage) -> [Effect] {
    let answered = preview.inFlight
    preview.inFlight = nil
    guard answered == preview.wish, page.plan.job.name == preview.wish?.job else {
      return startPlanning()
    }
    preview.take(page)
    guard let unit = selectedUnit, !unit.isSurelyEmpty else { return [] }
    return askForSample(unit)
  }

  mutating func takePlanFailure(_ sentence: String) -> [Effect] {
    let answered = preview.inFlight
    preview.inFlight = nil
    guard answered == preview.wish else { return startPlanning() }
    preview.page = nil
    preview.failure = sentence
    preview.rebuild()
    notice = Notice(kind: .failure, text: sentence)
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
