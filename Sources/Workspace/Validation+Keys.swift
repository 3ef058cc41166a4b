import IncrementalJoin
import PartitionPredicate

extension Validation {
  /// The output's keys: the first input's, or what follows from its time; nil when they do not fit.
  mutating func outputKeys(
    _ partitions: [Located<String>], of job: JobDeclaration, _ inputs: [JobInput]
  ) -> [PartitionKey]? {
    guard let first = inputs.first else { return nil }
    let before = mistakeCount
    var keys: [PartitionKey] = []
    for name in partitions {
      do throws(OutputCellsError) {
        keys += try OutputCells.keys(named: [name.value], of: first.table, renames: first.renames)
      } catch {
        reportOutputKey(name, error, of: first, beside: partitions)
      }
    }
    if mistakeCount == before {
      do throws(OutputCellsError) {
        _ = try OutputCells(keys: keys, of: first.table, renames: first.renames)
      } catch {
        report(.time(.output(error)), at: partitions.first?.position ?? job.name.position)
      }
    }
    reportNothingInCommon(job, inputs)
    reportTypesThatDiffer(job, inputs)
    return mistakeCount == before ? keys : nil
  }

  private mutating func reportOutputKey(
    _ name: Located<String>, _ error: OutputCellsError, of first: JobInput,
    beside partitions: [Located<String>]
  ) {
    if first.table.time != nil || TimePart(named: name.value) != nil {
      let free = first.table.keys.map(\.name).filter { key in
        !partitions.contains { $0.value.isSameName(as: key) }
      }
      if NearName.of(name.value, in: free) == nil {
        report(.time(.output(error)), at: name.position)
        return
      }
    }
    let free = first.table.keys.map(\.name).filter { key in
      !partitions.contains { $0.value.isSameName(as: key) }
    }
    report(
      .unknownOutputKey(
        name.value, keys: first.table.keys.map(\.name), near: NearName.of(name.value, in: free)),
      at: name.position)
  }

  /// Reports partitioned inputs that every output partition would read in full.
  private mutating func reportNothingInCommon(_ job: JobDeclaration, _ inputs: [JobInput]) {
    guard let first = inputs.first, inputs.count == job.inputs.count else { return }
    for input in inputs.dropFirst() where !input.table.keys.isEmpty && !first.table.keys.isEmpty {
      let isByTime = input.table.time != nil && first.table.time != nil
      let isShared = first.table.keys.indices.contains { index in
        first.place(ofKeyAt: index, in: input) != nil
      }
      guard !isByTime, !isShared else { continue }
      report(
        .inputKeysDiffer(
          Mistake.KeyedInput(
            name: input.name, keys: input.table.keys, hasTime: input.table.time != nil),
          first: Mistake.KeyedInput(
            name: first.name, keys: first.table.keys, hasTime: first.table.time != nil)),
        at: position(of: input, in: job))
    }
  }

  /// Reports keys that have another type than the first input's key of the same name.
  ///
  /// Two keys of time are related by the time that they tell.
  private mutating func reportTypesThatDiffer(_ job: JobDeclaration, _ inputs: [JobInput]) {
    guard let first = inputs.first else { return }
    for input in inputs.dropFirst() {
      for (place, key) in first.table.keys.enumerated() {
        guard let match = first.place(ofKeyAt: place, in: input) else { continue }
        let type = input.table.keys[match].type
        guard type != key.type, !(first.isTimeKey(place) && input.isTimeKey(match)) else {
          continue
        }
        report(
          .keyTypesDiffer(key.name, input: input.name, type, first: first.name, key.type),
          at: position(of: input, in: job))
      }
    }
  }

  private func position(of input: JobInput, in job: JobDeclaration) -> Position {
    job.inputs.first { $0.name.value == input.name }?.source.position ?? job.name.position
  }
}

extension JobInput {
  /// The index of another input's key with the same name as one of this input's keys.
  fileprivate func place(ofKeyAt index: Int, in other: JobInput) -> Int? {
    let own = table.keys[index].name
    let name = renames.first { $0.own.isSameName(as: own) }?.name ?? own
    return other.table.place(ofKey: name, other.renames)
  }

  fileprivate func isTimeKey(_ index: Int) -> Bool { table.time?.keys.meanings[index] != nil }
}
