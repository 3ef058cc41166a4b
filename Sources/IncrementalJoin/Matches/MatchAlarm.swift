import PartitionPredicate

/// What is wrong with how the inputs of a job meet, mostly compared with the job's own history.
public struct MatchAlarm: Hashable, Sendable {
  /// What is wrong, with the figures that it is compared with.
  public enum Kind: Hashable, Sendable {
    /// The share of the left rows that match a right one is below all earlier ones, and at least five percentage points
    /// below their median.
    case leftRateFell(lowest: Double, median: Double)
    /// The same for the right rows.
    case rightRateFell(lowest: Double, median: Double)
    /// One input has no rows of the partition, while the other one has.
    case noRows(input: String)
    /// A left row meets more than one right row, which no row of an earlier partition did.
    case fanOutAppeared
    /// A left row matches more than twice as many right rows as any row in an earlier partition.
    case fanOutGrew(highest: Int64)
    /// No row of a run matched any, and there is no history that says whether that is usual.
    case nothingMet(MatchTotals)
    /// Rows that matched nothing have their partners in other partitions.
    case meetElsewhere(StrayMatches, MatchTotals)
  }

  /// The work unit's account of how two inputs met.
  public let record: MatchRecord
  /// What is wrong.
  public let kind: Kind
  /// How many partitions it is compared with: those in which both inputs had rows, each as of its newest earlier run.
  public let earlier: Int

  /// Creates an alarm.
  public init(record: MatchRecord, kind: Kind, earlier: Int) {
    self.record = record
    self.kind = kind
    self.earlier = earlier
  }

  /// The alarms of a job's runs, each compared with the runs before it.
  ///
  /// A pair of inputs is compared with at least five earlier partitions; with fewer there are only alarms that need no
  /// history. Undone builds are left out of the comparison.
  ///
  /// - Parameters:
  ///   - records: The whole match ledger of one job, in any order.
  ///   - run: The run whose alarms are requested; nil for those of all runs.
  ///   - optional: The inputs that may have no rows in a partition, see `JobDefinition.optionalInputs`.
  ///   - strays: What runs of the job found about rows that match none in their own partition.
  /// - Returns: Newest run first, then by partition, then by pair.
  public static func all(
    in records: [MatchRecord], ofRun run: RunID? = nil,
    optional: Set<String> = [],  // characters: input names are ASCII
    strays: [StrayMatches] = []
  ) -> [MatchAlarm] {
    let byRun = Dictionary(grouping: records.filter { $0.run <= run ?? .max }, by: \.run)
    var histories: [[String]: MatchHistory] = [:]
    var alarms: [[MatchAlarm]] = []
    for (id, met) in byRun.sorted(by: { $0.key < $1.key }) {
      let sorted = met.sorted { left, right in
        left.partition == right.partition
          ? left.match.pair.lexicographicallyPrecedes(right.match.pair)
          : HivePath.precedes(left.partition.path, right.partition.path)
      }
      if run == nil || run == id {
        let figures = histories.compactMapValues { MatchFigures($0, optional: optional) }
        let found = strays.filter { $0.run == id }
        alarms.append(
          sorted.flatMap { figures[$0.match.pair]?.alarms(for: $0) ?? [] }
            + withoutHistory(sorted, found, judged: Set(figures.keys)))
      }
      for record in sorted where !record.isUndone {
        histories[record.match.pair, default: MatchHistory()].add(record)
      }
    }
    return alarms.reversed().flatMap(\.self)
  }

  /// What is evident without any history: that partners are in other partitions, or that nothing matches.
  private static func withoutHistory(
    _ records: [MatchRecord], _ strays: [StrayMatches], judged: Set<[String]>
  ) -> [MatchAlarm] {
    Dictionary(grouping: records, by: \.match.pair).sorted {
      $0.key.lexicographicallyPrecedes($1.key)
    }.compactMap { pair, records in
      let totals = MatchTotals(records)
      if let stray = strays.first(where: { [$0.left, $0.right] == pair && $0.isTelling }),
        let record = records.first(where: { $0.partition == stray.partition })
      {
        return MatchAlarm(record: record, kind: .meetElsewhere(stray, totals), earlier: 0)
      }
      guard !judged.contains(pair), totals.meetsNothing,
        let record = records.max(by: { $0.match.leftRows < $1.match.leftRows })
      else { return nil }
      return MatchAlarm(record: record, kind: .nothingMet(totals), earlier: 0)
    }
  }
}

/// How the rows of two inputs met in all partitions of one run.
public struct MatchTotals: Hashable, Sendable {
  /// Partitions that the run joined.
  public let partitions: Int
  /// Rows of the first input.
  public let leftRows: Int64
  /// Rows of the other one.
  public let rightRows: Int64
  /// Rows of the first input that matched one of the other.
  public let leftMatched: Int64

  /// Adds up the records of one run and one pair of inputs.
  public init(_ records: [MatchRecord]) {
    partitions = records.count
    leftRows = records.reduce(0) { $0 + $1.match.leftRows }
    rightRows = records.reduce(0) { $0 + $1.match.rightRows }
    leftMatched = records.reduce(0) { $0 + $1.match.leftMatched }
  }

  /// Fewer rows than this may go unmatched by chance.
  private static let leastRows: Int64 = 20

  /// Whether no row meets any, although both sides have rows enough.
  var meetsNothing: Bool {
    leftMatched == 0 && leftRows >= Self.leastRows && rightRows >= Self.leastRows
  }

  /// Whether so few rows match that it is worth looking for their partners elsewhere.
  var isLow: Bool { leftRows > 0 && leftMatched * 2 < leftRows }
}

extension StrayMatches {
  /// Whether so many of the values are in exactly one other partition that they seem to belong there.
  ///
  /// Values that fall into partitions by chance are in exactly one of them with a share of 1/e at most.
  var isTelling: Bool { lookedAt > 1 && found > 0 && found * 2 >= sampled }
}

extension InputMatch {
  var pair: [String] { [left, right] }
}

extension JobDefinition {
  /// The inputs that may have no rows in a partition without anything being wrong.
  ///
  /// For an outer join these are the inputs that it can do without, and for a join by time those that it joins; with
  /// `wait:` all of them, since it decides when a partition is joined without them.
  public var optionalInputs: Set<String> {  // characters: input names are ASCII
    let names = inputs.map(\.name)
    if wait != .anyChange { return Set(names) }
    guard let conditions = transformation.conditions(inputs: names.count) else { return [] }
    return zip(conditions, names.indices.dropFirst()).reduce(into: []) { optional, other in
      // Partners may be in the neighboring partitions.
      if other.0.time != nil { optional.formUnion([names[0], names[other.1]]) }
      switch other.0.type {
      case .inner: break
      case .left: optional.insert(names[other.1])
      case .right: optional.formUnion(names[..<other.1])
      case .full: optional.formUnion(names[...other.1])
      }
    }
  }
}
