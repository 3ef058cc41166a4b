import Foundation
public import IncrementalJoin
import Wording

/// What another process is doing in the workspace, according to a cheap look at its ledger and locks.
public struct WorkspaceNews: Hashable, Sendable {
  /// The newest runs of all jobs, newest first.
  public let runs: [RunRecord]
  /// Who holds the lock on a job's output; nil when nobody does.
  public let holder: LockHolder?

  /// Puts the facts together; `holder` is that of the newest run's output.
  public init(runs: [RunRecord], holder: LockHolder?) {
    self.runs = runs
    self.holder = holder
  }

  /// The newest run of any job; nil before the first one.
  public var newest: RunRecord? { runs.first }
}

extension Model {
  /// Takes what was seen, and when; a run that is new to the screens is announced at once.
  mutating func take(_ news: WorkspaceNews, at instant: Date) -> [Effect] {
    now = instant
    newRuns = news.runs.filter { run in
      // A run that nobody carries on is not running; the next listing says what it is.
      run.state != .running || (run.id == news.newest?.id && news.holder != nil)
    }
    if !isLoading {
      let selected = selectedInHistory?.id
      let changes = historyChanges
      takeNewRuns()
      if historyChanges > changes { keepRunSelection(selected) }
    }
    guard let run = news.newest, !isRunning, operation == nil, !isLoading, !isKnown(run) else {
      return []
    }
    let isNew = announcedRun?.id != run.id || announcedRun?.state != run.state
    announcedRun = run
    if run.state == .running {
      guard let holder = news.holder else { return [] }
      if isNew {
        notice = Notice(
          kind: .information,
          text:
            "Run \(run.id) of \(run.job) is in progress, started by \(holder.user) on \(holder.host)."
        )
      }
      return []
    }
    if refreshesItself { return reload() }
    if isNew {
      notice = Notice(
        kind: .warning,
        text: "Run \(run.id) of \(run.job), by \(run.user): \(run.state.rawValue). r refreshes.")
    }
    return []
  }

  /// Shows the runs that the ledger had when it was looked at last, unless what was listed since knows more of them.
  mutating func takeNewRuns() {
    for index in jobs.indices {
      for run in newRuns where run.job == jobs[index].name {
        let shown = jobs[index].history.first { $0.id == run.id }
        guard run != shown, shown == nil || run.state != .running || shown?.state == .running
        else { continue }
        jobs[index].take(run)
        historyChanges += 1
        detail.forget(run.id)
      }
    }
  }

  /// Whether what is listed includes what the run did.
  private func isKnown(_ run: RunRecord) -> Bool {
    jobs.contains { page in
      page.status.runs.contains { $0.id == run.id && $0.state == run.state }
    }
  }

  /// When the inputs were listed, and how long ago once that is at least a minute; nil before the first listing.
  ///
  /// The preview is about the listing of its plan.
  var listingAge: String? {
    let planned = screen == .preview ? preview.plan?.listedAt : nil
    guard let loadedAt = planned ?? loadedAt else { return nil }
    let at = "Listed at \(Quantity.instant(loadedAt)) UTC"
    guard let now else { return at }
    let minutes = Int(now.timeIntervalSince(loadedAt) / 60)
    return minutes < 1 ? at : "\(at), \(Quantity.span(.seconds(minutes * 60))) ago"
  }
}
