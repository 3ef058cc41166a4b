/// A partition of a table: the typed tuple of its partition values.
///
/// Identity is the tuple alone; `keys` travel with it so that a partition can always be written down.
public struct Partition: Sendable {
  /// In the order of the folders, outermost first.
  public let keys: [PartitionKey]
  /// One value a key, in the order of `keys`.
  public let values: [PartitionValue]

  /// Creates a partition from one value a key.
  public init(keys: [PartitionKey], values: [PartitionValue]) {
    precondition(keys.count == values.count, "a partition has one value a key")
    self.keys = keys
    self.values = values
  }

  /// The canonical Hive path, percent-encoded: `month=1/day=31`, and `.` for a whole table without keys.
  ///
  /// It names the partition in the ledger, on the command line and in the output's folders.
  public var path: ExactText {
    guard !keys.isEmpty else { return "." }
    return ExactText(
      zip(keys, values).map { "\(HivePath.encode($0.name))=\(HivePath.encode($1.text))" }
        .joined(separator: "/"))
  }

  /// The value of a key by its name, ignoring case; nil when there is no such key.
  public subscript(name: String) -> PartitionValue? {
    keys.firstIndex { $0.name.isSameName(as: name) }.map { values[$0] }
  }

  /// The same partition with its values in the order of other keys of the same names.
  ///
  /// - Returns: nil when a name is missing here.
  public func reordered(to order: [PartitionKey]) -> Partition? {
    var values: [PartitionValue] = []
    for key in order {
      guard let index = keys.firstIndex(where: { $0.name.isSameName(as: key.name) }) else {
        return nil
      }
      values.append(self.values[index])
    }
    return Partition(keys: order, values: values)
  }
}

extension Partition: Hashable, Comparable, CustomStringConvertible {
  /// Two partitions are equal when their values are; the keys do not count.
  public static func == (left: Partition, right: Partition) -> Bool { left.values == right.values }

  /// Orders by the outermost key first, each by its typed value: int `day=2` before `day=10`.
  public static func < (left: Partition, right: Partition) -> Bool {
    left.values.lexicographicallyPrecedes(right.values)
  }

  /// Hashes what equality compares: the values.
  public func hash(into hasher: inout Hasher) { hasher.combine(values) }

  /// The canonical path: `month=1/day=31`.
  public var description: String { path.text }
}

extension Partition {
  /// Reads a Hive path such as `month=01/day=31`, in any spelling, against a table's keys.
  ///
  /// - Throws: `PartitionError` when levels, names or types do not fit.
  public init(path: ExactText, keys: [PartitionKey]) throws(PartitionError) {
    let folders = path == "." ? [] : path.parts(separatedBy: "/")
    guard folders.count == keys.count else {
      throw .wrongKeys(path: path, expected: keys)
    }
    var values: [PartitionValue] = []
    for (folder, key) in zip(folders, keys) {
      guard let (name, raw) = HivePath.split(folder.text), name.isSameName(as: key.name) else {
        throw .wrongKeys(path: path, expected: keys)
      }
      guard let value = PartitionValue(raw: raw, type: key.type) else {
        throw .wrongType(path: path, key: key, raw: raw)
      }
      values.append(value)
    }
    self.init(keys: keys, values: values)
  }
}

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
      let form =
        expected.isEmpty
        ? "." : expected.map { "\($0.name)=<\($0.type)>" }.joined(separator: "/")
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
