/// What of one input counts as consumed for one output partition, or was built from.
public struct VersionReference: Hashable, Sendable {
  /// `PartitionVersion.id`.
  public let version: String
  /// `PartitionVersion.identity`.
  public let identity: String

  /// Creates a reference.
  public init(version: String, identity: String) {
    self.version = version
    self.identity = identity
  }

  /// Refers to a version.
  public init(_ version: PartitionVersion) {
    self.init(version: version.id, identity: version.identity)
  }
}

/// The newest position of one output partition: what counts as consumed.
public struct Position: Hashable, Sendable {
  /// The run whose commit moved the position to where it is.
  public let run: RunID
  /// `JobDefinition.fingerprint` at that time.
  public let definition: String
  /// By input name; an input without files in this partition has no entry.
  public let inputs: [String: VersionReference]
  /// The build that an operator undid here; nil unless the newest move was an undo of a build.
  public let undone: UndoneBuild<VersionReference>?

  /// Creates a position.
  public init(
    run: RunID, definition: String, inputs: [String: VersionReference],
    undone: UndoneBuild<VersionReference>? = nil
  ) {
    self.run = run
    self.definition = definition
    self.inputs = inputs
    self.undone = undone
  }

  /// All versions that it names, those of the undone build included.
  var references: [VersionReference] {
    Array(inputs.values) + Array(undone?.inputs.values ?? [:].values)
  }
}

/// An undone build of one output partition: the same inputs are not built again automatically.
///
/// A position refers to the versions that were read by `VersionReference`; a move carries them as `PartitionVersion`.
public struct UndoneBuild<Version: Hashable & Sendable>: Hashable, Sendable {
  /// The run whose build was undone.
  public let run: RunID
  /// What that run had read, by input name.
  public let inputs: [String: Version]  // characters: input names are ASCII

  /// Creates an undone build.
  public init(run: RunID, inputs: [String: Version]) {  // characters: input names are ASCII
    self.run = run
    self.inputs = inputs
  }

  /// The same build with its inputs in another representation.
  public func mapInputs<Other>(
    _ transform: ([String: Version]) throws -> [String: Other]  // characters: input names are ASCII
  ) rethrows -> UndoneBuild<Other> {
    UndoneBuild<Other>(run: run, inputs: try transform(inputs))
  }
}

/// What the published content of one output partition was built from.
public struct Lineage: Hashable, Sendable {
  /// The run that built the published content.
  public let run: RunID
  /// `JobDefinition.fingerprint` at that time.
  public let definition: String
  /// By input name; an input without files in this partition has no entry.
  public let inputs: [String: VersionReference]
  /// 0 for a partition whose result is empty and that has no published folder, and for adopted content.
  public let rows: Int64
  /// The size of the published files, in bytes; 0 without a published folder.
  public let bytes: Int64
  /// The published files themselves; nil without a published folder, and if an earlier Dovetail built it.
  public let content: VersionReference?
  /// `ReadingRules.current` when the content was built.
  public let readingRules: Int
  /// Whose types the columns have; nil where both kinds of types are the same, and if an earlier Dovetail built it.
  public let types: OutputTypes?
  /// Whether an operator allowed removing the partition, which has no rows; false if there are rows.
  public let isRemovalAllowed: Bool
  /// The run that adopted the content; nil if a run built it.
  ///
  /// The origin of adopted content is unknown: it has no inputs, and its rows were not counted.
  public let adoptedBy: RunID?

  /// Creates a lineage.
  public init(
    run: RunID, definition: String, inputs: [String: VersionReference], rows: Int64, bytes: Int64,
    content: VersionReference? = nil, readingRules: Int = ReadingRules.current,
    types: OutputTypes? = nil, isRemovalAllowed: Bool = false, adoptedBy: RunID? = nil
  ) {
    self.run = run
    self.definition = definition
    self.inputs = inputs
    self.rows = rows
    self.bytes = bytes
    self.content = content
    self.readingRules = readingRules
    self.types = types
    self.isRemovalAllowed = isRemovalAllowed
    self.adoptedBy = adoptedBy
  }

  /// Whether files of the partition are published, as far as the ledger knows.
  public var isPublished: Bool { rows > 0 || adoptedBy != nil }

  /// The published rows; nil where they were not counted.
  public var countedRows: Int64? { adoptedBy == nil ? rows : nil }
}
