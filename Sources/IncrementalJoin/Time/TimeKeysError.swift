public import PartitionPredicate
import Wording

/// Why the partition keys of a table do not say what time a partition covers.
public enum TimeKeysError: Error, Hashable, Sendable {
  /// A part is told and a coarser one is not.
  case gap(key: String, missing: String)
  /// `keys:` names something that is neither a key of the table nor a part of a time.
  case unknownKey(String, near: String?, keys: [String])
  /// What `keys:` says of a key fits no key of its type.
  case noMeaning(key: String, type: KeyType, value: String)
  /// A key of type timestamp whose spans have no length.
  case noLength(key: String)
  /// What `keys:` says of a key of type timestamp is not a length of time.
  case badLength(key: String, value: String)
  /// A day is not a multiple of the spans that a key of type timestamp begins.
  case dayNoMultiple(key: String, length: Duration)
  /// A part that is the same everywhere is not a number that it can be.
  case noConstant(part: String, value: String)
}

extension TimeKeysError: CustomStringConvertible {
  /// What is wrong, and what to write.
  public var description: String {
    switch self {
    case .gap(let key, let missing):
      return
        "the partition key \(key) names no time without the \(missing). Name the key that is the "
        + "\(missing) under `keys:`, as in `keys: { <key>: \(missing) }`, or give it as a constant, as in "
        + "`keys: { \(missing): \(missing == "year" ? "2013" : "1") }`"
    case .unknownKey(let name, let near, let keys):
      let question = near.map { " Did you mean \"\($0)\"?" } ?? ""
      let has =
        keys.isEmpty ? "The table has none" : "The table's keys are \(keys.joined(separator: ", "))"
      return
        "\"\(name)\" is not a partition key of the table, nor a part of a time (year, month, day, hour, "
        + "minute).\(question) \(has)"
    case .noMeaning(let key, let type, let value):
      return
        "\"\(value)\" says nothing about time for the partition key \(key) of type \(type). Write "
        + (type == .date
          ? "`\(key): day`"
          : "a part, as in `\(key): day`, or how it is spelled, as in `\(key): yyyyMMdd` (yyyy, MM, dd, HH and mm, "
            + "each once)")
    case .noLength(let key):
      return
        "the partition key \(key) is a timestamp whose spans have no length. Say how long they are, as in "
        + "`keys: { \(key): 15m }`; a day has to be a multiple of it"
    case .badLength(let key, let value):
      return
        "\"\(value)\" is not a length for the spans of the timestamp key \(key). Write one, as "
        + "in `\(key): 15m`; a day has to be a multiple of it"
    case .dayNoMultiple(let key, let length):
      return
        "the partition key \(key) begins spans of \(length.spelling), and a day is not a multiple of that. Write a length "
        + "that divides a day, as in `\(key): 15m`"
    case .noConstant(let part, let value):
      return
        "\"\(value)\" is not \("\(part)".withArticle). Write a number, as in `\(part): \(part == "year" ? "2013" : "1")`"
    }
  }
}
