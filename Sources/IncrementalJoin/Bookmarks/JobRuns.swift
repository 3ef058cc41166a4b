import Wording

/// The numbers of a job's runs, for sentences that say which ones there are.
public struct JobRuns: Hashable, Sendable {
  /// The job's name in `dovetail.yaml`.
  public let job: String
  /// How many runs the ledger keeps of it.
  public let count: Int
  /// The oldest run; 0 without runs.
  public let first: RunID
  /// The newest run; 0 without runs.
  public let last: RunID

  /// Creates the account of a job's runs.
  public init(job: String, count: Int, first: RunID, last: RunID) {
    self.job = job
    self.count = count
    self.first = first
    self.last = last
  }

  /// Counts the runs of a job.
  ///
  /// - Throws: what the ledger throws.
  public init(job: String, in ledger: any LedgerReader) throws {
    let runs = try ledger.runs(job: job, limit: .max).map(\.id)
    self.init(job: job, count: runs.count, first: runs.min() ?? 0, last: runs.max() ?? 0)
  }
}

extension JobRuns: CustomStringConvertible {
  /// The end of a sentence: `flights_weather has 8 runs, from 1 to 12`.
  public var description: String {
    switch count {
    case 0: "\(job) has no runs yet"
    case 1: "\(job) has one run, \(first)"
    default: "\(job) has \(Quantity.count(count, "run")), from \(first) to \(last)"
    }
  }
}
