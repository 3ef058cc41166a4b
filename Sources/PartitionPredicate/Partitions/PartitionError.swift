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
      let question = Self.meant(by: path, keys: expected).map { " Did you mean \($0)?" } ?? ""
      return "\"\(path)\" does not name a partition: write it as \(form).\(question)"
    case .wrongType(let path, let key, let raw):
      return "\"\(path)\": \"\(raw)\" is not a value of the partition key \(key.name), "
        + "which is declared as \(key.type)"
        + (key.type.example.map { ": write one as \(key.name)=\($0)." } ?? ".")
    }
  }

  /// The path that was probably meant: the same values under the right names, in the right order, without
  /// the folders before them.
  private static func meant(by path: ExactText, keys: [PartitionKey]) -> ExactText? {
    let folders = path.parts(separatedBy: "/")
    let levels = folders.suffix(keys.count).map { folder -> (name: ExactText?, value: ExactText) in
      guard let equals = folder.range(ofFirst: "=") else { return (nil, folder) }
      return (
        ExactText(folder.text[..<equals.lowerBound]), ExactText(folder.text[equals.upperBound...])
      )
    }
    guard levels.count == keys.count, !keys.isEmpty else { return nil }
    if folders.count == keys.count, levels.allSatisfy({ $0.name == nil }) {
      return known(zip(keys, levels).map { ExactText("\($0.name)=\($1.value)") }, keys)
    }
    var values: [ExactText: ExactText] = [:]
    for level in levels {
      guard let name = level.name, let key = NearName.of(name.text, in: keys.map(\.name)),
        values.updateValue(level.value, forKey: key.exact) == nil
      else { return nil }
    }
    return known(keys.map { ExactText("\($0.name)=\(values[$0.name.exact] ?? "")") }, keys)
  }

  /// A path of these folders, if it names a partition.
  private static func known(_ folders: [ExactText], _ keys: [PartitionKey]) -> ExactText? {
    let path = folders.joined(separator: "/")
    return (try? Partition(path: path, keys: keys)) == nil ? nil : path
  }
}

extension KeyType {
  /// How a value is written; nil where any text is one.
  fileprivate var example: String? {
    switch self {
    case .string: nil
    case .int, .bigint: "1"
    case .date: "2013-01-31"
    case .timestamp: "2013-01-31 05:00:00"
    case .decimal(_, let scale): scale == 0 ? "1" : "1.5"
    case .boolean: "true"
    }
  }
}
