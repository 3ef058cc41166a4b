import PartitionPredicate

/// Whether an output's location holds what the ledger knows as the job's output.
///
/// The identity of an output is its job and its place. The marker in the hidden folder names job and ledger, both
/// of which are copied and moved along with the files. Where there is no marker, the ledger's record of the
/// place counts, and where an earlier Dovetail published, whether any of its files is there.
public struct OutputIdentity: Sendable {
  private let job: JobDefinition
  private let workspace: String
  private let storage: StorageReader
  private let ledger: any LedgerReader

  /// Creates a check over readers.
  ///
  /// - Parameters:
  ///   - job: The job whose output it is.
  ///   - workspace: The path of the folder of the workspace.
  ///   - storage: Where the output lives.
  ///   - ledger: What was published, and where.
  public init(
    of job: JobDefinition, workspace: String, storage: StorageReader, ledger: any LedgerReader
  ) {
    self.job = job
    self.workspace = workspace
    self.storage = storage
    self.ledger = ledger
  }

  /// Why a run is refused because of its output; nil when it is not.
  ///
  /// - Throws: `PublishError`, or what the ledger throws.
  public func runRefusal() async throws -> PlanError? {
    if let refusal = try await refusal() { return refusal }
    guard try ledger.lineages(of: job).all.isEmpty, await storage.hasData(job.output) else {
      return nil
    }
    return PlanError.notOurs(job: job.name, location: job.output.location)
  }

  /// Why neither a run nor an adoption can begin; nil when they can.
  ///
  /// - Throws: `PublishError`, or what the ledger throws.
  func refusal() async throws -> PlanError? {
    do {
      try await check()
      return nil
    } catch let error as PlanError {
      return error
    }
  }

  /// Refuses a place other than the one that the ledger knows.
  ///
  /// - Throws: `PlanError.otherKeys`, `.outputMissing`, `.outputMoved`, `.otherOwner`, `.sharedOutput`,
  ///   `.damagedMarker` or `.unknownRun`, `PublishError`, or what the ledger throws.
  func check() async throws {
    let built = try ledger.lineages(of: job).filter(\.isPublished)
    if let path = built.others.keys.min() {
      throw PlanError.otherKeys(
        job: job.name, location: job.output.location, published: path, keys: job.output.keys)
    }
    let published = built.byPartition
    let place = try ledger.outputPlace(job: job.name)
    let isElsewhere = place.map { $0.resolved.exact != job.output.place.resolved.exact } ?? false
    if let owner = try await owner() {
      try await check(owner)
      // The marker of an output that was moved here names its former place; this place was left by the job.
      if isElsewhere, !published.isEmpty, await lies(owner) {
        throw await moved(from: place, published.count)
      }
      return try await checkData(published.count)
    }
    if isElsewhere, !published.isEmpty { throw await moved(from: place, published.count) }
    try await checkData(published.count)
    if place == nil, try await !hasAny(of: published) {
      throw await moved(from: nil, published.count)
    }
  }

  private func owner() async throws -> OutputOwner? {
    do throws(PublishError) {
      return try await storage.outputs.owner(of: job.output)
    } catch .damagedMarker(let path) {
      throw PlanError.damagedMarker(job: job.name, path: path)
    } catch {
      throw error
    }
  }

  /// Whether the marker was written where it is now.
  private func lies(_ owner: OutputOwner) async -> Bool {
    let location = await storage.files.resolved(job.output.location)
    return owner.location.exact == location.description.exact
  }

  private func checkData(_ published: Int) async throws(PlanError) {
    guard published > 0, await !storage.hasData(job.output) else { return }
    throw .outputMissing(job: job.name, location: job.output.location, published: published)
  }

  private func check(_ owner: OutputOwner) async throws {
    let location = job.output.location
    guard owner.job == job.name, try ledger.ledgerID() == owner.ledger else {
      throw PlanError.otherOwner(
        job: job.name, location: location, owner: owner.job,
        workspace: try ledger.ledgerID() == owner.ledger ? nil : owner.workspace)
    }
    // A copy of the workspace has copies of the outputs inside it, whose markers name another location.
    if await lies(owner), await storage.outputs.isOtherFolder(owner.workspace, than: workspace) {
      throw PlanError.sharedOutput(
        job: job.name, location: location, workspace: owner.workspace)
    }
    if let run = owner.run, try !ledger.hasLease(of: run, since: owner.since) {
      throw PlanError.unknownRun(
        job: job.name, location: location, run: run, since: owner.since,
        workspace: owner.workspace)
    }
  }

  private func moved(from place: OutputPlace?, _ published: Int) async -> PlanError {
    .outputMoved(
      job: job.name, from: place, to: job.output.place, published: published,
      isTaken: await storage.hasData(job.output))
  }

  /// Whether any published file is there as it was recorded; also true when none was recorded.
  private func hasAny(of published: [Partition: Lineage]) async throws -> Bool {
    let contents = published.compactMapValues(\.content)
    guard !contents.isEmpty else { return true }
    let files = try ledger.files(of: Array(contents.values))
    for (partition, content) in contents {
      let now = try await storage.outputs.files(published: partition, of: job.output)
      let isThere = files[content]?.contains { old in now.contains { $0.mayBeCopy(of: old) } }
      if isThere == true { return true }
    }
    return false
  }
}
