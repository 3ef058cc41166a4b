public import PartitionPredicate

/// Why a partition covers no time.
public enum SpanError: Error, Hashable, Sendable {
  /// Some of its time keys are NULL and others are not.
  case partlyNull(partition: ExactText, key: String)
  /// A value is not what its key is declared to say.
  case noPart(partition: ExactText, key: String, value: String, expected: String)
  /// Two keys say different things.
  case disagree(partition: ExactText, part: String, values: [Int])
  /// The values together name no day that exists.
  case noTime(partition: ExactText)
  /// The time zone database has no such zone.
  case unknownZone(String, near: String?)
}

extension SpanError: CustomStringConvertible {
  /// What is wrong with which value, and what to do.
  public var description: String {
    switch self {
    case .partlyNull(let partition, let key):
      return
        "the partition \(partition) names no time: its key \(key) has a value and another time key is NULL. "
        + "Give all of them a value, or none."
    case .noPart(let partition, let key, let value, let expected):
      return
        "the partition \(partition) names no time: \"\(value)\" of its key \(key) is not \(expected). "
        + "Rename the folder, or correct `keys:` below `time:` of the table."
    case .disagree(let partition, let part, let values):
      return "the partition \(partition) names no time: its keys say two things of the \(part), "
        + "\(values.map(String.init).joined(separator: " and ")). Rename the folder."
    case .noTime(let partition):
      return "the partition \(partition) names no day of the calendar. Rename the folder."
    case .unknownZone(let name, let near):
      return "the time zone \"\(name)\" is not known here. "
        + (near.map { "Did you mean \"\($0)\"? " } ?? "")
        + "Zones have names such as Europe/Berlin or UTC."
    }
  }
}
