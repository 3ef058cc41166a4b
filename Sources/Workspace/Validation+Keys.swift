import IncrementalJoin
import PartitionPredicate

extension Validation {
  /// The output's keys with the first input's types; nil when an input does not fit.
  ///
  /// What the inputs say about each other comes first: only where they agree can the output be right.
  mutating func outputKeys(
    _ partitions: [Located<String>], of job: JobDeclaration, _ inputs: [JobInput]
  ) -> [PartitionKey]? {
    guard let first = inputs.first else { return nil }
    let before = mistakeCount
    reportKeysThatDiffer(job, inputs)
    if mistakeCount == before {
      reportOutputKeys(partitions, of: job, first.table.keys.map(\.name))
    }
    reportTypesThatDiffer(job, inputs)
    guard mistakeCount == before else { return nil }
    return partitions.compactMap { name in
      first.table.key(named: name.value).map { PartitionKey(name: name.value, type: $0.type) }
    }
  }

  /// Reports every input that has other keys than the first one.
  private mutating func reportKeysThatDiffer(_ job: JobDeclaration, _ inputs: [JobInput]) {
    guard let first = inputs.first else { return }
    let expected = Set(first.table.keys.map { $0.name.exact.lowercased })
    for input in inputs where Set(input.table.keys.map { $0.name.exact.lowercased }) != expected {
      report(
        .inputKeysDiffer(
          Mistake.KeyedInput(name: input.name, keys: input.table.keys),
          first: Mistake.KeyedInput(name: first.name, keys: first.table.keys)),
        at: position(of: input, in: job))
    }
  }

  /// Compares the output's keys with those that all inputs have.
  private mutating func reportOutputKeys(
    _ partitions: [Located<String>], of job: JobDeclaration, _ keys: [String]
  ) {
    let named = Set(partitions.map { $0.value.exact.lowercased })
    var lacking = keys.filter { !named.contains($0.exact.lowercased) }
    let unknown = partitions.filter { name in
      !keys.contains { $0.isSameName(as: name.value) }
    }
    for name in unknown {
      let near = NearName.of(name.value, in: lacking)
      report(.unknownOutputKey(name.value, keys: keys, near: near), at: name.position)
      lacking.removeAll { $0.exact == near?.exact }
    }
    guard unknown.isEmpty, !lacking.isEmpty, let place = partitions.first?.position else { return }
    report(.outputLacksKeys(lacking, whole: partitions.map(\.value) + lacking), at: place)
  }

  /// Reports keys of one name that are of another type in the first input.
  private mutating func reportTypesThatDiffer(_ job: JobDeclaration, _ inputs: [JobInput]) {
    guard let first = inputs.first else { return }
    for input in inputs {
      for key in input.table.keys {
        guard let expected = first.table.key(named: key.name), expected.type != key.type else {
          continue
        }
        report(
          .keyTypesDiffer(
            expected.name, input: input.name, key.type, first: first.name, expected.type),
          at: position(of: input, in: job))
      }
    }
  }

  private func position(of input: JobInput, in job: JobDeclaration) -> Position {
    job.inputs.first { $0.name.value == input.name }?.source.position ?? job.name.position
  }
}

extension TableDefinition {
  fileprivate func key(named name: String) -> PartitionKey? {
    keys.first { $0.name.isSameName(as: name) }
  }
}
