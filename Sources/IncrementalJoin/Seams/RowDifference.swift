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
    /// The values before, one for each column, as text; nil for NULL.
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
  /// Those of the columns whose values are floating-point numbers on both sides.
  public let floatingColumns: Set<ExactText>
  /// Some of the rows that differ.
  public let samples: [Row]

  /// Creates a difference.
  public init(
    key: [String], columns: [String], added: Int64, removed: Int64, changed: Int64, same: Int64,
    changedColumns: [ExactText: Int64], addedColumns: [String], removedColumns: [String],
    retypedColumns: [String], floatingColumns: Set<ExactText> = [], samples: [Row]
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
    self.floatingColumns = floatingColumns
    self.samples = samples
  }

  /// The rows of the first version.
  public var rowsBefore: Int64 { same + changed + removed }

  /// The rows of the second version.
  public var rowsAfter: Int64 { same + changed + added }

  /// Whether nothing differs, columns included.
  public var isEmpty: Bool {
    added == 0 && removed == 0 && changed == 0 && addedColumns.isEmpty && removedColumns.isEmpty
      && retypedColumns.isEmpty
  }
}

/// What an engine can tell about rows without joining them, for trust and not for publishing.
public protocol RowComparing: Sendable {
  /// How the rows of the unit's inputs match: the first one with each other one; empty for `sql:`, and for a job that
  /// joins only on partition keys.
  func matches(of unit: JoinUnit) async throws -> [InputMatch]

  /// Whether Parquet files of a partition hold the same columns and, as a multiset, the same rows as others.
  func hasSameRows(_ files: [String], as others: [String]) async throws -> Bool

  /// How the rows of Parquet files differ from those of others.
  ///
  /// - Parameters:
  ///   - old: Full paths; none for a partition that is not there.
  ///   - new: Full paths; none for a partition that is not there.
  ///   - key: The columns that identify a row; where they do not identify every row on either side, and when there are
  ///     none, a changed row counts as a removed and an added one.
  ///   - samples: How many changed, added and removed rows to return, of each.
  /// - Returns: Counts, columns that differ, and samples.
  /// - Throws: `EngineError`; `CancellationError`.
  func difference(from old: [String], to new: [String], key: [String], samples: Int) async throws
    -> RowDifference

  /// A digest of the rows of an input's files as a multiset, whatever the files and their order.
  ///
  /// Where the input has several partitions, it also tells of which one each row is.
  func rowDigest(of input: JoinUnit.Input) async throws -> String
}
