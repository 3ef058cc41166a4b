public import PartitionPredicate

/// What some data files show of their table's columns.
public struct SeenColumns: Hashable, Sendable {
  /// The columns in their order; one whose files hold no value has no type yet.
  public let columns: [SeenColumn]
  /// JSON fields that only some of the rows have, nested ones with dots; candidates for `optional:`.
  public let sparse: [String]
  /// The files that were examined.
  public let files: [String]
  /// Whether the types were guessed from text rather than said by the files.
  public let isGuess: Bool

  /// Creates a record of what was seen.
  public init(
    columns: [SeenColumn], sparse: [String] = [], files: [String] = [], isGuess: Bool = false
  ) {
    self.columns = columns
    self.sparse = sparse
    self.files = files
    self.isGuess = isGuess
  }
}

/// A column of a table whose type may still be unknown.
public struct SeenColumn: Hashable, Sendable, Codable {
  /// The name by which the column is found in the files, ignoring case.
  @ExactText public var name: String
  /// A spelling of its `ColumnType`; nil while no file has shown a value.
  public let type: String?

  /// Creates a column.
  public init(name: String, type: String?) {
    _name = ExactText(name)
    self.type = type
  }
}

extension SeenColumn {
  /// The column as it is read: one without a known type holds text, and so far only NULL.
  public var column: Column { Column(name: name, type: type ?? "VARCHAR") }
}
