import IncrementalJoin
import PartitionPredicate

extension ColumnType {
  /// The type as Hive, Spark and Athena spell it for a Parquet file that has this one; nil where they have none.
  ///
  /// Integers without a sign are Spark's: the next larger type with a sign.
  var hive: String? {
    switch self {
    case .scalar(let text): return Self.hive(text.exact)
    case .list(let element), .array(let element, _): return element.hive.map { "array<\($0)>" }
    case .map(let key, let value):
      guard let key = key.hive, let value = value.hive else { return nil }
      return "map<\(key),\(value)>"
    case .structure(let fields):
      let parts = fields.compactMap { field in
        Self.isPlain(field.name) ? field.type.hive.map { "\(field.name):\($0)" } : nil
      }
      return parts.count == fields.count
        ? "struct<\(parts.map(\.exact).joined(separator: ","))>" : nil
    case .union: return nil
    }
  }

  private static func hive(_ text: ExactText) -> String? {
    if text.begins(with: "DECIMAL(") { return text.lowercased.replacing(every: " ", with: "").text }
    if text.begins(with: "ENUM(") { return "string" }
    return names[text]
  }

  /// Whether the name of a field ends where Hive reads it to end.
  private static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && !name.utf8.contains { ":,<>".utf8.contains($0) }
  }

  private static let names: [ExactText: String] = [
    "BIGINT": "bigint", "BLOB": "binary", "BOOLEAN": "boolean", "DATE": "date", "DOUBLE": "double",
    "FLOAT": "float", "INTEGER": "int", "JSON": "string", "SMALLINT": "smallint",
    "TIMESTAMP": "timestamp", "TIMESTAMP WITH TIME ZONE": "timestamp", "TIMESTAMP_MS": "timestamp",
    "TIMESTAMP_S": "timestamp", "TINYINT": "tinyint", "UBIGINT": "decimal(20,0)",
    "UINTEGER": "bigint", "USMALLINT": "int", "UTINYINT": "smallint", "VARCHAR": "string",
  ]
}

extension CatalogColumn {
  /// The columns of a result as the catalog has them.
  ///
  /// - Throws: `PublishError.system` of a column whose type has no name there.
  static func columns(
    _ columns: [Column], of table: CatalogName
  ) throws(PublishError) -> [CatalogColumn] {
    var described: [CatalogColumn] = []
    for column in columns {
      guard let type = ColumnType(column.type).hive else {
        throw .system(
          operation: "publish to", path: "\(table)",
          reason:
            "the column \(column.name) is of type \(column.type), for which the catalog has no name (cast it in the "
            + "job, or leave out `types: duckdb`)")
      }
      described.append(CatalogColumn(name: column.name.exact.lowercased.text, type: type))
    }
    return described
  }
}
