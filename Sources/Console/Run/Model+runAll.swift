import IncrementalJoin
import PartitionPredicate
import Reports
import Wording

extension Model {
  /// Plans every job with pending partitions; when all plans are there, asks whether to run them.
  mutating func beginRunAll() -> [Effect] {
    preview = PreviewState()
    reportTrail = []
    runAll = RunAll(jobs)
    return planNextOfAll()
  }

  /// Whether the plan of a job that is to run with all others is waited for.
  private var isPlanningAll: Bool {
    if case .waiting(let waiting) = dialog { waiting.subject == .runAll } else { false }
  }

  private mutating func planNextOfAll() -> [Effect] {
    guard let runAll, let place = runAll.unplanned else {
      confirmRunAll()
      return []
    }
    let job = runAll.entries[place].job
    dialog = .waiting(
      DialogRequest(
        job: job, subject: .runAll,
        title: "Planning job \(place + 1) of \(runAll.entries.count), \(job)"))
    // A plan that the preview asks for when this one is not waited for any more comes after it.
    preview.inFlight = PlanRequest(job: job)
    return [.plan(job: job, RunRequest())]
  }

  /// Takes a plan for all jobs, or why there is none; nil when nobody waits for one.
  mutating func takeForAll(_ progress: RunAll.Progress) -> [Effect]? {
    guard isPlanningAll, let place = runAll?.unplanned else { return nil }
    preview.inFlight = nil
    runAll?.entries[place].progress = progress
    return planNextOfAll()
  }

  /// What becomes of a job when its plan is there: what asks for the job's name alone does so here too.
  func progress(of page: PlanPage) -> RunAll.Progress {
    if let refusal = page.refusals.first {
      return .leftOut(
        "\(Self.caution(refusal)) R on it previews the run, which takes typing its name")
    }
    if settings.confirmations[.execute] == .name {
      return .leftOut("config.yaml says that a run takes typing its name; R on it previews it")
    }
    return page.steps.isEmpty ? .leftOut("its plan has nothing to do") : .planned(page)
  }

  /// Asks before all plans run, saying of each what it overwrites and removes.
  private mutating func confirmRunAll() {
    guard let runAll else { return }
    let plans = runAll.entries.compactMap { entry -> PlanPage? in
      if case .planned(let page) = entry.progress { page } else { nil }
    }
    let leftOut = runAll.entries.compactMap { entry -> String? in
      if case .leftOut(let reason) = entry.progress {
        "\(entry.job) is left out: \(reason)."
      } else {
        nil
      }
    }
    guard !plans.isEmpty else {
      self.runAll = nil
      tell("No job can be run", leftOut.joined(separator: "\n"))
      return
    }
    let lines = plans.flatMap(Self.summary)
    let names = plans.flatMap { page in
      listing("Removed of \(page.plan.job.name):", page.removals)
        + listing("Overwritten of \(page.plan.job.name):", page.overwritten)
    }
    dialog = .confirmation(
      Confirmation(
        subject: .runAll,
        title: plans.count == 1
          ? "Run 1 job?" : "Run \(Quantity.number(plans.count)) jobs, one after the other?",
        lines: lines + (leftOut.isEmpty ? [] : [""] + leftOut) + names,
        yes: plans.count == 1 ? "Run it" : "Run them", no: "Do not run"))
  }

  /// What a plan does, in one line, and how long that takes in another one.
  private static func summary(_ page: PlanPage) -> [String] {
    let counts = [
      Quantity.count(page.plan.units.count, "partition"), "\(Quantity.number(page.new)) new",
      "\(Quantity.number(page.overwritten.count)) overwritten",
      "\(Quantity.number(page.removals.count)) removed",
    ]
    let files = "\(Quantity.count(page.fileCount, "file")), \(Quantity.bytes(page.bytes))"
    let line = "\(page.plan.job.name): \(counts.joined(separator: ", ")); reads \(files)."
    return [line] + (page.pace.map { ["  Takes \($0.text(for: page.plan))."] } ?? [])
  }

  /// Runs the next of all jobs that were planned; when there is none, tells what came of them.
  mutating func runNextOfAll() -> [Effect] {
    guard let next = runAll?.next else { return endRunAll() }
    let isFirst = runAll?.hasBegun == false
    runAll?.entries[next.place].progress = .running
    return launch(next.page, RunRequest(), isShown: isFirst)
  }

  /// Takes how a run of all has ended; nil when the run was none of them.
  ///
  /// A job that failed does not stop the others: they do not read what it publishes.
  mutating func endOneOfAll(_ run: RunProgress, failure: String?) -> [Effect]? {
    guard let place = runAll?.running else { return nil }
    let state = run.summary?.state
    let sentence =
      failure ?? run.summary.map { RunScreen.sentence(about: $0, rows: run.rows) }
      ?? "The run ended without saying how."
    runAll?.entries[place].progress = .ended(
      sentence: sentence, isGood: failure == nil && (state == .succeeded || state == .staged),
      hasPublished: (run.summary?.committed ?? run.committedCount) > 0)
    if run.isCancelling || state == .cancelled { runAll?.stop() }
    return runNextOfAll()
  }

  private mutating func endRunAll() -> [Effect] {
    guard let runAll else { return [] }
    self.runAll = nil
    notice = Notice(kind: .information, text: runAll.sentence)
    if dialog == nil { show(runAll.report, of: page?.name ?? "") }
    return reload()
  }
}
