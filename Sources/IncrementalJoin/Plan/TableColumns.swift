import Foundation

/// The columns of a table as far as anybody knows them, each with where its type comes from.
public struct TableColumns: Hashable, Sendable {
  /// Where a column's type comes from.
  public enum Source: Hashable, Sendable {
    /// `columns:` in `dovetail.yaml`.
    case declared
    /// The ledger; without an origin an earlier Dovetail pinned it.
    case pinned(PinOrigin?)
    /// Text files that were just examined.
    case guessed
    /// Files that were just examined and that record types.
    case seen
    /// No file has shown a value.
    case unseen
  }

  /// A column and its source.
  public struct Entry: Hashable, Sendable {
    /// The name; the type is nil while no file has shown a value.
    public let column: SeenColumn
    /// Where the type comes from.
    public let source: Source
  }

  /// The table.
  public let table: TableDefinition
  /// In order; empty when none are known.
  public let entries: [Entry]
  /// Fields that only some rows have and that the table does not list under `optional:`.
  public let proposedOptional: [String]
  /// How many files were just examined.
  public let fileCount: Int

  /// Finds the columns of a table: declared, otherwise pinned, otherwise those that its files show.
  ///
  /// Files are examined only for what is neither declared nor pinned. Files younger than the table's `min_age` show
  /// nothing yet.
  ///
  /// - Throws: `EngineError` when nothing is known and no file can be read; what the ledger throws.
  public init(
    of snapshot: Snapshot, in files: any FileStore, ledger: any LedgerReader,
    schemas: any SchemaReader
  ) async throws {
    table = snapshot.table
    if let declared = table.columns {
      entries = declared.map {
        Entry(column: SeenColumn(name: $0.name, type: $0.type), source: .declared)
      }
      proposedOptional = []
      fileCount = 0
      return
    }
    let pinned = table.isOutput ? nil : try ledger.pinnedColumns(table: table.name)
    var seen: SeenColumns?
    if pinned?.contains(where: { $0.seen.type == nil }) != false {
      seen = try await schemas.look(
        at: snapshot.settledFiles, of: table, in: files, pinned: pinned?.map(\.seen))
    }
    let origins = (pinned ?? []).map { $0.seen.type == nil ? nil : Source.pinned($0.origin) }
    entries = (seen?.columns ?? pinned?.map(\.seen) ?? []).enumerated().map { index, column in
      // What is pinned keeps its place, whatever else files show.
      let known = origins.indices.contains(index) ? origins[index] : nil
      let shown: Source = seen?.isGuess == true ? .guessed : .seen
      return Entry(column: column, source: known ?? (column.type == nil ? .unseen : shown))
    }
    proposedOptional = seen?.proposedOptional(for: table) ?? []
    fileCount = seen?.files.count ?? 0
  }
}

extension Snapshot {
  /// The files in the order of their partitions, without those of partitions that may still be written.
  var settledFiles: [DataFile] {
    partitions.sorted { $0.key < $1.key }.map(\.value.version.files).filter { files in
      files.allSatisfy { file in
        let age = listedAt.timeIntervalSince(Date(nanoseconds: file.modified))
        return table.minimumAge <= .zero || Duration.seconds(age) >= table.minimumAge
      }
    }.flatMap(\.self)
  }
}
