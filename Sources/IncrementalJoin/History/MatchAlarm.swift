/// A regression in how the inputs of a job meet, against the job's own history.
public struct MatchAlarm: Hashable, Sendable {
  /// What got worse, with what it is compared with.
  public enum Kind: Hashable, Sendable {
    /// The share of the left rows that meet a right one lies below all earlier ones, and at least five
    /// percentage points below their median.
    case leftRateFell(lowest: Double, median: Double)
    /// The same for the right rows.
    case rightRateFell(lowest: Double, median: Double)
    /// One input has no rows of the partition, while the other one has.
    case noRows(input: String)
    /// A left row meets more than one right row, which no row of an earlier partition did.
    case fanOutAppeared
    /// A left row meets more than twice as many right rows as any row of an earlier partition.
    case fanOutGrew(highest: Int64)
  }

  /// The work unit's account of how two inputs met.
  public let record: MatchRecord
  /// What got worse.
  public let kind: Kind
  /// Partitions that it is compared with: those in which both inputs had rows, each as its newest earlier
  /// run met it.
  public let earlier: Int

  /// Creates an alarm.
  public init(record: MatchRecord, kind: Kind, earlier: Int) {
    self.record = record
    self.kind = kind
    self.earlier = earlier
  }

  /// The alarms of a job's runs, each against the runs before it.
  ///
  /// A pair of inputs is compared with at least five earlier partitions; with fewer there is no alarm. What was
  /// taken back is nothing to compare with.
  ///
  /// - Parameters:
  ///   - records: The whole match ledger of one job, in any order.
  ///   - run: The run whose alarms are wanted; nil for those of all runs.
  /// - Returns: Newest run first, then by partition, then by pair.
  public static func all(in records: [MatchRecord], ofRun run: RunID? = nil) -> [MatchAlarm] {
    let byRun = Dictionary(grouping: records.filter { $0.run <= run ?? .max }, by: \.run)
    var histories: [[String]: MatchHistory] = [:]
    var alarms: [[MatchAlarm]] = []
    for (id, met) in byRun.sorted(by: { $0.key < $1.key }) {
      let sorted = met.sorted { left, right in
        left.partition == right.partition
          ? left.match.pair.lexicographicallyPrecedes(right.match.pair)
          : HivePath.precedes(left.partition, right.partition)
      }
      if run == nil || run == id {
        let figures = histories.compactMapValues { MatchFigures($0) }
        alarms.append(
          sorted.flatMap { figures[$0.match.pair]?.alarms(for: $0) ?? [] })
      }
      for record in sorted where !record.isTakenBack {
        histories[record.match.pair, default: MatchHistory()].add(record)
      }
    }
    return alarms.reversed().flatMap(\.self)
  }
}

extension InputMatch {
  fileprivate var pair: [String] { [left, right] }
}
