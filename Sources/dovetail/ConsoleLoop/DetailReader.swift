import Console
import IncrementalJoin
import Operations
import Reports

/// Reads reports for the console's detail pane on its own thread, so that neither a listing nor a plan delays it.
///
/// It lists nothing: why a partition is pending comes from the listing that the console shows.
actor DetailReader {
  private let executor: ThreadExecutor
  private var session: Session
  private var reports: [String: PendingReport] = [:]  // characters: jobs are named in dovetail.yaml
  /// How late the inputs of each job usually are, once that was asked for.
  private var delays: [String: [InputDelays]] = [:]  // characters: jobs are named in dovetail.yaml

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Starts the thread.
  ///
  /// - Throws: `ThreadError`.
  init(session: Session) throws(ThreadError) {
    executor = try ThreadExecutor(name: "dovetail.detail")
    self.session = session
  }

  /// Takes what the console shows from now on.
  func take(_ statuses: [JobStatus], of session: Session) {
    self.session = session
    delays = [:]
    reports = Dictionary(
      statuses.map { ($0.job.name, $0.report) }, uniquingKeysWith: { first, _ in first })
  }

  /// How the rows met in what a job has published; nothing for a job that was not listed yet.
  func matches(of job: String) throws -> [MatchRecord] {
    try reports[job]?.publishedMatches(in: try session.ledger()) ?? []
  }

  func read(_ request: DetailRequest) async throws -> TextReport {
    guard case .why(let partition) = request.report, let report = reports[request.job] else {
      return try await session.report(request.report, of: request.job).report
    }
    let usual = delays[request.job] ?? ArrivalSkew(report).delays
    delays[request.job] = usual
    return .why(
      try PartitionAccount.read(
        partition, in: report, usually: usual, ledger: try session.ledger()),
      isConsole: true)
  }
}
