public import PartitionPredicate

/// How the output of a job differs from what its runs published: what others changed there.
///
/// Files are compared by path, size and modification time. Their rows are not read; `Verifier` does.
public struct OutputDrift: Hashable, Sendable {
  /// One thing that is not as a run left it.
  public struct Finding: Hashable, Sendable {
    /// What was found.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
      /// All published files of the partition are gone.
      case partitionGone
      /// One of its published files is gone.
      case fileGone
      /// A published file has another size or modification time.
      case fileChanged
      /// A file that no run wrote is among the published ones.
      case foreignFile
      /// There is data where no run has published rows.
      case foreignPartition
      /// The files were not recorded when the partition was built, so only their absence can be noticed.
      case unrecorded
    }

    /// The job's name in `dovetail.yaml`.
    public let job: String
    /// The output partition.
    public let partition: Partition
    /// What was found.
    public let kind: Kind
    /// The full path of the file, or of the partition's folder where the finding is about all of it.
    public let path: ExactText
    /// The run that built what is published; nil when none did.
    public let run: RunID?
    /// The file as the run published it; nil when it is not one of the run's.
    public let published: DataFile?
    /// The file as it is now; nil when it is gone.
    public let current: DataFile?
    /// Whether building the partition again puts it right.
    public let isRepairable: Bool
  }

  /// The partitions that the ledger knows rows of.
  public let checked: Int
  /// In the order of the partitions, and within each in the order of the paths.
  public let findings: [Finding]
  /// What the listing of the output found and could not count as data.
  public let problems: [ListingProblem]

  /// Whether the output is as the runs left it, as far as their records show.
  public var isEmpty: Bool {
    findings.allSatisfy { $0.kind == .unrecorded } && problems.isEmpty
  }

  /// The partitions that a rerun would put right, in order.
  public var repairable: [Partition] {
    Set(findings.filter(\.isRepairable).map(\.partition)).sorted()
  }

  /// Lists the output of a job and compares it with the ledger.
  ///
  /// Reads only. A job that has published nothing and whose output does not exist has no drift.
  ///
  /// - Throws: `PlanError.listing` when the output cannot be listed, `.outputMissing` when its location does not exist
  ///   although partitions are published, `.otherKeys` when they have partition keys other than the output's present
  ///   ones, or what the ledger throws.
  public static func find(
    in job: JobDefinition, storage: StorageReader, ledger: any LedgerReader
  ) async throws -> OutputDrift {
    let content = try await PublishedContent(of: job, storage: storage, ledger: ledger)
    let built = content.lineages.filter(\.value.isPublished)
    let recorded = try ledger.files(of: built.values.compactMap(\.content))
    var findings: [Finding] = []
    for partition in Set(built.keys).union(content.snapshot.partitions.keys).sorted() {
      let files = content.files(of: partition)
      let comparison = Comparison(
        job: job, partition: partition, lineage: content.lineages[partition], files: files)
      guard let lineage = built[partition] else {
        findings.append(comparison.finding(.foreignPartition))
        continue
      }
      if files.isEmpty {
        findings.append(comparison.finding(.partitionGone))
      } else if let before = lineage.content.flatMap({ recorded[$0] }) {
        findings += comparison.findings(since: before)
      } else {
        findings.append(comparison.finding(.unrecorded))
      }
    }
    return OutputDrift(
      checked: built.count, findings: findings, problems: content.snapshot.problems)
  }
}

/// One partition of an output, as a listing saw it and as the ledger knows it.
private struct Comparison {
  let job: JobDefinition
  let partition: Partition
  let lineage: Lineage?
  let files: [DataFile]

  /// What happened to the files that a run published.
  func findings(since published: [DataFile]) -> [OutputDrift.Finding] {
    // A file that was merely copied back or linked has another stamp and the same rows.
    let changes = FileComparison(published, files).changes
    let isGone = changes.count { $0.kind == .removed } == published.count
    var findings = isGone ? [finding(.partitionGone)] : []
    for change in changes {
      let file = change.file
      switch change.kind {
      case .added: findings.append(finding(.foreignFile, current: file))
      case .removed:
        if !isGone { findings.append(finding(.fileGone, published: file)) }
      case .rewritten:
        let before = published.first { $0.path == file.path }
        findings.append(finding(.fileChanged, published: before, current: file))
      }
    }
    return findings
  }

  func finding(
    _ kind: OutputDrift.Finding.Kind, published: DataFile? = nil, current: DataFile? = nil
  ) -> OutputDrift.Finding {
    let path = (current ?? published)?.path
    return OutputDrift.Finding(
      job: job.name, partition: partition, kind: kind,
      path: job.output.location.file(path ?? folder).exact, run: lineage?.run, published: published,
      current: current, isRepairable: isRepairable(kind, path: path))
  }

  /// The folder as it is spelled: of a foreign partition it need not be the canonical spelling.
  private var folder: ExactText {
    guard lineage?.isPublished != true, let file = files.first else {
      return partition.path
    }
    return file.path.parts(separatedBy: "/").dropLast().joined(separator: "/")
  }

  private func isRepairable(_ kind: OutputDrift.Finding.Kind, path: ExactText?) -> Bool {
    switch kind {
    case .partitionGone, .fileGone, .fileChanged: true
    // A publish replaces only the folder with the canonical spelling, or what the catalog names.
    case .foreignFile:
      job.output.catalog != nil || path?.begins(with: "\(partition.path)/") ?? false
    case .foreignPartition, .unrecorded: false
    }
  }
}
