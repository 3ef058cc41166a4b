import IncrementalJoin
public import PartitionPredicate

/// What is wrong with a table's `watch:`.
public enum WatchProblem: Hashable, Sendable {
  /// A text that begins like a length of time.
  case badLength(String)
  /// A predicate that cannot be parsed, or does not fit the table's keys.
  case predicate(PushdownPredicateError, keys: [String])
  /// A length of time for a table that does not say when its partitions end.
  case noTime(String, table: String)
  /// A length of time for a table whose keys do not tell its time.
  case noTimeKey(String, table: String)
}

extension WatchProblem {
  /// What is wrong, without position and advice.
  var sentence: String {
    switch self {
    case .badLength(let text): "watch: \(text.quoted) is not a length of time"
    case .predicate(let error, _): "watch: \(TimeProblem.parted(error.message).sentence)"
    case .noTime(let text, let table):
      "watch: \(text.printable) asks when partitions end, and table \(table.printable) has no time"
    case .noTimeKey(let text, let table):
      "watch: \(text.printable) asks when partitions end, and no key of table \(table.printable) tells"
    }
  }

  /// What to write instead.
  var hint: String {
    switch self {
    case .badLength(let text):
      DeclaredQuantity.advice(onUnitOf: text) { Duration(spelling: $0) != nil }
        ?? "write a whole number and s, m, h, d or w: watch: 90d."
    case .predicate(let error, let keys):
      TimeProblem.parted(error.message).advice
        ?? (keys.isEmpty
          ? "remove it: a table without partitions is always looked at as a whole."
          : "write a condition on its keys, which are \(keys.listed), or a length of time: watch: 90d.")
    case .noTime:
      "add time: with the column of a row's time, or write a predicate over its keys."
    case .noTimeKey:
      "say under keys: of its time: what its keys mean, or write a predicate over them."
    }
  }
}
