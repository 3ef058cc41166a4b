public import PartitionPredicate

/// Reads outputs without holding them.
public protocol OutputReader: Sendable {
  /// Who holds the lock of an output at this moment; nil when nobody does.
  func holder(of output: OutputDefinition) async -> LockHolder?

  /// Whose an output is by the marker in its hidden folder; nil without a marker.
  ///
  /// - Throws: `PublishError.system` when there is one that cannot be read, `.damagedMarker` when it says nothing.
  func owner(of output: OutputDefinition) async throws(PublishError) -> OutputOwner?

  /// Whether there is a workspace in this folder, and it is another one than that in the second.
  func isOtherFolder(_ path: String, than other: String) async -> Bool

  /// The files that are published of a partition, as `PublishedPartitions.files(published:)` gives them.
  func files(published partition: Partition, of output: OutputDefinition)
    async
    throws(PublishError) -> [DataFile]

  /// Why a publish could not take the place of these files of one partition, as a part of a sentence; nil where it
  /// can.
  func hindrance(toReplacing files: [DataFile], of output: OutputDefinition) -> String?

  /// The data files that a run has staged for a partition, in order, in the form that engines expect; empty without
  /// any.
  func stagedFiles(of output: OutputDefinition, run: RunID, partition: Partition)
    async
    throws(PublishError) -> [String]

  /// The replaced versions of an output that are kept for undo, by run, newest first.
  func kept(of output: OutputDefinition) async throws(PublishError) -> [KeptRun]

  /// The files of a partition that a run replaced or removed and that are kept for undo; nil when it kept none.
  func keptFiles(of output: OutputDefinition, run: RunID, partition: Partition)
    async
    throws(PublishError) -> KeptFiles?

  /// Whether a catalog names anything of the output, at any place; answers even when the catalog cannot be reached.
  func isNamed(_ output: OutputDefinition) async -> Bool
}

extension OutputReader {
  /// No catalog names what readers find by its place.
  public func isNamed(_ output: OutputDefinition) async -> Bool { false }
}

extension OutputReader {
  /// Why a publish could not replace these files of one partition; nil where it can.
  ///
  /// It is part of a sentence, such as `holds other objects than …`.
  public func hindrance(toReplacing files: [DataFile], of output: OutputDefinition) -> String? {
    nil
  }
}

/// Gives one writer at a time an output.
public protocol OutputStore: OutputReader {
  /// Takes the lock of an output.
  ///
  /// - Throws: `PublishError`: `.locked` when somebody else holds it, `.system` when the output cannot be written.
  func open(_ output: OutputDefinition, as holder: LockHolder) async throws(PublishError)
    -> any OutputLease
}

/// An output that is held by one writer, until it is released or the process ends.
///
/// Whatever changes something throws `PublishError.system` when it is not held any more.
public protocol OutputLease: StagingArea, PublishedPartitions, KeptVersions {
  /// Gives up the lock; repeating it does nothing.
  func release() async
}

/// Where runs put what they are about to publish.
public protocol StagingArea: Sendable {
  /// Bytes that can be staged at most; nil where the store has no end.
  func freeSpace() async throws(PublishError) -> Int64?

  /// Says which columns the files of a run are to have, before it stages the first one.
  func describe(run: RunID, columns: [Column]) async throws(PublishError)

  /// Makes room for what a run stages for one partition, replacing what it had staged before.
  ///
  /// - Returns: The folder to write files into, in the form that engines expect.
  func makeStagingFolder(run: RunID, partition: Partition) async throws(PublishError) -> String

  /// Makes the staged files durable, and names them.
  func seal(run: RunID, partition: Partition) async throws(PublishError) -> StoreToken

  /// What a run has staged for a partition; nil when there is nothing (any more).
  func token(staged run: RunID, partition: Partition) async throws(PublishError) -> StoreToken?

  /// The files that a run has staged for a partition, in the order of their paths, which are those that they have
  /// once they are published: relative to the output's location. Empty without any.
  ///
  /// Before they are sealed they may have the engine's names, and no tags.
  func files(staged run: RunID, partition: Partition) async throws(PublishError) -> [DataFile]

  /// Removes everything staged, except what these runs have staged.
  func removeStaged(except runs: Set<RunID>) async throws(PublishError)
}

/// For stores in which only the files say what columns they have.
extension StagingArea {
  /// Does nothing.
  public func describe(run: RunID, columns: [Column]) async throws(PublishError) {}
}

/// The partitions of an output that readers see.
public protocol PublishedPartitions: Sendable {
  /// What is published of a partition; nil when nothing is.
  func token(published partition: Partition) async throws(PublishError) -> StoreToken?

  /// The published files of a partition, in the order of their paths, which are relative to the output's location.
  /// Empty without any.
  func files(published partition: Partition) async throws(PublishError) -> [DataFile]

  /// Carries out one action, so that readers see either the old content or the new one, and keeps the replaced content
  /// for undo.
  ///
  /// The change is durable only after `flush`.
  ///
  /// - Throws: `PublishError`: `.outputChanged` when something else is staged or published than the action names.
  func publish(_ action: PublishAction, run: RunID, partition: Partition)
    async
    throws(PublishError)

  /// Carries out actions of one run, each as by itself.
  ///
  /// - Returns: What each has failed with, in their order; nil of one that was carried out.
  func publish(_ actions: [PartitionAction], run: RunID) async -> [PublishError?]

  /// What a catalog names of the output at places other than these, where the published partitions are according to the
  /// ledger.
  ///
  /// - Throws: `PublishError` where the catalog cannot be reached.
  func foreignEntries(among published: [Partition: [DataFile]])
    async throws(PublishError) -> [ForeignCatalogEntry]

  /// Makes the publishes of these partitions durable.
  func flush(_ partitions: [Partition]) async throws(PublishError)

  /// Finds out, after an interruption, whether an action was carried out, and finishes a half-done one. Repeating it
  /// changes nothing.
  func recover(_ action: PublishAction, run: RunID, partition: Partition)
    async
    throws(PublishError) -> PublishState

  /// Writes the marker that says whose the output is, replacing another one.
  func claim(_ owner: OutputOwner) async throws(PublishError)
}

/// For stores that publish partition by partition, where each has its place.
extension PublishedPartitions {
  /// Carries out some at a time, in their order, since a store may take its time to answer.
  public func publish(_ actions: [PartitionAction], run: RunID) async -> [PublishError?] {
    var errors: [PublishError?] = []
    // The first one goes alone: what the store looks up for it serves the others.
    for part in [actions.prefix(1), actions.dropFirst()] {
      var tasks: [Task<PublishError?, Never>] = []
      for action in part {
        if tasks.count >= 8 { _ = await tasks[tasks.count - 8].value }
        tasks.append(
          Task {
            do throws(PublishError) {
              try await publish(action.action, run: run, partition: action.partition)
              return nil
            } catch {
              return error
            }
          })
      }
      for task in tasks { errors.append(await task.value) }
    }
    return errors
  }

  /// None.
  public func foreignEntries(
    among published: [Partition: [DataFile]]
  ) async throws(PublishError) -> [ForeignCatalogEntry] { [] }
}

/// The replaced versions of an output's partitions, for undo.
public protocol KeptVersions: Sendable {
  /// What is kept, by run, newest first.
  func kept() async throws(PublishError) -> [KeptRun]

  /// Where a version that a run has replaced is kept, for people; nil when it kept none.
  func kept(run: RunID, partition: Partition) async throws(PublishError) -> String?

  /// Copies the version of a partition that a run has replaced into another run's staging area and seals it; the kept
  /// one stays until it is swept.
  ///
  /// - Returns: nil when that run has kept nothing of the partition.
  func restage(kept run: RunID, as new: RunID, partition: Partition) async throws(PublishError)
    -> StoreToken?

  /// Removes the versions that these runs have kept.
  func removeKept(runs: [RunID]) async throws(PublishError)
}

/// The data files of one version, and the location to which their paths are relative.
public struct KeptFiles: Hashable, Sendable {
  /// Where they are.
  public let location: Location
  /// In the order of their paths.
  public let files: [DataFile]

  /// Names files.
  public init(location: Location, files: [DataFile]) {
    self.location = location
    self.files = files
  }
}

/// The replaced versions that one run has kept for undo.
public struct KeptRun: Hashable, Sendable {
  /// The run that replaced or removed them.
  public let run: RunID
  /// Output partitions.
  public let partitions: Int
  /// The size of their files, in bytes.
  public let bytes: Int64

  /// Creates the account of a run's kept versions.
  public init(run: RunID, partitions: Int, bytes: Int64) {
    self.run = run
    self.partitions = partitions
    self.bytes = bytes
  }
}
