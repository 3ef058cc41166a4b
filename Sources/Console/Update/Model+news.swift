import Foundation
public import IncrementalJoin
import Wording

/// What another process is doing in the workspace, according to a cheap look at its ledger and locks.
public struct WorkspaceNews: Hashable, Sendable {
  /// The newest run of any job; nil before the first one.
  public let newest: RunRecord?
  /// Who holds the lock on a job's output; nil when nobody does.
  public let holder: LockHolder?

  /// Puts the facts together.
  public init(newest: RunRecord?, holder: LockHolder?) {
    self.newest = newest
    self.holder = holder
  }
}

extension Model {
  /// Takes what was seen, and when; a run that is new to the screens is announced at once.
  mutating func take(_ news: WorkspaceNews, at instant: Date) -> [Effect] {
    now = instant
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

  /// Whether the screens show the current state of the run.
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
