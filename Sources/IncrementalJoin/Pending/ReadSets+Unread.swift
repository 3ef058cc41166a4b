import PartitionPredicate

extension ReadSets {
  /// The first file in what an output partition reads whose name is not UTF-8.
  ///
  /// Its partition may have no other file, so that it is not among the members.
  func unreadFile(in cell: Partition, span: PartitionSpan) -> UnreadName? {
    unreadFiles.first { reads($0.values, by: cell, span: span) }
  }

  /// Whether an output partition reads the partition of the input with these values.
  private func reads(_ values: [PartitionValue], by cell: Partition, span: PartitionSpan) -> Bool {
    guard compared.allSatisfy({ cell.values[$0.output] == values[$0.own] }) else { return false }
    guard isByTime, let time = input.table.time else { return true }
    let partition = Partition(keys: input.table.keys, values: values)
    guard let own = try? time.span(of: partition) else { return false }
    let margin = TimeWindow(before: slack, after: slack)
    return span.widened(by: window).overlaps(own.widened(by: margin))
  }
}
