/// One element of a Parquet file's schema, which is a tree in depth-first order.
struct ParquetField: Hashable, Sendable {
  let id: Int
  let name: String
  let children: Int
  /// Everything that the file says about the type.
  let type: String

  init(row: [String?]) {
    id = row[1].flatMap { Int($0) } ?? 0
    name = row[2] ?? ""
    children = row[3].flatMap { Int($0) } ?? 0
    type = row[4] ?? ""
  }

  /// Whether the column holds no value by its type: its writer did not know a better one.
  var isNull: Bool { type.contains("NullType") }

  /// Whether DuckDB reads it with fewer digits than the file has: it knows nanoseconds only without a zone.
  var isCut: Bool {
    type.contains("NANOS=Nano")
      && (type.contains("TimeType(") || type.contains("isAdjustedToUTC=1"))
  }
}

/// A column at the top of a Parquet file's schema.
struct ParquetColumn: Hashable, Sendable {
  let name: String
  /// The fields without children below it, or itself, in their order.
  var leaves: [ParquetField] = []

  /// The columns of a schema: the children of its root.
  static func columns(of fields: [ParquetField]) -> [ParquetColumn] {
    var columns: [ParquetColumn] = []
    var open: [Int] = []
    for field in fields {
      if open.count == 1 { columns.append(ParquetColumn(name: field.name)) }
      if !open.isEmpty {
        open[open.count - 1] -= 1
        if field.children == 0 { columns[columns.count - 1].leaves.append(field) }
      }
      if field.children > 0 { open.append(field.children) }
      while let last = open.last, last == 0 { open.removeLast() }
    }
    return columns
  }

  /// DuckDB's type of the column, in which leaves without a type of their own are `"NULL"`.
  func type(describedAs text: String) -> ColumnType {
    var rest = leaves[...]
    let type = ColumnType(text)
    guard leaves.contains(where: \.isNull) else { return type }
    let marked = type.replacingScalars { scalar in
      rest.popFirst()?.isNull == true ? .scalar("\"NULL\"") : scalar
    }
    return rest.isEmpty ? marked : type
  }
}

extension ColumnType {
  /// The same type with other scalars, in depth-first order.
  func replacingScalars(_ replacement: (ColumnType) -> ColumnType) -> ColumnType {
    switch self {
    case .scalar, .union: replacement(self)
    case .list(let element): .list(element.replacingScalars(replacement))
    case .array(let element, let count): .array(element.replacingScalars(replacement), count)
    case .structure(let fields):
      .structure(
        fields.map { Field(name: $0.name, type: $0.type.replacingScalars(replacement)) })
    case .map(let key, let value):
      .map(key.replacingScalars(replacement), value.replacingScalars(replacement))
    }
  }
}
