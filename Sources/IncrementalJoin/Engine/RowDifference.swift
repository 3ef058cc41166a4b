public import PartitionPredicate

/// How the rows of one version of a partition differ from those of another.
public struct RowDifference: Hashable, Sendable {
  /// One row that differs.
  public struct Row: Hashable, Sendable {
    /// What became of the row.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
      case added
      case removed
      case changed
    }

    /// What became of the row.
    public let kind: Kind
    /// The values before, one a column, as text; nil for NULL.
    ///
    /// Empty for an added row.
    public let before: [String?]
    /// The values after; empty for a removed row.
    public let after: [String?]

    /// Creates a row.
    public init(kind: Kind, before: [String?], after: [String?]) {
      self.kind = kind
      self.before = before
      self.after = after
    }
  }

  /// The columns by which changed rows were found; empty when rows have no key.
  public let key: [String]
  /// The columns of both sides that the sample rows have values of, the key's first.
  public let columns: [String]
  /// Rows with a key that only the new side has.
  public let added: Int64
  /// Rows with a key that only the old side has.
  public let removed: Int64
  /// Rows of both sides by their key, with other values.
  public let changed: Int64
  /// Rows that both sides have.
  public let same: Int64
  /// For every column that differs in a changed row, in how many of them.
  public let changedColumns: [ExactText: Int64]
  /// Columns that only the new side has, as `name TYPE`.
  public let addedColumns: [String]
  /// Columns that only the old side has, as `name TYPE`.
  public let removedColumns: [String]
  /// Columns with another type, as `name OLD -> NEW`.
  public let retypedColumns: [String]
  /// Some of the rows that differ.
  public let samples: [Row]

  /// Creates a difference.
  public init(
    key: [String], columns: [String], added: Int64, removed: Int64, changed: Int64, same: Int64,
    changedColumns: [ExactText: Int64], addedColumns: [String], removedColumns: [String],
    retypedColumns: [String], samples: [Row]
  ) {
    self.key = key
    self.columns = columns
    self.added = added
    self.removed = removed
    self.changed = changed
    self.same = same
    self.changedColumns = changedColumns
    self.addedColumns = addedColumns
    self.removedColumns = removedColumns
    self.retypedColumns = retypedColumns
    self.samples = samples
  }

  /// Whether nothing differs, columns included.
  public var isEmpty: Bool {
    added == 0 && removed == 0 && changed == 0 && addedColumns.isEmpty && removedColumns.isEmpty
      && retypedColumns.isEmpty
  }
}
