extension PendingReport {
  /// How many pending partitions an input makes pending, by what kind of event.
  ///
  /// Kinds that did not happen have no entry.
  public func changeCounts(ofInput name: String) -> [ChangeClass: Int] {
    changes(ofInput: name).reduce(into: [:]) { counts, reason in
      guard let kind = reason.changeClass else { return }
      counts[kind, default: 0] += 1
    }
  }

  /// The size of the files of an input that were added or rewritten since the positions, in bytes.
  ///
  /// Compacted files do not count: their rows were there before.
  public func arrivedBytes(ofInput name: String) -> Int64 {
    changes(ofInput: name).reduce(0) { sum, reason in
      guard case .inputChanged(let change) = reason else { return sum }
      return sum + change.changes.filter { $0.kind != .removed }.reduce(0) { $0 + $1.file.size }
    }
  }

  /// What happened to an input, at most one reason a partition.
  private func changes(ofInput name: String) -> [Reason] {
    known.flatMap(\.reasons).filter { $0.change?.input == name }
  }
}
