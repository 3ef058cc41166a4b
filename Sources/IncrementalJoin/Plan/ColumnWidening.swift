import PartitionPredicate

/// A wider type for a pinned column, checked and not yet recorded.
///
/// Files with the earlier type are still read, and nothing becomes pending: what is published was read exactly with the
/// narrower type.
public struct ColumnWidening: Hashable, Sendable {
  /// The table's name.
  public let table: String
  /// The column's name as it is pinned.
  public let column: String
  /// The type so far; nil when no file has shown a value.
  public let old: String?
  /// The type from now on.
  public let new: String

  /// Whether the column already has that type, so there is nothing to record.
  public var isNothing: Bool { old.map { ColumnType($0) == ColumnType(new) } ?? false }

  /// Checks that a pinned column, named in any case, can get a type.
  ///
  /// - Throws: `WideningError`; `EngineError.definition` for a type that the engine does not know; what the
  ///   ledger throws.
  public init(
    of column: String, to type: String, in table: TableDefinition, ledger: any LedgerReader,
    schemas: any SchemaReader
  ) async throws {
    if table.isOutput { throw WideningError.output(table: table.name) }
    guard table.columns == nil else {
      throw WideningError.declared(table: table.name, column: column)
    }
    guard let pinned = try ledger.pinnedColumns(table: table.name)?.map(\.seen) else {
      throw WideningError.notPinned(table: table.name)
    }
    guard let found = pinned.first(where: { $0.name.isSameName(as: column) }) else {
      let names = pinned.map(\.name)
      throw WideningError.unknownColumn(
        table: table.name, column: column, near: NearName.of(column, in: names), columns: names)
    }
    guard try await schemas.reads(found.type ?? type, as: type) else {
      throw WideningError.narrower(
        table: table.name, column: found.name, old: found.type ?? type, new: type)
    }
    self.table = table.name
    self.column = found.name
    old = found.type
    new = type
  }
}

extension ColumnWidening: CustomStringConvertible {
  /// What was done, for the operator.
  public var description: String {
    if isNothing { return "\(table).\(column) is \(new) already; nothing was changed." }
    guard let old else {
      return "\(table).\(column) is \(new) now; no file had shown a value of it."
    }
    return
      "\(table).\(column) is \(new) now; files of \(old) are still read, and nothing is pending "
      + "because of it."
  }
}

/// Why a column cannot get a type.
public enum WideningError: CategorizedError, Hashable, Sendable {
  /// The table is a job's output, for which nothing is pinned.
  case output(table: String)
  /// `dovetail.yaml` has the table's columns.
  case declared(table: String, column: String)
  /// No run has read the table yet.
  case notPinned(table: String)
  /// The table has no such column.
  case unknownColumn(table: String, column: String, near: String?, columns: [String])
  /// Not every value of the type so far is one of the other.
  case narrower(table: String, column: String, old: String, new: String)
}

extension WideningError {
  /// Every case is about something that the operator requested.
  public var category: ErrorCategory {
    .usage
  }
}

extension WideningError: CustomStringConvertible {
  /// The sentence for the operator: what is not possible, and what is.
  public var description: String {
    switch self {
    case .output(let table):
      return
        "\(table) is the output of a job: its columns follow from the job's definition, and none is "
        + "pinned."
    case .declared(let table, let column):
      return
        "The columns of the table \(table) are declared, and none is pinned. Change \(column) under "
        + "its `columns:` in dovetail.yaml instead; that makes every partition of the jobs that read it "
        + "pending."
    case .notPinned(let table):
      return
        "The columns of the table \(table) are not pinned yet: the first run that reads it pins "
        + "them. To choose other types before that, declare `columns:` in dovetail.yaml; `dovetail "
        + "tables --columns` shows what the files would give."
    case .unknownColumn(let table, let column, let near, let columns):
      return "The table \(table) has no column \(column). "
        + (near.map { "Did you mean \($0)?" }
          ?? "Its columns are: \(columns.joined(separator: ", ")).")
    case .narrower(let table, let column, let old, let new):
      return
        "\(table).\(column) is \(old), and not every value of that is exactly a value of \(new): "
        + "files that are read today would fail. Choose a type that holds them all, or declare "
        + "`columns:` in dovetail.yaml, which makes every partition of the jobs that read the table "
        + "pending."
    }
  }
}
