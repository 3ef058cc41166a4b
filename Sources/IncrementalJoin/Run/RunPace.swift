/// How fast the last runs of a job built, which tells how long the next one may take.
///
/// A run's time depends either on its bytes or, where partitions are small, on their number; whichever of the two the
/// last runs agree on better is used.
public struct RunPace: Hashable, Sendable {
  /// How many runs it is made from, at most ``mostRuns``.
  public let runs: Int
  /// Rows written in a second of staging, publishing and committing; the median of the runs.
  public let rowsPerSecond: Double
  private let secondsPerByte: Double
  private let secondsPerPartition: Double
  private let isByBytes: Bool

  /// Older runs say little about the next one.
  public static let mostRuns = 5

  /// Examines the newest runs that built something and finished; nil when there is none.
  ///
  /// - Parameter records: The runs of one job, newest first.
  public init?(of records: [RunRecord]) {
    let built = records.lazy.filter { record in
      record.kind.isBuild && record.state.isWhole && record.committed > 0 && record.bytesRead > 0
        && record.buildTime > .zero
    }.prefix(Self.mostRuns)
    guard !built.isEmpty else { return nil }
    let seconds = built.map { $0.buildTime / .seconds(1) }
    let perByte = zip(seconds, built).map { $0 / Double($1.bytesRead) }
    let perPartition = zip(seconds, built).map { $0 / Double($1.committed + $1.failed) }
    runs = built.count
    rowsPerSecond = Self.median(zip(seconds, built).map { Double($1.rows) / $0 })
    secondsPerByte = Self.median(perByte)
    secondsPerPartition = Self.median(perPartition)
    isByBytes = Self.spread(perByte) <= Self.spread(perPartition)
  }

  /// How long building may take: staging, publishing and committing, without the listing.
  ///
  /// - Parameters:
  ///   - partitions: How many are built.
  ///   - bytes: The size of the files that are read.
  /// - Returns: The time.
  public func expected(partitions: Int, bytes: Int64) -> Duration {
    .seconds(isByBytes ? secondsPerByte * Double(bytes) : secondsPerPartition * Double(partitions))
  }

  /// How long a run of a plan may take; zero for a plan that builds nothing.
  public func expected(_ plan: Plan) -> Duration {
    expected(partitions: plan.units.count, bytes: plan.bytes)
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  /// The factor between the largest and the smallest value.
  private static func spread(_ values: [Double]) -> Double {
    (values.max() ?? 1) / (values.min() ?? 1)
  }
}

extension RunState {
  /// Whether a run finished, so its times correspond to what it read.
  fileprivate var isWhole: Bool { self == .succeeded || self == .partial }
}

extension RunRecord {
  /// The time of staging, publishing and committing.
  fileprivate var buildTime: Duration { timings.stage + timings.publish + timings.commit }
}
