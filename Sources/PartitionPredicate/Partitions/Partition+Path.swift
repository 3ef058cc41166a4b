extension Partition {
  /// Reads a Hive path such as `month=01/day=31`, in any spelling, against a table's keys.
  ///
  /// - Throws: `PartitionError` when levels, names or types do not fit.
  public init(path: ExactText, keys: [PartitionKey]) throws(PartitionError) {
    let folders = path.parts(separatedBy: "/")
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
