import PartitionPredicate

/// The readers' half of an engine: what columns files have, and whether a job fits them.
public protocol SchemaReader: Sendable {
  /// What a table's data files show about its columns, without its partition keys.
  ///
  /// The types in text files are guessed from all rows of all these files. A file that cannot be read is skipped when
  /// another one can be read.
  ///
  /// - Parameters:
  ///   - paths: Absolute paths; at least one.
  ///   - table: The table that the files belong to.
  /// - Returns: The columns in order, with the types of those that have a value.
  /// - Throws: `EngineError.unreadableFile` or `EngineError.schemaMismatch` for the first file when none of them can be
  ///   read; `CancellationError`.
  func columns(ofFiles paths: [String], of table: TableDefinition) async throws -> SeenColumns

  /// Binds a job against its inputs' columns without reading data.
  ///
  /// `unit.inputs` have no files.
  ///
  /// - Throws: `EngineError.definition` for an unknown column, a clash, SQL that does not parse or is
  ///   not one SELECT.
  func validate(_ unit: JoinUnit) async throws -> ResultColumns

  /// Whether every value of a type is exactly a value of another one, so files of both can be read.
  ///
  /// - Throws: `EngineError.definition` for a type that the engine does not know.
  func reads(_ type: String, as wider: String) async throws -> Bool

  /// Whether a join compares values of two types exactly: neither is rounded, and no spelling decides.
  ///
  /// True for types that the engine does not know, which binding refuses by name.
  func compares(_ type: String, with other: String) async throws -> Bool
}

/// The columns of a job's result, without the output's keys.
public struct ResultColumns: Hashable, Sendable {
  /// The columns as written for the `types` that the unit requested.
  public let columns: [Column]
  /// The columns that are written as other types for `OutputTypes.spark`, whatever was requested.
  public let conversions: [TypeConversion]
  /// Which parts of the definition may give different rows for the same files, such as a LIMIT without an order, one
  /// sentence each.
  public let warnings: [String]

  /// Creates the columns of a result.
  public init(
    columns: [Column], conversions: [TypeConversion] = [], warnings: [String] = []
  ) {
    self.columns = columns
    self.conversions = conversions
    self.warnings = warnings
  }
}

extension SchemaReader {
  /// What files show about a table, in addition to what is pinned; nil without files.
  ///
  /// All of the first files decide the types, and later ones are examined only while a column has no value in those
  /// before; never more than `filesToLookAt`.
  ///
  /// - Throws: the first file's error when nothing is pinned and no file can be read.
  func look(
    at files: some Sequence<DataFile>, of table: TableDefinition, in store: any FileStore,
    pinned: [SeenColumn]?
  ) async throws -> SeenColumns? {
    var result = pinned.map { SeenColumns(columns: $0) }
    var failure: (any Error)?
    var rest = Array(files.prefix(filesToLookAt))[...]
    while !rest.isEmpty, result?.isComplete != true {
      let chunk = Self.chunk(of: &rest)
      do {
        let seen = try await store.reading(
          [PinnedFiles(files: chunk, location: table.location)]
        ) {
          try await columns(
            ofFiles: chunk.map { store.place(of: $0, in: table.location) }, of: table)
        }
        result = result?.completed(by: seen) ?? seen
      } catch let error as EngineError {
        failure = failure ?? error
      }
    }
    if result == nil, let failure { throw failure }
    return result
  }

  /// How many files are examined for a column that has no value in the others.
  var filesToLookAt: Int { 64 }

  /// Takes the files that are examined together, since all of them decide the types.
  ///
  /// Text files are read in full, so a table of large files is judged by fewer of them.
  private static func chunk(of rest: inout ArraySlice<DataFile>) -> [DataFile] {
    var chunk: [DataFile] = []
    var bytes: Int64 = 0
    while let file = rest.first,
      chunk.isEmpty || chunk.count < 8 && bytes + file.size <= 1 << 30
    {
      bytes += file.size
      chunk.append(file)
      rest.removeFirst()
    }
    return chunk
  }
}

extension SeenColumns {
  /// Whether every column has a type.
  fileprivate var isComplete: Bool { columns.allSatisfy { $0.type != nil } }

  /// The same columns, with types from other files for those that have none.
  fileprivate func completed(by other: SeenColumns) -> SeenColumns {
    SeenColumns(
      columns: columns.map { column in
        guard column.type == nil else { return column }
        let found = other.columns.first { $0.name.isSameName(as: column.name) }
        return SeenColumn(name: column.name, type: found?.type)
      }, sparse: sparse + other.sparse.filter { !sparse.contains($0) },
      files: files + other.files, isGuess: isGuess || other.isGuess)
  }
}
