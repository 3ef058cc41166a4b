public import PartitionPredicate

/// One publish as the journal names it before the first rename, with all that recovery needs to commit it.
public struct PreparedPublish: Hashable, Sendable {
  /// The run that staged the content.
  public let run: RunID
  /// The output partition.
  public let partition: Partition
  /// nil when there is nothing to rename: an empty result that was never published, or rows equal to the
  /// published ones.
  public var action: PublishAction?
  /// How the work unit is recorded by the commit: `.committed`, `.removed` or `.unchanged`.
  public let state: WorkUnitState
  /// `JobDefinition.fingerprint` at that time.
  public let definition: String
  /// The versions that the content was built from, by input name.
  public let inputs: [String: PartitionVersion]
  /// Where the commit moves the position; nil when it stays, as in a paused run.
  public let position: PositionMove?
  /// The files that are published; nil without rows.
  public let content: PartitionVersion?
  /// Rows staged; 0 when the partition's result is empty.
  public let rows: Int64
  /// The size of the staged files, in bytes.
  public let bytes: Int64
  /// Why the partition was built, as history shows it.
  public let reason: String
  /// How well the inputs matched; empty when that was not counted.
  public let matches: [InputMatch]
  /// Digests of the rows of the versions that were read, by input name; for tables that record them.
  public let rowDigests: [String: String]  // characters: input names are ASCII
  /// `ReadingRules.current` when the content was built.
  public let readingRules: Int
  /// Whose types the columns have; nil where both kinds of types are the same.
  public let types: OutputTypes?
  /// Whether an operator has allowed removing the published partition; only where `rows` is 0.
  public let isRemovalAllowed: Bool
  /// The run that adopted the content, where an undo brings adopted content back; nil if a run built it.
  public let adoptedBy: RunID?

  /// Creates a journal entry.
  public init(
    run: RunID, partition: Partition, action: PublishAction?, state: WorkUnitState,
    definition: String,
    inputs: [String: PartitionVersion], position: PositionMove?, content: PartitionVersion?,
    rows: Int64, bytes: Int64, reason: String, matches: [InputMatch] = [],
    // characters: input names are ASCII
    rowDigests: [String: String] = [:], readingRules: Int = ReadingRules.current,
    types: OutputTypes? = nil, isRemovalAllowed: Bool = false, adoptedBy: RunID? = nil
  ) {
    self.run = run
    self.partition = partition
    self.action = action
    self.state = state
    self.definition = definition
    self.inputs = inputs
    self.position = position
    self.content = content
    self.rows = rows
    self.bytes = bytes
    self.reason = reason
    self.matches = matches
    self.rowDigests = rowDigests
    self.readingRules = readingRules
    self.types = types
    self.isRemovalAllowed = isRemovalAllowed && rows == 0 && adoptedBy == nil
    self.adoptedBy = adoptedBy
  }
}
