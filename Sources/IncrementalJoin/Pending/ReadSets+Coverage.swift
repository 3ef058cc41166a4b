import PartitionPredicate

/// How much of what an output partition reads from an input is watched.
enum Coverage {
  case all, part, none
  /// The keys of the output partition do not tell.
  case untold
}

extension ReadSets {
  /// A scope to which what output partitions read is added.
  var noPartition: SpanScope { SpanScope(compared: compared.map(\.own).sorted(), ranges: [:]) }

  /// What an output partition can read from the input: partitions with these values of the compared keys, in the order
  /// of the input's keys, that overlap this time; nil for those without a time.
  func reach(of cell: Partition, span: PartitionSpan) -> (
    values: [PartitionValue], range: Range<Int64>?
  ) {
    let values = compared.sorted { $0.own < $1.own }.map { cell.values[$0.output] }
    guard isByTime else { return (values, .min ..< .max) }
    let reach = span.widened(by: window).widened(by: TimeWindow(before: slack, after: slack))
    return (values, reach.hull)
  }

  /// A function that says how much of what an output partition reads is watched, as far as its keys and its time tell.
  func coverage(by watched: WatchedInput) -> (Partition, PartitionSpan) -> Coverage {
    switch watched.scope {
    case .all, .watched: { _, _ in .all }
    case .selected(let predicate): coverage(by: predicate)
    case .spans(let scope):
      isByTime
        ? { coverage(of: reach(of: $0, span: $1).range, by: scope) } : coverage(by: watched.filter)
    }
  }

  private func coverage(by predicate: PushdownPredicate) -> (Partition, PartitionSpan) -> Coverage {
    let known = predicate.projected(onto: Set(compared.map(\.own)))
    let evaluator = PredicateEvaluator(known)
    let whole: Coverage = known == predicate ? .all : .untold
    return { cell, _ in evaluator.truth(own(cell).values) == .isTrue ? whole : .none }
  }

  private func coverage(by filter: PrefixFilter?) -> (Partition, PartitionSpan) -> Coverage {
    let known = Set(compared.map(\.own))
    let isTold = input.table.keys.indices.allSatisfy {
      !input.table.isTimeKey($0) || known.contains($0)
    }
    guard isTold, let filter else { return { _, _ in .untold } }
    return { cell, _ in filter.admits(own(cell).values) ? .all : .none }
  }

  /// What ends after the start of the watched time is watched, and partitions of one table end in the order of
  /// their times.
  private func coverage(of range: Range<Int64>?, by scope: SpanScope) -> Coverage {
    // Without a time of its own, it reads only what is always looked at.
    guard let time = input.table.time, time.keys.finest != nil, let range,
      let start = scope.ranges[[]]?.first?.lowerBound
    else { return .all }
    guard range != .min ..< .max else { return .part }
    guard let first = try? time.end(ofSpanAt: range.lowerBound),
      let last = try? time.end(ofSpanAt: range.upperBound - 1)
    else { return .all }
    return first > start ? .all : last > start ? .part : .none
  }
}
