import CDuckDB

/// The rows of a finished query, as text.
struct QueryResult: Sendable {
  let columns: [String]
  /// NULL is nil.
  ///
  /// A value of a column that is neither VARCHAR nor a 64-bit integer is nil too: queries
  /// cast what they want to read.
  private(set) var rows: [[String?]] = []

  /// Reads all rows of a result, which stays the caller's to destroy.
  init(reading result: inout duckdb_result) {
    let count = duckdb_column_count(&result)
    columns = (0..<count).map { duckdb_column_name(&result, $0).map { String(cString: $0) } ?? "" }
    let types = (0..<count).map { duckdb_column_type(&result, $0) }
    while let chunk = duckdb_fetch_chunk(result) {
      var chunk: duckdb_data_chunk? = chunk
      defer { duckdb_destroy_data_chunk(&chunk) }
      let vectors = (0..<count).map { duckdb_data_chunk_get_vector(chunk, $0) }
      for row in 0..<duckdb_data_chunk_get_size(chunk) {
        rows.append(zip(vectors, types).map { Self.text(of: $0, type: $1, row: row) })
      }
    }
  }

  private static func text(of vector: duckdb_vector?, type: UInt32, row: idx_t) -> String? {
    guard cduckdb_is_valid(vector, row) else { return nil }
    switch type {
    case UInt32(CDUCKDB_TYPE_VARCHAR.rawValue):
      var length: UInt32 = 0
      let start = cduckdb_string(vector, row, &length)
      let bytes = UnsafeRawBufferPointer(start: start, count: Int(length))
      return String(decoding: bytes, as: UTF8.self)
    case UInt32(CDUCKDB_TYPE_BIGINT.rawValue): return String(cduckdb_bigint(vector, row))
    case UInt32(CDUCKDB_TYPE_UBIGINT.rawValue): return String(cduckdb_ubigint(vector, row))
    default: return nil
    }
  }
}
