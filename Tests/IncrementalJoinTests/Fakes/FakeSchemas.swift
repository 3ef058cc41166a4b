import IncrementalJoin

/// An engine that knows columns and reads nothing.
struct FakeSchemas: SchemaReader {
  /// What files fail with, by full path.
  var failures: [String: EngineError] = [:]
  /// The columns of every file that does not fail.
  var columns = [Column(name: "origin", type: "VARCHAR"), Column(name: "delay", type: "BIGINT")]
  /// The columns of every result.
  var result: Result<[Column], EngineError> = .success([Column(name: "joined", type: "BIGINT")])
  /// The files that were opened, in order.
  let opened = CallLog()

  func columns(ofFile path: String, format: DataFormat, keys: [PartitionKey]) async throws
    -> [Column]
  {
    opened.add(path)
    if let failure = failures[path] { throw failure }
    return columns
  }

  func validate(_ unit: JoinUnit) async throws -> [Column] { try result.get() }
}
