import IncrementalJoin
import PartitionPredicate

extension Validation {
  /// Reports columns in `on:` that are not among the declared columns of the two inputs.
  ///
  /// - Parameters:
  ///   - columns: What `on:` says for the input.
  ///   - job: The job.
  ///   - inputs: Its inputs.
  ///   - index: The index of the input that is joined to the first one.
  mutating func checkColumns(
    _ columns: [Located<JoinedColumns>], of job: JobDeclaration, _ inputs: [JobInput], at index: Int
  ) {
    let isInherited = { (index: Int) in job.inputs[index].condition?.on == nil }
    // What the join says about the first input's columns is checked once.
    let isSaid = isInherited(index) && (1..<index).contains(where: isInherited)
    for (place, pair) in columns.enumerated() {
      let (first, other) = (pair.value.first, pair.value.other)
      let isOneName = first.isSameName(as: other)
      for (name, own, partner) in [(first, 0, index), (other, index, 0)] {
        guard own != 0 || !isSaid, let names = inputs[own].columnNames,
          !names.contains(where: { $0.isSameName(as: name) })
        else { continue }
        let near = NearName.of(name, in: names)
        let isThere =
          inputs[partner].columnNames?.contains { $0.isSameName(as: name) } ?? true
        var pairs = columns.map(\.value)
        let found = near ?? "other_name"
        pairs[place] =
          own == 0
          ? JoinedColumns(first: found, other: name) : JoinedColumns(first: name, other: found)
        let isOfAll = inputs.count > 2 && own != 0 && isInherited(index)
        let list = "on: [\(pairs.map(\.printable).joined(separator: ", "))]"
        report(
          .unknownJoinColumn(
            name, input: inputs[own].name, near: near,
            pairs: isOneName && isThere ? (isOfAll ? "\(list) at this input" : list) : nil),
          at: pair.position)
      }
    }
  }
}

extension JobInput {
  /// The names of its columns and partition keys; nil where its columns are not declared.
  fileprivate var columnNames: [String]? {
    table.columns.map { $0.map(\.name) + table.keys.map(\.name) }
  }
}

extension JoinedColumns {
  /// The pair as an item of `on:`.
  fileprivate var printable: String {
    first.exact == other.exact
      ? first.printable : "{ \(first.printable): \(other.printable) }"
  }
}
