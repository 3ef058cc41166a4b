import PartitionPredicate

extension PendingReport {
  /// How many pending partitions an input makes pending, by what kind of event.
  ///
  /// A partition counts once for each kind; kinds that did not happen have no entry.
  public func changeCounts(ofInput name: String) -> [ChangeClass: Int] {
    known.reduce(into: [:]) { counts, partition in
      let kinds = partition.reasons.filter { $0.change?.input == name }.compactMap(\.changeClass)
      for kind in Set(kinds) { counts[kind, default: 0] += 1 }
    }
  }

  /// The size of an input's files that were added or rewritten since the positions, in bytes.
  ///
  /// Compacted files do not count, because their rows were there before. A file counts once, even where several output
  /// partitions read it.
  public func arrivedBytes(ofInput name: String) -> Int64 {
    var seen: Set<ExactText> = []
    return known.lazy.flatMap(\.reasons).reduce(0) { sum, reason in
      guard case .inputChanged(let change) = reason, change.input == name else { return sum }
      return change.changes.reduce(sum) { sum, change in
        change.kind != .removed && seen.insert(change.file.path).inserted
          ? sum + change.file.size : sum
      }
    }
  }
}
