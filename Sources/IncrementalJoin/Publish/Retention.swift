public import Foundation

/// Which replaced versions are kept for undo.
public struct Retention: Hashable, Sendable {
  private let limits: JobLimits

  /// Takes a job's limits: `kept_runs`, `kept_for` and `kept_bytes`.
  public init(_ limits: JobLimits) {
    self.limits = limits
  }

  /// The kept versions that go: those beyond the newest `kept_runs` runs, those of runs that ended longer
  /// ago than `kept_for`, and the oldest ones until the rest fits into `kept_bytes`.
  ///
  /// - Parameters:
  ///   - kept: What is kept now.
  ///   - runs: The job's runs; what is kept of a run that is not among them goes by the other limits only.
  ///   - instant: The time from which the age counts.
  /// - Returns: What goes, newest first.
  public func expired(_ kept: [KeptRun], runs: [RunRecord], at instant: Date) -> [KeptRun] {
    let ended = Dictionary(
      runs.map { ($0.id, $0.finishedAt ?? $0.startedAt) }, uniquingKeysWith: { $1 })
    var expired: [KeptRun] = []
    var bytes: Int64 = 0
    var isFull = false
    for (index, run) in kept.sorted(by: { $0.run > $1.run }).enumerated() {
      bytes += run.bytes
      // Once one is too much, an older one must not be kept in its place.
      isFull = isFull || limits.keptBytes.map { bytes > $0 } ?? false
      let isOld = limits.keptAge.map { age in
        ended[run.run].map { Duration.seconds(instant.timeIntervalSince($0)) > age } ?? false
      }
      if index >= limits.keptRuns || isFull || isOld == true { expired.append(run) }
    }
    return expired
  }
}
