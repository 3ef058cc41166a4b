/// How the inputs of a job have met so far, and what is wrong with that.
public struct MatchAccount: Hashable, Sendable {
  /// The job's name.
  public let job: String
  /// The whole match ledger of the job, newest run first.
  public let records: [MatchRecord]
  /// The requested alarms, including acknowledged ones; newest run first.
  public let alarms: [MatchAlarm]
  /// Which of them have been seen.
  public let acknowledgements: [AlarmAcknowledgement]

  /// Creates an account.
  public init(
    job: String, records: [MatchRecord], alarms: [MatchAlarm],
    acknowledgements: [AlarmAcknowledgement] = []
  ) {
    self.job = job
    self.records = records
    self.alarms = alarms
    self.acknowledgements = acknowledgements
  }

  /// Reads the match ledger of a job.
  ///
  /// - Parameters:
  ///   - job: The job's name.
  ///   - definition: What dovetail.yaml says about it now; nil for a job that it no longer has.
  ///   - run: The run whose alarms are requested; nil for those of all runs.
  ///   - ledger: What runs have counted.
  /// - Throws: what the ledger throws.
  public init(
    of job: String, as definition: JobDefinition?, run: RunID? = nil, in ledger: any LedgerReader
  ) throws {
    let keys = definition?.output.keys
    let records = try ledger.matches(job: job, keys: keys, run: nil)
    self.init(
      job: job, records: records,
      alarms: MatchAlarm.all(
        in: records, ofRun: run, optional: definition?.optionalInputs ?? [],
        strays: try ledger.strays(job: job, keys: keys)),
      acknowledgements: try ledger.acknowledgements(job: job))
  }

  /// How many earlier partitions, in which both inputs had rows, an alarm about history needs.
  public static let leastPartitions = MatchFigures.leastPartitions

  /// The causes that have not been acknowledged yet, one line each.
  public var causes: [MatchAlarmGroup] {
    MatchAlarmGroup.groups(alarms.filter { !isAcknowledged($0) }, of: job)
  }

  /// Whether an alarm has been acknowledged.
  public func isAcknowledged(_ alarm: MatchAlarm) -> Bool {
    acknowledgements.contains { $0.runs.contains(alarm.record.run) }
  }

  /// The alarms that have been acknowledged.
  public var acknowledged: [MatchAlarm] { alarms.filter { isAcknowledged($0) } }

  /// How far the history is from enough to judge by, a sentence for each pair of inputs for which it is not enough.
  public var judgedBy: [String] {
    var histories: [[String]: MatchHistory] = [:]
    for record in records.reversed() where !record.isUndone {
      histories[record.match.pair, default: MatchHistory()].add(record)
    }
    return histories.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap {
      pair, history in
      let count = history.met.count
      guard count < Self.leastPartitions else { return nil }
      return "Alarms for \(pair[0]) with \(pair[1]) need \(Self.leastPartitions) earlier "
        + "partitions with rows on both sides; there \(count == 1 ? "is" : "are") \(count)."
    }
  }
}
