import PartitionPredicate

/// How the partitions of an input are related to those of the output.
///
/// Two tables that both have a `time:` are related by their spans, and by the keys that say nothing about time; others
/// by all keys that they have in common.
struct KeyRelation {
  /// Whether spans decide.
  let isByTime: Bool
  /// The keys that must be equal, as indices into the output's keys and the input's.
  let compared: [(output: Int, own: Int)]

  init(of input: JobInput, in job: JobDefinition) {
    let own = input.table
    let first = job.inputs[0].table
    let isByTime = own.time != nil && first.time != nil
    self.isByTime = isByTime
    compared = job.output.keys.indices.compactMap { output in
      let name = job.output.keys[output].name
      guard let index = own.place(ofKey: name, input.renames) else { return nil }
      if isByTime, own.isTimeKey(index) || job.inputs[0].saysTime(outputKey: name) { return nil }
      return (output, index)
    }
  }
}

extension JobInput {
  /// Whether an output key says something about the time of this first input: because it is one of its keys, or follows
  /// from them.
  func saysTime(outputKey name: String) -> Bool {
    guard table.time != nil else { return false }
    return table.place(ofKey: name, renames).map { table.isTimeKey($0) } ?? true
  }
}

extension TableDefinition {
  /// Whether the key at a place says something about the time of the rows.
  func isTimeKey(_ index: Int) -> Bool { time?.keys.meanings[index] != nil }
}
