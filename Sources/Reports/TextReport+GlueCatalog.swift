import Wording

/// A database of the Glue Data Catalog.
public struct CatalogDatabase: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// In the catalog's order.
  public let tables: [CatalogEntry]

  /// Takes over what the catalog says.
  public init(name: String, tables: [CatalogEntry]) {
    self.name = name
    self.tables = tables
  }
}

/// A table of the Glue Data Catalog, as shown to people.
public struct CatalogEntry: Hashable, Sendable {
  /// `database.table`.
  public let table: String
  /// The format; nil where Dovetail does not read the table.
  public let format: String?
  /// The partition keys with their types.
  public let keys: [String]
  /// The location; nil where the catalog has none.
  public let location: String?
  /// Why Dovetail does not read it; nil where it does.
  public let reason: String?

  /// Describes a table.
  public init(
    table: String, format: String? = nil, keys: [String] = [], location: String? = nil,
    reason: String? = nil
  ) {
    self.table = table
    self.format = format
    self.keys = keys
    self.location = location
    self.reason = reason
  }
}

extension TextReport {
  /// What the Glue Data Catalog has, and what of it Dovetail reads.
  ///
  /// - Parameters:
  ///   - databases: In the catalog's order.
  ///   - isConsole: Whether the console shows it, which has a workspace already.
  /// - Returns: The report.
  public static func glueCatalog(_ databases: [CatalogDatabase], isConsole: Bool = false)
    -> TextReport
  {
    var report = TextReport(title: "Glue Data Catalog")
    guard !databases.isEmpty else {
      report.add("The Glue Data Catalog has no databases.", .dim)
      return report
    }
    for database in databases {
      report.add(
        "\(database.name): \(Quantity.count(database.tables.count, "table"))", .strong)
      let read = database.tables.filter { $0.reason == nil }
      if !read.isEmpty {
        report.add(
          [Column("Table"), Column("Format"), Column("Keys"), Column("Location")],
          read.map {
            Row(
              [$0.table, $0.format ?? "", $0.keys.joined(separator: ", "), $0.location ?? ""],
              glueTable: $0.table)
          })
      }
      for entry in database.tables {
        if let reason = entry.reason { report.add(reason, .warning) }
      }
      report.add()
    }
    if let table = databases.lazy.flatMap(\.tables).first(where: { $0.reason == nil })?.table {
      report.add(
        isConsole
          ? "Space marks tables, and Enter shows the lines that declare them in dovetail.yaml."
          : "`dovetail tables add --from-glue \(table)` declares one in dovetail.yaml; `dovetail init FOLDER "
            + "--from-glue \(table)` writes a workspace over it.",
        .dim)
    }
    return report
  }

  /// What dovetail.yaml would get: exactly the lines, each behind a plus sign.
  ///
  /// - Parameters:
  ///   - lines: The lines.
  ///   - first: The number of the first of them in the file, counted from 1.
  /// - Returns: The report.
  public static func tableAddition(_ lines: [String], from first: Int) -> TextReport {
    var report = TextReport(title: "What dovetail.yaml would get")
    let last = first + lines.count - 1
    report.add("Lines \(first) to \(last); nothing else in the file changes.")
    report.add()
    for line in lines { report.add(line.isEmpty ? "+" : "+ \(line)", .good) }
    return report
  }
}
