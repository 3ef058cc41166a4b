import IncrementalJoin
import PartitionPredicate

extension DeclarationReader {
  static let tableKeys = (
    required: ["location"],
    optional: [
      "partitions", "format", "columns", "time", "watch", "min_age", "schema", "record_rows", "csv",
      "optional", "glue",
    ]
  )

  mutating func table(_ entry: DeclaredField) -> TableDeclaration {
    var table = TableDeclaration(name: entry.located)
    let isInCatalog = entry.value.pairs.contains { $0.key.text?.exact == "glue" }
    guard
      let fields = fields(
        of: entry, in: .table(entry.name), at: entry.namePosition,
        required: isInCatalog ? [] : Self.tableKeys.required,
        optional: Self.tableKeys.optional + (isInCatalog ? Self.tableKeys.required : []))
    else { return table }
    if isInCatalog {
      readCatalog(fields, into: &table)
    } else {
      table.location = location(of: fields["location"])
      table.format = word(of: fields["format"], default: DataFormat.parquet, noun: "format")
      let partitions = fields["partitions"]
      table.keys = partitions.map { $0.isEmptyCollection ? [] : keys(of: $0) } ?? []
    }
    if let field = fields["columns"] {
      table.columns = columns(of: field, beside: table.keys ?? [])
    }
    if let age = duration(of: fields["min_age"]) { table.minimumAge = age }
    let policy = word(
      of: fields["schema"], default: table.schemaPolicy, noun: "schema policy")
    if let policy { table.schemaPolicy = policy }
    if let flag = flag(of: fields["record_rows"]) { table.recordsRows = flag }
    if !isInCatalog || fields["csv"] != nil {
      table.csv = csv(
        of: fields["csv"], format: table.format, table: entry.name,
        hasColumns: table.columns != nil)
    }
    table.optional = optional(of: fields["optional"], in: table)
    table.time = time(of: fields["time"], in: table)
    table.isTimeMistaken = fields["time"] != nil && table.time == nil
    table.watch = watch(of: fields["watch"], in: table)
    return table
  }

  /// The columns that a file may lack; nested ones have dots in their names.
  private mutating func optional(of field: DeclaredField?, in table: TableDeclaration) -> [String] {
    guard let field else { return [] }
    let names = names(of: field, naming: .optionalColumn) ?? []
    let columns = table.columns?.map(\.name)
    for name in names {
      if let key = table.keys?.first(where: { $0.name.isSameName(as: name.value) }) {
        report(.keyAmongColumns(key.name), at: name.position)
        continue
      }
      let outer = String(name.value.unicodeScalars.prefix { $0 != "." })
      guard let columns,
        !columns.contains(where: { $0.isSameName(as: name.value) || $0.isSameName(as: outer) })
      else { continue }
      report(
        .unknownOptional(outer, near: NearName.of(outer, in: columns), columns: columns),
        at: name.position)
    }
    return names.map(\.value)
  }

  private mutating func keys(of field: DeclaredField?) -> [PartitionKey]? {
    guard let field, check(field, is: [.mapping, .list]) else { return nil }
    if field.value.kind == .list {
      return names(of: field, naming: .partitionKey)?.map {
        PartitionKey(name: $0.value, type: .string)
      }
    }
    let before = mistakes.count
    var keys: [PartitionKey] = []
    for entry in entries(of: field, naming: .partitionKey) {
      guard let text = text(of: entry) else { continue }
      guard let type = KeyType(text.value) else {
        report(
          .unknownKeyType(text.value, key: entry.name, near: Self.keyType(meantBy: text.value)),
          at: text.position)
        continue
      }
      keys.append(PartitionKey(name: entry.name, type: type))
    }
    // An incomplete set of keys would only cause more mistakes later.
    return mistakes.count == before ? keys : nil
  }

  /// The partition key type that was probably meant: the one that SQL or Python calls so, otherwise one with a similar
  /// spelling.
  private static func keyType(meantBy text: String) -> String? {
    let word = text.exact.lowercased
    switch word {
    case "integer", "int32", "smallint", "tinyint", "int4": return "int"
    case "long", "int64", "int8": return "bigint"
    case "varchar", "text", "str", "char": return "string"
    case "datetime", "timestamptz", "timestamp with time zone": return "timestamp"
    case "decimal", "numeric", "double", "float": return nil
    default:
      return NearName.of(
        word.text, in: ["string", "int", "bigint", "date", "timestamp", "decimal(10,2)", "boolean"])
    }
  }

  private mutating func columns(of field: DeclaredField, beside keys: [PartitionKey]) -> [Column]? {
    var columns: [Column] = []
    for entry in entries(of: field, naming: .column) {
      if keys.contains(where: { $0.name.isSameName(as: entry.name) }) {
        report(.keyAmongColumns(entry.name), at: entry.namePosition)
      } else if let type = text(of: entry) {
        columns.append(Column(name: entry.name, type: type.value))
      }
    }
    return columns
  }
}
