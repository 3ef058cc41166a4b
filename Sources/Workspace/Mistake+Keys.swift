import IncrementalJoin
import PartitionPredicate

extension Mistake.KeyedInput {
  var names: [String] { keys.map(\.name) }

  /// The keys that another input does not have.
  fileprivate func beyond(_ other: Mistake.KeyedInput) -> [PartitionKey] {
    let others = Set(other.names.map { $0.exact.lowercased })
    return keys.filter { !others.contains($0.name.exact.lowercased) }
  }
}

extension Mistake.Kind {
  /// What to do about two inputs whose partitions are not related by anything.
  static func hint(onKeysOf input: Mistake.KeyedInput, _ first: Mistake.KeyedInput) -> String {
    let (own, others) = (input.beyond(first), first.beyond(input))
    let rename =
      own.count == others.count && zip(own, others).allSatisfy { $0.type == $1.type }
      ? zip(others, own).map { "\($0.name.printable): \($1.name.printable)" }
        .joined(separator: ", ") : nil
    let timeless = [input, first].filter { !$0.hasTime }
    let tables = timeless.count == 1 ? "the table of \(timeless[0].name.printable)" : "both tables"
    return
      "give \(tables) a time: (the column with a row's time, as in time: ts), which relates their "
      + "partitions whatever their keys"
      + (rename.map {
        ", or name at the input the keys that it calls differently: "
          + "\(input.name.printable): { table: .., keys: { \($0) } }."
      } ?? ".")
  }

  /// The keys as YAML: `partitions: [month, day]`.
  static func partitions(_ keys: [String]) -> String {
    "partitions: [\(keys.map(\.printable).joined(separator: ", "))]"
  }
}
