/// Why a path such as `month=1/day=x` names no partition of a table.
public enum PartitionError: Error, Hashable, Sendable {
  /// The path has another number of levels than the table has keys, or other names.
  case wrongKeys(path: ExactText, expected: [PartitionKey])
  /// A value is not of its key's type.
  case wrongType(path: ExactText, key: PartitionKey, raw: String)
}

extension PartitionError: CustomStringConvertible {
  /// The sentence for the operator, with the form in which a path is to be written.
  public var description: String {
    switch self {
    case .wrongKeys(let path, let expected):
      let form = expected.map { "\($0.name)=<\($0.type)>" }.joined(separator: "/")
      return "\"\(path)\" does not name a partition: write it as \(form)."
    case .wrongType(let path, let key, let raw):
      return "\"\(path)\": \"\(raw)\" is not a value of the partition key \(key.name), "
        + "which is declared as \(key.type)."
    }
  }
}
