import IncrementalJoin
import PartitionPredicate

/// How the files of a table are read, by its SerDe or, without one, its classification.
struct TableReading {
  private let name: CatalogName
  private let kind: Kind

  private enum Kind {
    case parquet
    case json
    /// Fields without quotes; text is read as the columns' types.
    case simple(CSVDialect)
    /// Every column is text, whatever type the catalog says.
    case openCSV(CSVDialect)
  }

  /// - Throws: `TableRefusal`.
  init(of table: CatalogTable, _ storage: StorageDescriptor) throws(TableRefusal) {
    name = table.name
    let parameters = table.parameters.merging(storage.parameters) { $1 }
    let serde = storage.serde.flatMap(Self.className)
    switch serde {
    case "ParquetHiveSerDe": kind = .parquet
    case "JsonSerDe", "HiveJsonSerDe":
      kind = .json
      let mapping = storage.serdeParameters.keys.map(\.exact).sorted().first {
        $0.begins(with: "mapping.")
      }
      if let mapping {
        throw TableRefusal(
          table.name,
          .parameter(
            name: mapping.text, value: storage.serdeParameters[mapping.text] ?? ""))
      }
    case "LazySimpleSerDe":
      kind = .simple(try Self.simple(table.name, storage.serdeParameters, parameters))
    case "OpenCSVSerde":
      kind = .openCSV(try Self.openCSV(table.name, storage.serdeParameters, parameters))
    case nil where parameters["classification"]?.exact == "parquet": kind = .parquet
    case nil where parameters["classification"]?.exact == "json": kind = .json
    default:
      let named = serde?.text ?? parameters["classification"] ?? "the catalog names no SerDe"
      throw TableRefusal(table.name, .format(named))
    }
  }

  /// The last part of a class: packages differ between Hive, Spark and Glue.
  private static func className(_ serde: String) -> ExactText? {
    serde.exact.parts(separatedBy: ".").last
  }

  /// The format that a SerDe reads; nil for one that is not known.
  static func format(of serde: String) -> DataFormat? {
    switch className(serde) {
    case "ParquetHiveSerDe": .parquet
    case "JsonSerDe", "HiveJsonSerDe": .json
    case "LazySimpleSerDe", "OpenCSVSerde": .csv
    default: nil
    }
  }

  var format: DataFormat {
    switch kind {
    case .parquet: .parquet
    case .json: .json
    case .simple, .openCSV: .csv
    }
  }

  var csv: CSVDialect? {
    switch kind {
    case .parquet, .json: nil
    case .simple(let dialect), .openCSV(let dialect): dialect
    }
  }

  /// The columns; nil where the files' own types are needed.
  ///
  /// Hive's `timestamp` does not tell an instant from what a clock shows, and Parquet files do.
  func columns(of storage: StorageDescriptor) throws(TableRefusal) -> [Column]? {
    var columns: [Column] = []
    for column in storage.columns {
      if case .openCSV = kind {
        columns.append(Column(name: column.name, type: "VARCHAR"))
        continue
      }
      let type = HiveType(column.type)
      if format == .parquet, type == nil || type?.isAmbiguous == true { return nil }
      guard let type, format != .csv || type.isPlain else {
        throw TableRefusal(name, .columnType(column: column.name, type: column.type))
      }
      columns.append(Column(name: column.name, type: type.columnType.spelling))
    }
    if columns.isEmpty {
      if format == .parquet { return nil }
      throw TableRefusal(name, .noColumns)
    }
    return columns
  }
}

extension TableReading {
  private typealias Parameters = [String: String]  // characters: Glue's names are ASCII

  /// https://cwiki.apache.org/confluence/display/Hive/SerDe: fields are cut at the delimiter, and nothing quotes them.
  private static func simple(
    _ table: CatalogName, _ serde: Parameters, _ parameters: Parameters
  ) throws(TableRefusal) -> CSVDialect {
    // Escapes and such have no counterpart; a line's end that is named is the usual one nearly always.
    for name in ["escape.delim", "timestamp.formats", "line.delim"] {
      guard let value = serde[name], name.exact != "line.delim" || value.exact != "\n" else {
        continue
      }
      throw TableRefusal(table, .parameter(name: name, value: value))
    }
    return CSVDialect(
      delimiter: serde["field.delim"] ?? serde["serialization.format"].flatMap(delimiter)
        ?? "\u{1}",
      quote: nil, escape: nil, hasHeader: try hasHeader(table, parameters, serde),
      null: [serde["serialization.null.format"] ?? "\\N"])
  }

  /// https://docs.aws.amazon.com/athena/latest/ug/csv-serde.html: nothing is NULL.
  private static func openCSV(
    _ table: CatalogName, _ serde: Parameters, _ parameters: Parameters
  ) throws(TableRefusal) -> CSVDialect {
    CSVDialect(
      delimiter: serde["separatorChar"] ?? ",", quote: serde["quoteChar"] ?? "\"",
      escape: serde["escapeChar"] ?? "\\", hasHeader: try hasHeader(table, parameters, serde),
      null: [])
  }

  /// `serialization.format` is a delimiter by its number, or as it is.
  private static func delimiter(_ format: String) -> String? {
    if let number = UInt8(format), number < 32 { return String(UnicodeScalar(number)) }
    return format.utf8.count == 1 ? format : nil
  }

  private static func hasHeader(
    _ table: CatalogName, _ parameters: Parameters, _ serde: Parameters
  ) throws(TableRefusal) -> Bool {
    let footer = parameters["skip.footer.line.count"] ?? "0"
    guard footer.exact == "0" else {
      throw TableRefusal(table, .parameter(name: "skip.footer.line.count", value: footer))
    }
    let count = parameters["skip.header.line.count"] ?? serde["skip.header.line.count"] ?? "0"
    switch count.exact {
    case "0": return false
    case "1": return true
    default: throw TableRefusal(table, .parameter(name: "skip.header.line.count", value: count))
    }
  }
}
