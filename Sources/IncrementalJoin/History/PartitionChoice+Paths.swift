import PartitionPredicate

extension PartitionChoice {
  /// The partitions that the paths and ranges name, among the known ones, which are sorted.
  func named(
    among known: [Partition], of job: JobDefinition
  ) throws -> Set<Partition> {
    let all = Set(known)
    var named: Set<Partition> = []
    for text in paths {
      // A value may contain two dots, so a known partition takes precedence over a range.
      let partition = Result { () throws(PartitionError) in
        try Partition(path: text, keys: job.output.keys)
      }
      if case .success(let partition) = partition, all.contains(partition) {
        named.insert(partition)
      } else if let (from, to) = try range(text, keys: job.output.keys) {
        guard from <= to else {
          throw PartitionChoiceError.reversedRange(from: from.path, to: to.path)
        }
        named.formUnion(known.lazy.filter { from <= $0 && $0 <= to })
      } else {
        switch partition {
        case .success(let partition):
          throw LookupError.partition(partition, of: job, among: known)
        case .failure(let error): throw PartitionChoiceError.path(error)
        }
      }
    }
    return named
  }

  /// The ends of a range; nil when the text has no two dots.
  ///
  /// - Throws: `PartitionChoiceError.rangeEnd` when no two dots have a path on either side, unless the
  ///   whole text is a path.
  private func range(
    _ text: ExactText, keys: [PartitionKey]
  ) throws(PartitionChoiceError) -> (Partition, Partition)? {
    let scalars = text.text.unicodeScalars
    var failure: PartitionError?
    for (dot, next) in zip(scalars.indices, scalars.indices.dropFirst())
    where scalars[dot] == "." && scalars[next] == "." {
      do throws(PartitionError) {
        return (
          try Partition(path: ExactText(text.text[..<dot]), keys: keys),
          try Partition(path: ExactText(text.text[scalars.index(after: next)...]), keys: keys)
        )
      } catch {
        failure = failure ?? error
      }
    }
    guard let failure, (try? Partition(path: text, keys: keys)) == nil else { return nil }
    throw .rangeEnd(range: text, failure)
  }
}
