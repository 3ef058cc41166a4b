import PartitionPredicate

/// The output partitions of a job, and the time that they cover.
struct OutputPartitions {
  private let job: JobDefinition
  /// How output partitions follow from the partitions of each input; nil for an input whose partitions do not each lie
  /// within one.
  private let cells: [OutputCells?]

  init(of job: JobDefinition) {
    self.job = job
    cells = job.inputs.enumerated().map { index, input in
      guard index == 0 || input.changes != .ignore else { return nil }
      return try? OutputCells(
        keys: job.output.keys, of: input.table, renames: input.renames,
        zone: job.inputs[0].table.time?.zone, isByTime: job.isByTime)
    }
  }

  /// The output partitions that exist according to listings: those of the first input, and those that others have in
  /// the same spans.
  func listed(in snapshots: [Snapshot]) -> Set<Partition> {
    var listed: Set<Partition> = []
    for (cells, snapshot) in zip(cells, snapshots) {
      guard let cells else { continue }
      let unread = snapshot.unreadFiles.map {
        Partition(keys: snapshot.table.keys, values: $0.values)
      }
      for partition in Array(snapshot.partitions.keys) + unread {
        // One without a span is a problem of its listing.
        listed.formUnion((try? cells.cells(of: partition)) ?? [])
      }
    }
    return listed
  }

  /// The time that an output partition covers; none for one that the keys of today do not place.
  func span(of partition: Partition) -> PartitionSpan {
    guard let first = cells.first ?? nil else { return .always }
    return (try? first.span(of: partition)) ?? .instants([])
  }
}
