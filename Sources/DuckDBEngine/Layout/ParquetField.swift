import IncrementalJoin
import PartitionPredicate

/// One element of a Parquet file's schema, which is a tree in depth-first order.
struct ParquetField: Hashable, Sendable {
  let id: Int64
  @ExactText var name: String
  let children: Int64
  /// Everything that the file says about the type.
  let type: String

  /// Reads a row of `parquet_schema`.
  init(row: QueryRow) throws(AnswerError) {
    id = try row.number("column_id")
    _name = ExactText(try row.text("name"))
    children = try row.number("num_children")
    type = try row.text("type")
  }

  /// Whether the column holds no value by its type: its writer did not know a better one.
  var isNull: Bool { type.exact.contains(text: "NullType") }

  /// The type of a decimal with more digits than DuckDB's have, which it would read as DOUBLE; nil for others.
  var largeDecimal: ColumnType? {
    guard let match = type.firstMatch(of: /DecimalType\(scale=([0-9]+), precision=([0-9]+)\)/),
      let precision = Int(match.2), precision > 38
    else { return nil }
    return .scalar("DECIMAL(\(match.2),\(match.1))")
  }

  /// Whether DuckDB reads it with fewer digits than the file has: it knows nanoseconds only without a zone.
  var isCut: Bool {
    let type = type.exact
    return type.contains(text: "NANOS=Nano")
      && (type.contains(text: "TimeType(") || type.contains(text: "isAdjustedToUTC=1"))
  }
}

/// A column at the top of a Parquet file's schema.
struct ParquetColumn: Hashable, Sendable {
  @ExactText var name: String
  /// Why two fields inside it cannot be told apart; nil when they can.
  var fieldProblem: String?
  /// The fields without children below it, or itself, in their order.
  var leaves: [ParquetField] = []

  /// The columns of a schema: the children of its root.
  static func columns(of fields: [ParquetField]) -> [ParquetColumn] {
    var columns: [ParquetColumn] = []
    /// The groups around a field, outermost first: how many children are to come, and the names so far.
    var open: [(rest: Int64, path: String, names: [String])] = []
    for field in fields {
      var path = ""
      if let parent = open.last {
        path = parent.path.isEmpty ? field.name : "\(parent.path).\(field.name)"
        open[open.count - 1].rest -= 1
        open[open.count - 1].names.append(field.name)
        if open.count == 1 { columns.append(ParquetColumn(name: field.name)) }
        if field.children == 0 { columns[columns.count - 1].leaves.append(field) }
      }
      if field.children > 0 { open.append((field.children, path, [])) }
      while let group = open.last, group.rest == 0 {
        open.removeLast()
        guard !open.isEmpty, columns[columns.count - 1].fieldProblem == nil else { continue }
        columns[columns.count - 1].fieldProblem =
          ColumnNames(names: group.names, prefix: group.path).problem
      }
    }
    return columns
  }

  /// DuckDB's type of the column, in which leaves without a type of their own are `"NULL"`.
  func type(describedAs text: String) -> ColumnType {
    var rest = leaves[...]
    let type = ColumnType(text)
    guard leaves.contains(where: { $0.isNull || $0.largeDecimal != nil }) else { return type }
    let marked = type.replacingScalars { scalar in
      guard let leaf = rest.popFirst() else { return scalar }
      return leaf.isNull ? .scalar("\"NULL\"") : leaf.largeDecimal ?? scalar
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
