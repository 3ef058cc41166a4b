extension SchemaReader {
  /// What files show of a table, in addition to what is pinned of it; nil without files.
  ///
  /// All of the first files decide about the types, and later ones are looked at only while a column has
  /// no value in those before; never more than `filesToLookAt`.
  ///
  /// - Throws: the first file's error when nothing is pinned and no file can be read.
  func look(
    at files: some Sequence<DataFile>, of table: TableDefinition, pinned: [SeenColumn]?
  ) async throws -> SeenColumns? {
    var result = pinned.map { SeenColumns(columns: $0) }
    var failure: (any Error)?
    var rest = Array(files.prefix(filesToLookAt))[...]
    while !rest.isEmpty, result?.isComplete != true {
      let chunk = Self.chunk(of: &rest)
      do {
        let seen = try await columns(
          ofFiles: chunk.map { table.location.file($0.path) }, of: table)
        result = result?.completed(by: seen) ?? seen
      } catch let error as EngineError {
        failure = failure ?? error
      }
    }
    if result == nil, let failure { throw failure }
    return result
  }

  /// How many files are looked at for a column that has no value in the others.
  var filesToLookAt: Int { 64 }

  /// Takes the files that are looked at together, since all of them decide about the types.
  ///
  /// Text files are read in full, so that a table of large files is judged by fewer of them.
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

  /// The same columns, with the types that other files show of those that have none.
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
