import IncrementalJoin
import PartitionPredicate

/// The rows of one input in one work unit, as SQL.
///
/// A value that is not exactly one of its column's type raises the error of `MisreadValue`.
struct InputRelation: Hashable, Sendable {
  /// Its columns have DuckDB's own spelling of their types.
  let input: JoinUnit.Input
  /// The input's files; none for an empty relation.
  var groups: [FileGroup]
  /// The columns whose text is looked at where DuckDB does not spell it so, see `OtherSpellings`.
  var otherSpellings: Set<ExactText> = []
  /// How the time of a row is read; nil where the unit does not look at it.
  var reading: TimeReading?

  /// The columns that a scan of JSON has: an object as the file has it, and with marked numbers.
  private static let objectColumn = "object".sqlIdentifier
  private static let markedColumn = "marked".sqlIdentifier

  /// The column with a row's file, which no column of the group may be called.
  private func fileColumn(of group: FileGroup) -> String {
    guard input.format != .json else { return "dovetail file" }
    var name = "dovetail file"
    while group.columns.named(name) != nil { name += " " }
    return name
  }

  /// A SELECT of the table's columns, in their order, and of the given keys of the input.
  ///
  /// - Parameters:
  ///   - keys: Those of the input's keys that are columns.
  ///   - unit: The column, an identifier, for the number of the unit that reads a row, see `FileGroup.unit`.
  ///   - row: The column for the number of a row, from 0, in the order of the groups and their files; only for
  ///     Parquet.
  ///   - file: The column for the path of a row's file.
  ///   - more: Columns that depend on the partition and the unit of a row.
  /// - Returns: The SELECT.
  func select(
    keys: [PartitionKey], unit: String? = nil, row: String? = nil, file: String? = nil,
    more: [ScanColumn] = []
  ) -> String {
    guard !groups.isEmpty else {
      let columns =
        input.columns.map { "CAST(NULL AS \($0.type)) AS \($0.name.sqlIdentifier)" }
        + keys.map { "CAST(NULL AS \($0.type.sqlType)) AS \($0.name.sqlIdentifier)" }
        + [
          unit.map { "CAST(NULL AS INTEGER) AS \($0)" },
          row.map { "CAST(NULL AS UINTEGER) AS \($0)" },
          file.map { "CAST(NULL AS VARCHAR) AS \($0)" },
        ]
        .compactMap(\.self) + more.map { "CAST(NULL AS \($0.type)) AS \($0.name)" }
      return "SELECT \(columns.joined(separator: ", ")) WHERE false"
    }
    return FileScan.scans(of: groups, format: input.format).map { scan in
      let group = scan.group
      let columns = input.columns.enumerated().map { index, column in
        let value =
          group.columns.named(column.name).map {
            self.value(of: $0, as: column, index, in: group)
          }
          ?? "CAST(NULL AS \(column.type))"
        return "\(value) AS \(column.name.sqlIdentifier)"
      }
      let constants = keys.map { key in
        let values = scan.parts.map { part in
          part.partition.boundKeys.named(key.name)?.sqlConstant
            ?? "CAST(NULL AS \(key.type.sqlType))"
        }
        return "\(scan.each(values)) AS \(key.name.sqlIdentifier)"
      }
      let hidden =
        [
          unit.map { "CAST(\(scan.each(scan.parts.map { "\($0.unit)" })) AS INTEGER) AS \($0)" },
          row.map {
            "CAST(\(scan.eachFile(scan.parts.flatMap(\.firstRows))) + file_row_number AS UINTEGER) AS \($0)"
          },
          file.map { "\(fileColumn(of: group).sqlIdentifier) AS \($0)" },
        ].compactMap(\.self)
        + more.map { column in
          "CAST(\(scan.each(scan.parts.map { column.value($0) })) AS \(column.type)) AS \(column.name)"
        }
      return "SELECT \((columns + constants + hidden).joined(separator: ", ")) "
        + "FROM \(source(of: group))"
    }.joined(separator: " UNION ALL ")
  }

  /// The groups of each partition in each unit, which follow each other.
  var groupsByPartition: [[FileGroup]] {
    groups.reduce(into: []) { parts, group in
      if let last = parts.last?.last, last.unit == group.unit, last.partition == group.partition {
        parts[parts.count - 1].append(group)
      } else {
        parts.append([group])
      }
    }
  }

  /// How many rows the input has.
  var rowCount: Int64 { groups.lazy.flatMap(\.rows).reduce(0, +) }

  /// A SELECT that counts the rows of groups of one partition whose own column for one of its keys differs from
  /// the path's value; nil when no file has such a column.
  func countOfDifferences(in key: BoundKey, of groups: [FileGroup]) -> String? {
    let counts = groups.compactMap { group in
      group.columns.named(key.key.name).map { column in
        let type = input.format == .parquet ? column.type : "VARCHAR"
        let differs = key.differs(from: text(of: column), type: type)
        return "(SELECT count(*) FROM \(scan(group)) WHERE \(differs))"
      }
    }
    return counts.isEmpty ? nil : "SELECT \(counts.joined(separator: " + ")) AS differences"
  }

  /// The value of a file's column as the table's type.
  private func value(of own: Column, as column: Column, _ index: Int, in group: FileGroup) -> String
  {
    if input.format == .parquet, own.type.exact == column.type.exact {
      return own.name.sqlIdentifier
    }
    let type = ColumnType(column.type)
    switch input.format {
    case .parquet:
      let read = own.name.sqlIdentifier
      guard let conversion = ColumnType(own.type).converted(read, to: type) else { return read }
      guard conversion.mayFail else { return conversion.sql }
      let failure = failure(column.name, type, value: read, in: group)
      return "CASE WHEN \(read) IS NOT NULL THEN coalesce(\(conversion.sql), \(failure)) END"
    case .csv:
      let reading = TextValue(type, csv: input.csv)
      let text = own.name.sqlIdentifier
      if reading.isText { return text }
      let candidate = Self.candidate(index)
      let exact = "CASE WHEN \(reading.isExact(candidate, text)) THEN \(candidate)"
      guard otherSpellings.contains(column.name.exact) else {
        return "\(exact) WHEN \(text) IS NOT NULL THEN \(miss(column, text)) END"
      }
      let failure = failure(column.name, type, value: text, in: group)
      return "\(exact) ELSE coalesce(\(reading.otherwise(text)), CASE WHEN \(text) IS NULL "
        + "OR \(text.sqlBare) = '' THEN NULL ELSE \(failure) END) END"
    case .json:
      let looksCloser = otherSpellings.contains(column.name.exact)
      let json = JSONValue(
        failure: { name, type, json in
          looksCloser
            ? self.failure(
              name, type, value: JSONValue.text(of: json), object: Self.objectColumn, in: group)
            : self.miss(column, json)
        }, looksCloser: looksCloser)
      return json.sql(
        Self.candidate(index), as: type, spelling: ColumnType(own.type), column: column.name)
    }
  }

  private func miss(_ column: Column, _ text: String) -> String {
    OtherSpellings.miss(input: input.name, column: column.name, text: text)
  }

  private func failure(
    _ column: String, _ type: ColumnType, value: String, object: String? = nil, in group: FileGroup
  ) -> String {
    MisreadValue.sql(
      file: fileColumn(of: group).sqlIdentifier, column: column, type: type, value: value,
      object: object)
  }

  /// The name of what was read of a table's column before it is looked at: it is used several times.
  private static func candidate(_ index: Int) -> String { "dovetail \(index)".sqlIdentifier }

  /// The rows of a group, with the candidates of the table's columns.
  private func source(of group: FileGroup) -> String {
    let candidates: [String] = input.columns.enumerated().compactMap { index, column in
      guard let own = group.columns.named(column.name) else { return nil }
      let name = Self.candidate(index)
      switch input.format {
      case .parquet: return nil
      case .csv:
        let reading = TextValue(ColumnType(column.type), csv: input.csv)
        return reading.isText
          ? nil : "\(reading.candidate(own.name.sqlIdentifier)) AS \(name)"
      case .json:
        return "json_extract(\(Self.markedColumn), "
          + "\(own.name.jsonPointer.sqlLiteral)) AS \(name)"
      }
    }
    guard !candidates.isEmpty else { return scan(group) }
    return "(SELECT *, \(candidates.joined(separator: ", ")) FROM \(scan(group)))"
  }

  /// A file's column as text, before it is read as a type.
  private func text(of column: Column) -> String {
    guard input.format == .json else { return column.name.sqlIdentifier }
    return "json_extract_string(\(Self.objectColumn), "
      + "\(column.name.jsonPointer.sqlLiteral))"
  }

  /// What the files of a group hold: columns of Parquet and CSV, and objects of JSON.
  func scan(_ group: FileGroup, options: String = "") -> String {
    let files = group.files.sqlPaths
    let common =
      "filename = \(fileColumn(of: group).sqlLiteral), hive_partitioning = false\(options)"
    let compression = "compression = '\(group.layout.compression.rawValue)'"
    switch input.format {
    case .parquet: return "read_parquet(\(files), \(common))"
    case .csv:
      let columns = group.columns.map { "\($0.name.sqlLiteral): 'VARCHAR'" }
      let rows =
        "read_csv(\(files), \(common), \(compression), \(input.csv.options), "
        + "columns = {\(columns.joined(separator: ", "))})"
      let null = input.csv.escapedNull.map(\.sqlLiteral).joined(separator: ", ")
      guard !null.isEmpty else { return rows }
      let read = group.columns.map { column in
        let name = column.name.sqlIdentifier
        return "CASE WHEN \(name) NOT IN (\(null)) THEN \(name) END AS \(name)"
      }
      return "(SELECT * REPLACE (\(read.joined(separator: ", "))) FROM \(rows))"
    case .json:
      let format = (group.layout.json ?? .lines).rawValue
      return
        "(SELECT json AS \(Self.objectColumn), \(JSONValue.marked("json")) AS \(Self.markedColumn), "
        + "filename AS \(fileColumn(of: group).sqlIdentifier) FROM read_json_objects(\(files), "
        + "format = '\(format)', \(compression), filename = true, hive_partitioning = false))"
    }
  }
}

extension CSVDialect {
  /// The options of `read_csv` for the dialect; every column is read as text.
  ///
  /// What is quoted is never missing.
  var options: String {
    // DuckDB wants at least one spelling: this one is not text of any file.
    let plain = null.filter { !escapedNull.contains($0) }
    let spellings = (plain.isEmpty || !escapedNull.isEmpty ? plain + ["\u{1}NULL"] : plain)
      .map(\.sqlLiteral).joined(separator: ", ")
    return "auto_detect = false, header = \(hasHeader), delim = \(delimiter.sqlLiteral), "
      + "quote = \((quote ?? "").sqlLiteral), escape = \((escape ?? "").sqlLiteral), "
      + "nullstr = [\(spellings)], allow_quoted_nulls = false, encoding = '\(encoding.rawValue)'"
  }

  /// Spellings of a missing value with the escape in them, such as `\\N`, which DuckDB does not take: they
  /// are compared behind it, quoted or not.
  var escapedNull: [String] {
    guard let escape, escape.exact != quote?.exact else { return [] }
    return null.filter { $0.exact.contains(text: escape.exact) }
  }
}
