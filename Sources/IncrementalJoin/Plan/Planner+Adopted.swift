import PartitionPredicate

extension Planner {
  /// The store is asked about so few partitions: whether somebody has moved the adopted files away since.
  private static let mostLooks = 8

  /// The units whose adopted content no run can replace, because the store would leave its files beside the new ones.
  ///
  /// The ledger tells which they may be, and the store whether it is still so, of the first ones; none where it is not.
  ///
  /// - Throws: `PublishError`, or what the ledger throws.
  func fixed(_ units: [WorkUnit], of report: PendingReport) async throws -> [FixedPartition] {
    let output = report.job.output
    let adopted = units.compactMap { unit -> (partition: Partition, content: VersionReference)? in
      guard let lineage = report.lineages[unit.partition], lineage.adoptedBy != nil,
        let content = lineage.content
      else { return nil }
      return (unit.partition, content)
    }
    guard !adopted.isEmpty else { return [] }
    let recorded = try ledger.files(of: adopted.map { $0.content })
    var fixed: [FixedPartition] = []
    var looks = 0
    for (partition, content) in adopted {
      guard let files = recorded[content],
        let reason = storage.outputs.hindrance(toReplacing: files, of: output)
      else { continue }
      if fixed.isEmpty {
        guard looks < Self.mostLooks else { return [] }
        looks += 1
        let now = try await storage.outputs.files(published: partition, of: output)
        if now.isEmpty || storage.outputs.hindrance(toReplacing: now, of: output) == nil {
          continue
        }
      }
      fixed.append(FixedPartition(partition: partition, reason: reason))
    }
    return fixed
  }
}
