import IncrementalJoin

extension Model {
  /// Asks for a plan and shows the preview.
  ///
  /// While another one is being made, the wish waits.
  mutating func ask(for wish: PlanWish) -> [Effect] {
    preview.wish = wish
    preview.plan = nil
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
    return ask(for: PlanWish(job: page.name))
  }

  private mutating func startPlanning() -> [Effect] {
    guard preview.inFlight == nil, let wish = preview.wish else { return [] }
    preview.inFlight = wish
    return [
      .plan(job: wish.job, RunRequest(partitions: wish.partitions, filter: wish.filter?.predicate))
    ]
  }

  mutating func take(_ plan: Plan) -> [Effect] {
    let answered = preview.inFlight
    preview.inFlight = nil
    guard answered == preview.wish, plan.job.name == preview.wish?.job else {
      return startPlanning()
    }
    preview.take(plan)
    guard let unit = preview.selectedUnit, !unit.isSurelyEmpty else { return [] }
    return askForSample(unit)
  }

  mutating func takePlanFailure(_ sentence: String) -> [Effect] {
    let answered = preview.inFlight
    preview.inFlight = nil
    guard answered == preview.wish else { return startPlanning() }
    preview.plan = nil
    preview.failure = sentence
    preview.rebuild()
    notice = Notice(kind: .failure, text: sentence)
    return []
  }

  /// Shows the sample of a unit, asking for it the first time.
  mutating func askForSample(_ unit: WorkUnit) -> [Effect] {
    preview.sampled = unit.partition
    preview.sampleColumn = 0
    guard let plan, preview.samples[unit.partition] == nil else { return [] }
    preview.samples[unit.partition] = .loading
    return [.preview(job: plan.job.name, unit.partition)]
  }
}
