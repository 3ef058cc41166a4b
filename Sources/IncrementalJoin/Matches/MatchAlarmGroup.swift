import PartitionPredicate
import Wording

/// The alarms of a job that have one cause: the same pair of inputs, and the same thing wrong.
public struct MatchAlarmGroup: Hashable, Sendable {
  /// The job's name.
  public let job: String
  /// At least one; newest run first, then by partition.
  public let alarms: [MatchAlarm]

  /// The alarm to look at first.
  public var worst: MatchAlarm {
    alarms.dropFirst().reduce(alarms[0]) { $1.isWorse(than: $0) ? $1 : $0 }
  }

  /// The newest run that raised one of them.
  public var newestRun: RunID { alarms[0].record.run }

  /// Puts alarms of one job together, in the order in which their first ones come.
  public static func groups(_ alarms: [MatchAlarm], of job: String) -> [MatchAlarmGroup] {
    var order: [Cause] = []
    var byCause: [Cause: [MatchAlarm]] = [:]
    for alarm in alarms {
      let cause = Cause(alarm)
      if byCause[cause] == nil { order.append(cause) }
      byCause[cause, default: []].append(alarm)
    }
    return order.map { MatchAlarmGroup(job: job, alarms: byCause[$0] ?? []) }
  }

  /// What alarms of one group have in common.
  private struct Cause: Hashable {
    let pair: [String]
    let kind: Int
    let input: String?

    init(_ alarm: MatchAlarm) {
      pair = alarm.record.match.pair
      switch alarm.kind {
      case .leftRateFell: (kind, input) = (0, nil)
      case .rightRateFell: (kind, input) = (1, nil)
      case .noRows(let name): (kind, input) = (2, name)
      case .fanOutAppeared, .fanOutGrew: (kind, input) = (3, nil)
      case .nothingMet: (kind, input) = (4, nil)
      case .meetElsewhere: (kind, input) = (5, nil)
      }
    }
  }
}

extension MatchAlarmGroup: CustomStringConvertible {
  /// One line: the job, where it is so, and the worst partition in full.
  public var description: String {
    let worst = self.worst
    let runs = Set(alarms.map(\.record.run))
    let paths = Set(alarms.map(\.record.partition.path)).sorted(by: HivePath.precedes)
    guard alarms.count > 1, let first = paths.first, let last = paths.last else {
      return "Job \(job), run \(worst.record.run), \(worst.record.partition): \(worst.finding)"
    }
    let span: ExactText =
      paths.count == 1
      ? first : "\(Quantity.count(paths.count, "partition")) from \(first) to \(last)"
    guard runs.count > 1, let oldest = runs.min(), let newest = runs.max() else {
      return "Job \(job), run \(worst.record.run), \(span), the worst in "
        + "\(worst.record.partition): \(worst.finding)"
    }
    return "Job \(job), \(Quantity.count(runs.count, "run")) from \(oldest) to \(newest), \(span), "
      + "the worst in run \(worst.record.run), \(worst.record.partition): \(worst.finding)"
  }
}

extension MatchAlarm {
  /// Whether it is worse than another one of the same group.
  fileprivate func isWorse(than other: MatchAlarm) -> Bool {
    let (mine, its) = (record.match, other.record.match)
    switch kind {
    case .leftRateFell: return mine.leftRate ?? 0 < its.leftRate ?? 0
    case .rightRateFell: return mine.rightRate ?? 0 < its.rightRate ?? 0
    case .noRows: return mine.leftRows + mine.rightRows > its.leftRows + its.rightRows
    case .fanOutAppeared, .fanOutGrew: return mine.fanOut > its.fanOut
    case .nothingMet, .meetElsewhere: return mine.leftRows > its.leftRows
    }
  }
}
