import PartitionPredicate

extension PendingDetector {
  /// Lists more of the inputs until every pending output partition is known with everything it reads, and compares.
  ///
  /// - Parameters:
  ///   - view: What is watched.
  ///   - records: What the ledger has.
  ///   - partitions: Output partitions whose inputs are listed in any case.
  /// - Returns: What is pending, and everything that was listed.
  /// - Throws: `ThreadError`, or what the ledger throws.
  func detect(_ view: JobView, _ records: JobRecords, completing partitions: Set<Partition>)
    async throws -> PendingReport
  {
    guard !view.isWhole else { return try await compare(view, records) }
    var view = view
    var wanted = try view.frontier(
      view.cells(with: records), records.positions, view.reads, ledger
    ).union(partitions)
    while true {
      try await complete(&view, wanted)
      let report = try await compare(view, records)
      wanted = Set(
        report.pending.filter { !$0.isLookedAt }.map(\.partition))
      if wanted.isEmpty { return report }
    }
  }

  /// Lists what output partitions read, watched or not.
  private func complete(_ view: inout JobView, _ partitions: Set<Partition>) async throws {
    guard !partitions.isEmpty else { return }
    let scopes = view.scopes(of: partitions).sorted { $0.key < $1.key }
    let listed = try await list(
      scopes.map { Listing(table: view.job.inputs[$0.key].table, scope: $0.value) })
    view.add(zip(scopes.map(\.key), listed), completing: partitions)
  }
}
