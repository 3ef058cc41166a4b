import IncrementalJoin
import PartitionPredicate

extension Mistake.KeyedInput {
  var names: [String] { keys.map(\.name) }

  /// Whether all keys of another input are among this one's.
  fileprivate func hasAll(of other: Mistake.KeyedInput) -> Bool {
    let own = Set(names.map { $0.exact.lowercased })
    return other.names.allSatisfy { own.contains($0.exact.lowercased) }
  }

  /// The keys that another input does not have.
  fileprivate func beyond(_ other: Mistake.KeyedInput) -> [PartitionKey] {
    let others = Set(other.names.map { $0.exact.lowercased })
    return keys.filter { !others.contains($0.name.exact.lowercased) }
  }
}

extension Mistake.Kind {
  /// What to do about two inputs of different partition keys: nothing in this file helps, unless a key is
  /// misspelled here.
  static func hint(onKeysOf input: Mistake.KeyedInput, _ first: Mistake.KeyedInput) -> String {
    let rule = "all inputs of a job must have the same partition keys"
    let (own, others) = (input.beyond(first), first.beyond(input))
    if own.count == others.count, zip(own, others).allSatisfy({ $0.type == $1.type }) {
      return "\(rule), and keys of different names cannot be joined yet. If input "
        + "\(input.name.printable) calls \(own.map(\.name).listed) what input "
        + "\(first.name.printable) calls \(others.map(\.name).listed), rename the folders of one of "
        + "the two tables, and then its partitions: here. If the folders have the same names already, "
        + "correct the partitions: that are misspelled."
    }
    let (fine, coarse) =
      input.hasAll(of: first)
      ? (input, first) : first.hasAll(of: input) ? (first, input) : (nil, nil)
    if let fine, let coarse {
      return "\(rule), and tables of different grain cannot be joined yet. Write the rows of "
        + "input \(fine.name.printable) anew, partitioned by \(coarse.names.listed) only, for example in "
        + "DuckDB with COPY and PARTITION_BY (\(coarse.names.map(\.printable).joined(separator: ", "))), "
        + "and read that table instead; or write those of input \(coarse.name.printable) by "
        + "\(fine.names.listed)."
    }
    return
      "\(rule). Write the rows of one of the two anew with the keys of the other, for example in "
      + "DuckDB with COPY and PARTITION_BY, and read that table instead."
  }

  /// `partitions: [month, day]`.
  static func partitions(_ keys: [String]) -> String {
    "partitions: [\(keys.map(\.printable).joined(separator: ", "))]"
  }
}
