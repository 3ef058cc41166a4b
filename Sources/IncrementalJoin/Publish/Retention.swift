public import Foundation

/// Which replaced versions are kept for undo.
public struct Retention: Hashable, Sendable {
  private let limits: JobLimits

  /// Takes over a job's limits: `kept_runs`, `kept_for` and `kept_bytes`.
  public init(_ limits: JobLimits) {
    self.limits = limits
  }

  /// The kept versions to be removed: those beyond the newest `kept_runs` runs, those of runs that ended longer ago
  /// than `kept_for`, and the oldest ones until the rest fits into `kept_bytes`.
  ///
  /// - Parameters:
  ///   - kept: What is kept now.
  ///   - runs: The job's runs; versions kept by a run that is not among them are subject only to the other limits.
  ///   - instant: The time from which the age counts.
  /// - Returns: What is to be removed, newest first.
  public func expired(_ kept: [KeptRun], runs: [RunRecord], at instant: Date) -> [KeptRun] {
    let ended = Dictionary(
      runs.map { ($0.id, $0.finishedAt ?? $0.startedAt) }, uniquingKeysWith: { $1 })
    var expired: [KeptRun] = []
    var bytes: Int64 = 0
    var isFull = false
    for (index, run) in kept.sorted(by: { $0.run > $1.run }).enumerated() {
      bytes += run.bytes
      // Once one version is too much, no older one may be kept instead.
      isFull = isFull || limits.keptBytes.map { bytes > $0 } ?? false
      let isOld = limits.keptAge.map { age in
        ended[run.run].map { Duration.seconds(instant.timeIntervalSince($0)) > age } ?? false
      }
      if index >= limits.keptRuns || isFull || isOld == true { expired.append(run) }
    }
    return expired
  }
}
