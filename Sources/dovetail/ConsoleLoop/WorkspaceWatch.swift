import Console
import Foundation
import IncrementalJoin
import Operations
import PartitionPredicate
import Workspace

/// Checks every second whether another process has run a job.
///
/// It looks at the times and sizes of the ledger's files, and reads the ledger only when they changed. It lists
/// nothing.
struct WorkspaceWatch: Sendable {
  /// More do not begin between two looks.
  private static let shownRuns = 20

  /// The session as it was read last.
  let sessions: CurrentSession

  /// Reports what is new, and at least every 30 seconds that nothing is, until the task is cancelled.
  func run(_ report: @Sendable (WorkspaceNews) -> Void) async {
    var seen: [FileFacts?] = []
    var news = WorkspaceNews(runs: [], holder: nil)
    var seconds = 0
    while !Task.isCancelled {
      let session = sessions.value
      // A ledger in a bucket is not queried every second.
      let path = session.workspace.ledger == nil ? session.workspace.ledgerPath : nil
      let facts = path.map { path in ["", "-wal"].map { FileFacts(path + $0) } } ?? []
      if facts != seen || news.newest?.state == .running {
        seen = facts
        news = await look(in: session) ?? news
        report(news)
      } else if seconds % 30 == 0 {
        report(news)
      }
      seconds += 1
      try? await Task.sleep(for: .seconds(1))
    }
  }

  private func look(in session: Session) async -> WorkspaceNews? {
    guard let runs = try? session.ledger().runs(job: nil, limit: Self.shownRuns),
      let newest = runs.first
    else { return nil }
    guard newest.state == .running,
      let job = try? session.workspace.job(named: newest.job), job.output.location.scheme != "s3"
    else { return WorkspaceNews(runs: runs, holder: nil) }
    return WorkspaceNews(
      runs: runs, holder: await session.storage.outputs.holder(of: job.output))
  }

  /// The facts that show that a file was written.
  private struct FileFacts: Equatable {
    let modified: Date?
    let size: Int?

    init?(_ path: String) {
      guard let facts = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
      modified = facts[.modificationDate] as? Date
      size = (facts[.size] as? NSNumber)?.intValue
    }
  }
}
