import PartitionPredicate

/// An output partition, with the time that it covers.
struct OutputCell {
  let partition: Partition
  let span: PartitionSpan
}

/// What listings have shown of a job's inputs.
struct JobView {
  let job: JobDefinition
  private let outputs: OutputPartitions
  /// What is watched of every input, in the job's order.
  private let watched: [WatchedInput]
  /// Everything that was listed of every input.
  private(set) var snapshots: [Snapshot]
  /// The partitions of the watched ones alone.
  private let first: [Snapshot]
  /// The output partitions whose inputs were listed whatever is watched.
  private(set) var complete: Set<Partition> = []

  /// Begins with one listing an input.
  init(of job: JobDefinition, _ snapshots: [Snapshot]) {
    self.job = job
    outputs = OutputPartitions(of: job)
    watched = zip(job.inputs, snapshots).map { WatchedInput($0.table, in: $1) }
    first = zip(watched, snapshots).map { $1.only($0.filter) }
    self.snapshots = first
  }

  /// Whether everything was listed.
  var isWhole: Bool { first.allSatisfy(\.isWhole) }

  /// Which partitions of each input every output partition reads.
  var reads: [ReadSets] {
    job.inputs.indices.map { ReadSets(of: job.inputs[$0], snapshots[$0], index: $0, in: job) }
  }

  /// The output partitions that exist: those of what is watched, those that were requested, and those that something is
  /// recorded about.
  func cells(with records: JobRecords) -> [OutputCell] {
    var known = outputs.listed(in: first).union(records.partitions)
    if !complete.isEmpty {
      known.formUnion(complete.intersection(outputs.listed(in: snapshots)))
    }
    return known.sorted().map { OutputCell(partition: $0, span: outputs.span(of: $0)) }
  }

  /// Adds what was listed, by the index of the input, which makes some output partitions completely known.
  mutating func add(
    _ more: some Sequence<(Int, Snapshot)>, completing partitions: Set<Partition>
  ) {
    for (index, snapshot) in more { snapshots[index] = snapshots[index].adding(snapshot) }
    complete.formUnion(partitions)
  }

  /// What the inputs are for some output partitions, as far as they were looked at.
  func inputs(of cells: [OutputCell], _ reads: [ReadSets]) -> [[PendingInput]] {
    let coverages = zip(reads, watched).map { $0.coverage(by: $1) }
    return cells.map { cell in
      zip(reads, coverages).map { reads, coverage in
        complete.contains(cell.partition) || coverage(cell.partition, cell.span) == .all
          ? reads.read(by: cell.partition, span: cell.span) : reads.unseen(by: cell.partition)
      }
    }
  }

  /// The output partitions that read both watched and unwatched parts of an input, and therefore must be completed
  /// before they can be compared.
  ///
  /// - Parameters:
  ///   - known: Output partitions, with the time that each covers.
  ///   - positions: What counts as consumed, because something that is gone may have been watched.
  ///   - reads: One for each input.
  ///   - ledger: Knows the files of the positions.
  /// - Returns: Those of the known ones.
  /// - Throws: what the ledger throws.
  func frontier(
    _ known: [OutputCell], _ positions: [Partition: Position],
    _ reads: [ReadSets], _ ledger: any LedgerReader
  ) throws -> Set<Partition> {
    var frontier: Set<Partition> = []
    for (index, input) in job.inputs.enumerated() where input.changes != .ignore {
      guard let filter = watched[index].filter else { continue }
      let coverage = reads[index].coverage(by: watched[index])
      var consumed: [(Partition, PendingInput, VersionReference)] = []
      for known in known {
        let cell = known.partition
        switch coverage(cell, known.span) {
        case .all, .none: continue
        case .part: frontier.insert(cell)
        case .untold:
          let read = reads[index].read(by: cell, span: known.span)
          if read.members.contains(where: { filter.admits($0.partition.values) }) {
            frontier.insert(cell)
          } else if let reference = positions[cell]?.inputs[input.name] {
            consumed.append((cell, read, reference))
          }
        }
      }
      let files = try ledger.files(of: consumed.map(\.2))
      for (cell, read, reference) in consumed {
        let partitions = Set((files[reference] ?? []).map { read.partition(of: $0) })
        if partitions.contains(where: { filter.admits($0.values) }) { frontier.insert(cell) }
      }
    }
    return frontier
  }

  /// What must be listed of every input that is not whole, so that output partitions are complete.
  func scopes(of partitions: Set<Partition>) -> [Int: PartitionScope] {
    let reads = reads
    var scopes: [Int: PartitionScope] = [:]
    for index in reads.indices where !first[index].isWhole {
      var scope = reads[index].noPartition
      for partition in partitions {
        let reach = reads[index].reach(of: partition, span: outputs.span(of: partition))
        scope.add(reach.range, for: reach.values)
      }
      scopes[index] = .spans(scope)
    }
    return scopes
  }
}

/// What is watched of one input.
struct WatchedInput {
  /// Decides which of its partitions are watched; nil where all are looked at.
  let filter: PrefixFilter?
  /// What is watched, at the time of the listing.
  let scope: PartitionScope

  init(_ table: TableDefinition, in snapshot: Snapshot) {
    scope = snapshot.isWhole ? .all : table.watch?.scope(at: snapshot.listedAt) ?? .all
    filter = PrefixFilter(scope, of: table)
  }
}
