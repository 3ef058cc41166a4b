import PartitionPredicate

/// Partition keys that look like the time of the rows, although their table's `time:` does not say what they mean.
///
/// Such a key is compared like a region: rows of one day do not meet those of the next, however close they are.
enum UndeclaredTimeKeys {
  /// A warning about such keys in an input's table, where inputs are related by time.
  ///
  /// - Parameters:
  ///   - job: The job.
  ///   - index: The index of the input.
  ///   - snapshot: What the table has.
  /// - Returns: nil where there are none, or where they make no difference.
  static func finding(_ job: JobDefinition, input index: Int, listed snapshot: Snapshot)
    -> JobFinding?
  {
    let input = job.inputs[index]
    let table = input.table
    let others = job.inputs.indices.filter { $0 != index }
    guard let time = table.time, !others.isEmpty,
      job.isByTime || others.contains(where: { job.inputs[$0].table.time?.keys.grain != nil })
    else { return nil }
    let (names, entries) = unsaid(table, time, Array(snapshot.partitions.keys))
    guard !names.isEmpty else { return nil }
    let isCompared = others.contains { other in
      let (first, second) = index == 0 ? (input, job.inputs[other]) : (job.inputs[0], input)
      return (index == 0 || other == 0)
        && names.contains { first.comparesKey($0, isOwn: index == 0, with: second) }
    }
    let (subject, it) =
      names.count == 1
      ? ("the partition key \(names[0]) of the table \(table.name) says", "it tells")
      : ("the partition keys \(names.listed) of the table \(table.name) say", "they tell")
    let effect =
      if isCompared {
        "rows meet only where \(names.count == 1 ? "it is" : "they are") equal, however near their times are"
      } else if let grain = time.keys.grain {
        "each of its partitions counts as covering a whole \(grain)"
      } else {
        "each of its partitions counts as covering all time, so that every output partition reads all of "
          + (index == 0 ? "the other inputs" : "them")
      }
    return JobFinding(
      .warning, input: input.name,
      "\(subject) nothing about time: \(effect). If \(it) when the rows happen, write `keys: { "
        + "\(entries.joined(separator: ", ")) }` below `time:` of the table, in the spelling of its folders."
    )
  }

  /// The names of the keys, and what `keys:` below `time:` would say; none where that would not name a span.
  private static func unsaid(
    _ table: TableDefinition, _ time: TableTime, _ partitions: [Partition]
  ) -> (names: [String], entries: [String]) {
    var meanings = time.keys.meanings
    var constants = time.keys.constants
    var found: [Int] = []
    for (index, key) in table.keys.enumerated() where meanings[index] == nil {
      switch key.type {
      case .string, .int, .bigint: break
      case .date, .timestamp, .decimal, .boolean: continue
      }
      let values = partitions.map { $0.values[index] }.filter { $0 != .null }.map(\.text)
      let hasMonth = meanings.contains { $0?.parts.contains(.month) == true }
      guard
        let meaning = TimeKeyGuess(name: key.name, values: values, hasMonth: hasMonth).meaning
      else { continue }
      meanings[index] = meaning
      found.append(index)
    }
    var entries = found.map { "\(table.keys[$0].name): \(meanings[$0]?.spelling ?? "")" }
    if let gap = TimeKeys(meanings: meanings, constants: constants).gap, gap.missing == .year {
      constants[.year] = 2024
      entries.insert("year: 2024", at: 0)
    }
    guard TimeKeys(meanings: meanings, constants: constants).gap == nil else { return ([], []) }
    return (found.map { table.keys[$0].name }, entries)
  }
}

extension JobInput {
  /// Whether a key must be equal in this first input and in another one.
  ///
  /// - Parameters:
  ///   - key: The name in this input's table, or in the other one's.
  ///   - isOwn: Whether it is the name in this input's table.
  ///   - other: The other input.
  /// - Returns: Whether both have it as a key that says nothing about time.
  fileprivate func comparesKey(_ key: String, isOwn: Bool, with other: JobInput) -> Bool {
    table.keys.enumerated().contains { index, own in
      let name = renames.first { $0.own.isSameName(as: own.name) }?.name ?? own.name
      guard let match = other.table.place(ofKey: name, other.renames), !table.isTimeKey(index),
        !other.table.isTimeKey(match)
      else { return false }
      return (isOwn ? own.name : other.table.keys[match].name).isSameName(as: key)
    }
  }
}

extension TimeKeyMeaning {
  fileprivate var spelling: String {
    switch self {
    case .part(let part): "\(part)"
    case .date: "day"
    case .pattern(let pattern): pattern.text
    case .length(let length): length.spelling
    }
  }
}
