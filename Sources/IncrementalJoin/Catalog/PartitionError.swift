/// Why a path such as `month=1/day=x` names no partition of a table.
public enum PartitionError: Error, Hashable, Sendable {
  /// The path has another number of levels than the table has keys, or other names.
  case wrongKeys(path: String, expected: [PartitionKey])
  /// A value is not of its key's type.
  case wrongType(path: String, key: PartitionKey, raw: String)
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
  private static func meant(by path: String, keys: [PartitionKey]) -> String? {
    let folders = path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    let levels = folders.suffix(keys.count).map { folder -> (name: String?, value: String) in
      guard let equals = folder.utf8.firstIndex(of: UInt8(ascii: "=")) else { return (nil, folder) }
      return (String(folder[..<equals]), String(folder[folder.utf8.index(after: equals)...]))
    }
    guard levels.count == keys.count, !keys.isEmpty else { return nil }
    if folders.count == keys.count, levels.allSatisfy({ $0.name == nil }) {
      return known(zip(keys, levels).map { "\($0.name)=\($1.value)" }, keys)
    }
    var values: [String: String] = [:]
    for level in levels {
      guard let name = level.name, let key = NearName.of(name, in: keys.map(\.name)),
        values.updateValue(level.value, forKey: key) == nil
      else { return nil }
    }
    return known(keys.map { "\($0.name)=\(values[$0.name] ?? "")" }, keys)
  }

  /// A path of these folders, if it names a partition.
  private static func known(_ folders: [String], _ keys: [PartitionKey]) -> String? {
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
