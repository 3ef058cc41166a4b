import Foundation
import IncrementalJoin
import PartitionPredicate
import Wording

extension Model {
  /// Requests the status of all jobs; at most one request is in progress.
  mutating func reload() -> [Effect] {
    if isLoading {
      isReloadQueued = true
      return []
    }
    isLoading = true
    endedBeforeLoad = ended.count
    return [.load]
  }

  mutating func reloadIfWanted() -> [Effect] {
    guard isReloadQueued else { return [] }
    isReloadQueued = false
    return reload()
  }

  /// Takes what was loaded; selections stay on the same things.
  mutating func take(_ pages: [JobPage], at instant: Date) -> [Effect] {
    let previous = page
    let name = previous?.name ?? restored?.job
    let run = selectedInHistory?.id
    if notice == .listing { notice = Notice(kind: .information, text: whatWasRead(pages)) }
    hasReadDefinition = false
    jobs = pages
    takeNewRuns()
    load += 1
    loads += 1
    detail.forget()
    selectedJob = jobs.firstIndex { $0.name == name } ?? 0
    isLoading = false
    loadFailure = nil
    loadedAt = instant
    selectInOverview()
    restoreMarks()
    forgetMarksOfUnknown()
    for page in jobs { self.run?.takeOutcome(from: page) }
    ended.removeFirst(endedBeforeLoad)
    endedBeforeLoad = 0
    relateRuns()
    forgetRepairs()
    refreshCatalog()
    rebuildPending(from: previous)
    keepRunSelection(run)
    predicate.forgetSubject()
    preview.mayBeOutOfDate = isPlanOutOfDate
    return component.appear(&self) + reloadIfWanted()
  }

  /// What somebody who asked for a refresh is told of it.
  private func whatWasRead(_ pages: [JobPage]) -> String {
    var isListed: [String: Bool] = [:]
    for page in pages {
      for (input, totals) in zip(page.status.job.inputs, page.inputs) {
        isListed[input.table.name] = totals.isListed
      }
    }
    let unlisted = isListed.values.count { !$0 }
    let known = Set(jobs.flatMap { page in page.history.map(\.id) })
    let runs = pages.reduce(0) { $0 + $1.history.count { !known.contains($0.id) } }
    let missing = unlisted == 0 ? "" : " (\(Quantity.number(unlisted)) could not be listed)"
    let new = runs == 0 ? "no new runs" : Quantity.count(runs, "new run")
    let definition = hasReadDefinition ? "was read anew" : "has not changed"
    return
      "Listed \(Quantity.count(isListed.count, "table"))\(missing); \(new); dovetail.yaml \(definition)."
  }

  /// What `current_date` means in predicates: the UTC day of the last load, in days since 1970-01-01.
  var today: Int {
    let seconds = loadedAt?.timeIntervalSince1970 ?? 0
    return seconds.magnitude < 3e11 ? Int((seconds / 86_400).rounded(.down)) : 0
  }

  /// Whether the plan on the preview would be a different one now.
  private var isPlanOutOfDate: Bool {
    guard let plan, let page = jobs.first(where: { $0.name == plan.job.name }) else { return false }
    if plan.job.fingerprint != page.status.job.fingerprint { return true }
    if plan.kind == .run,
      plan.units.count + plan.compacted.count + plan.postponed != runnableCount(of: page)
    {
      return true
    }
    return plan.units.contains { unit in
      page.index(of: unit.partition).map { page.known[$0].inputs != unit.inputs } ?? true
    }
  }

  /// How many pending partitions a run would build now, of those that the plan is for.
  private func runnableCount(of page: JobPage) -> Int {
    preview.request?.run.filter.map { runnableCount(of: page, $0) } ?? page.runnableCount
  }

  /// How many of the pending partitions that a predicate selects a run would build.
  func runnableCount(of page: JobPage, _ filter: PushdownPredicate) -> Int {
    let evaluator = PredicateEvaluator(filter)
    return page.pending.count { index in
      page.known[index].hold == nil && evaluator.selects(page.known[index].partition)
    }
  }

  /// Switches all screens to another job.
  mutating func selectJob(_ index: Int) {
    guard jobs.indices.contains(index), index != selectedJob else { return }
    keepStops()
    selectedJob = index
    load += 1
    detail.forget()
    selectInOverview()
    let showsAll = pending.showsAll
    pending = PendingState()
    pending.showsAll = showsAll
    runsList = ListState()
    windowStart = nil
    predicate.debugger = nil
    predicate.editor = nil
    for list in RowList.allCases where list != .jobs { resetView(of: list) }
    rangeStart = nil
    predicate.forgetSubject()
    predicate.kept = nil
    predicate.seeksSelected = true
    catalog.open = nil
    catalog.openPartition = nil
    rebuildPending(from: nil)
    refreshCatalog()
    catalog.tableList = ListState()
  }

  /// Puts the overview's cursor on the selected job, where it is shown.
  private mutating func selectInOverview() {
    let place = OverviewScreen.place(of: selectedJob, self) ?? overviewList.index
    overviewList.select(
      place, count: OverviewScreen.rowCount(self), height: listHeight(on: .overview))
  }

  mutating func keepRunSelection(_ id: RunID?) {
    let now = page?.history ?? []
    // The first row means "the newest run", and keeps that meaning.
    let row = runsList.index == 0 ? 0 : now.firstIndex { $0.id == id } ?? 0
    runsList.select(row, count: now.count, height: listHeight(on: .bookmarks))
  }
}
