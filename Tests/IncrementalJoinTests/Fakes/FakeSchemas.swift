import IncrementalJoin

/// An engine that knows columns and reads nothing.
struct FakeSchemas: SchemaReader {
  /// What files fail with, by full path.
  var failures: [String: EngineError] = [:]
  /// The columns of every file that does not fail.
  var columns = [Column(name: "origin", type: "VARCHAR"), Column(name: "delay", type: "BIGINT")]
  /// What a file shows that does not fail; nil for `columns`.
  var shown: [String: SeenColumns] = [:]
  /// Wider types by the type that they hold, beside each type itself.
  var wider: [String: Set<String>] = [:]
  /// Columns that have a value only in one file, by name.
  var open: [String: String] = [:]
  /// The columns of every result.
  var result: Result<[Column], EngineError> = .success([Column(name: "joined", type: "BIGINT")])
  /// What of it Spark would not read.
  var conversions: [TypeConversion] = []
  /// The files that were opened, in order.
  let opened = CallLog()

  func columns(ofFiles paths: [String], of table: TableDefinition) async throws -> SeenColumns {
    var failure: EngineError?
    var read: [String] = []
    for path in paths {
      opened.add(path)
      if let refused = failures[path] { failure = failure ?? refused } else { read.append(path) }
    }
    if read.isEmpty, let failure { throw failure }
    if let first = read.first, let seen = shown[first] {
      return SeenColumns(
        columns: seen.columns, sparse: seen.sparse, files: read, isGuess: seen.isGuess)
    }
    return SeenColumns(
      columns: columns.map { column in
        let isShown = open[column.name].map { read.contains($0) } ?? true
        return SeenColumn(name: column.name, type: isShown ? column.type : nil)
      }, files: read)
  }

  func validate(_ unit: JoinUnit) async throws -> ResultColumns {
    ResultColumns(columns: try result.get(), conversions: conversions)
  }

  func reads(_ type: String, as wider: String) async throws -> Bool {
    type == wider || self.wider[type]?.contains(wider) == true
  }

  func compares(_ type: String, with other: String) async throws -> Bool {
    if try await reads(type, as: other) { return true }
    return try await reads(other, as: type)
  }
}
