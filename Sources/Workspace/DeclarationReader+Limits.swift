import IncrementalJoin

extension DeclarationReader {
  mutating func readLimits(_ limits: DeclaredField, into job: inout JobDeclaration) {
    guard
      let fields = fields(
        of: limits, in: .limits(job: job.name.value), at: limits.namePosition, required: [],
        optional: [
          "removals", "kept_runs", "kept_for", "kept_bytes", "memory", "max_partitions",
          "max_bytes",
        ])
    else { return }
    let standard = job.limits
    job.limits = JobLimits(
      removals: share(of: fields["removals"]) ?? standard.removals,
      keptRuns: count(of: fields["kept_runs"], atLeast: 0) ?? standard.keptRuns,
      keptAge: duration(of: fields["kept_for"]),
      keptBytes: size(of: fields["kept_bytes"]),
      memory: size(of: fields["memory"]),
      maxPartitions: count(of: fields["max_partitions"], atLeast: 1),
      maxBytes: size(of: fields["max_bytes"]))
  }
}
