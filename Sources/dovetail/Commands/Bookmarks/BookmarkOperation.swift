import ArgumentParser
import GlueCatalog
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports

/// The options that all operations on bookmarks share, and how they are shown, confirmed and performed.
struct BookmarkOperation: ParsableArguments {
  @OptionGroup var chosen: PartitionOptions

  @Option(help: "Only what was consumed of this input; by default of every input.")
  var input: String?

  @OptionGroup var why: NoteOption
  @OptionGroup var confirmation: Confirmation
  @OptionGroup var how: MannerOptions
  @OptionGroup var options: Options
  @OptionGroup var choice: OneJobOption

  /// Shows what the operation would do, asks, and performs it.
  func perform(_ kind: BookmarkChange.Kind) async throws {
    let session = try await Session(options.workspace)
    try await perform(kind, of: try session.job(choice), in: session)
  }

  /// Shows what the operation would do to a job, asks, and performs it.
  ///
  /// - Parameters:
  ///   - kind: Where the positions go.
  ///   - job: The chosen one.
  ///   - session: Its workspace.
  ///   - glue: What a Glue job has consumed of its inputs, where that is taken over.
  /// - Throws: What the session and the runner throw.
  func perform(
    _ kind: BookmarkChange.Kind, of job: JobDefinition, in session: Session,
    glue: [GlueConsumption]? = nil
  ) async throws {
    let change = BookmarkChange(
      kind, input: input, partitions: try await partitions(session, job, for: kind), note: why.note)
    let preview = try await BookmarkPlanner(storage: session.storage, ledger: try session.ledger())
      .preview(change, of: job)
    if options.json {
      try Report.json(BookmarkPreviewJSON(preview, glue: glue, run: nil))
    } else if !how.manner.quiet || confirmation.confirm == nil {
      Report.titled(.bookmarkChange(preview))
    }
    guard !preview.isEmpty, try confirmation.isGiven(for: job.name, in: session) else { return }
    let summary = try await session.operate(on: job, how.manner) {
      try await session.runner(for: job).apply(change, to: job, expected: preview.id)
    }
    guard options.json else { return try session.conclude(summary, json: false, how.manner) }
    session.tellHook(RunJSON(summary))
    try Report.json(BookmarkPreviewJSON(preview, glue: glue, run: summary.run))
  }

  /// The partitions that the options choose; nil when the options do not restrict them.
  private func partitions(
    _ session: Session, _ job: JobDefinition, for kind: BookmarkChange.Kind
  ) async throws -> [Partition]? {
    guard !chosen.isEmpty else { return nil }
    let report = try await session.report(of: job)
    let partitions =
      try chosen.choice(session, job)
      .resolve(in: report, ledger: try session.ledger()) ?? []
    // A range or predicate selects from what the operation covers; a named partition must be covered.
    let named = Set(
      chosen.partitions.compactMap { try? Partition(path: $0.exact, keys: job.output.keys) })
    let concerned = Set(report.known.filter { kind.concerns($0) }.map(\.partition))
    return partitions.filter { named.contains($0) || concerned.contains($0) }
  }
}

extension BookmarkChange.Kind {
  fileprivate func concerns(_ partition: PendingPartition) -> Bool {
    switch self {
    case .rewind, .reset, .set, .take: true
    case .skip: !partition.reasons.isEmpty
    case .release: partition.hold?.isReleasable == true
    }
  }
}
