public import IncrementalJoin
import PartitionPredicate

extension TableDescription {
  /// Reads what the catalog says.
  ///
  /// - Parameter table: No resource link.
  /// - Throws: `TableRefusal` for a table that cannot be read, or that would be read wrong.
  public init(_ table: CatalogTable) throws(TableRefusal) {
    try Self.checkKind(of: table)
    guard let storage = table.storage, let location = storage.place else {
      throw TableRefusal(table.name, .noLocation(table.storage?.location))
    }
    guard location.scheme == "s3" else {
      throw TableRefusal(table.name, .otherStore(location.description))
    }
    let reading = try TableReading(of: table, storage)
    var keys: [PartitionKey] = []
    for key in table.keys {
      guard let type = HiveType(key.type)?.keyType else {
        throw TableRefusal(table.name, .keyType(key: key.name, type: key.type))
      }
      keys.append(PartitionKey(name: key.name, type: type))
    }
    self.init(
      name: table.name, location: location, format: reading.format, keys: keys,
      columns: try reading.columns(of: storage), csv: reading.csv)
  }

  /// Refuses what is not a table of files, or whose files do not all count.
  private static func checkKind(of table: CatalogTable) throws(TableRefusal) {
    let kind: TableRefusal.Kind? =
      if table.type?.exact == "VIRTUAL_VIEW" {
        .view
      } else if let format = table.openFormat {
        .openTable(format)
      } else if table.parameters["projection.enabled"]?.exact.lowercased == "true" {
        .projection
      } else if table.isGoverned {
        .governed
      } else {
        nil
      }
    if let kind { throw TableRefusal(table.name, kind) }
  }
}

extension StorageDescriptor {
  /// The location as a place; nil where there is none.
  ///
  /// Hadoop's names of S3, `s3a` and `s3n`, are S3.
  public var place: Location? {
    guard let location, let place = Location(url: location.exact) else { return nil }
    let root = ExactText(
      String(
        decoding: place.root.text.utf8.reversed().drop { $0 == 0x2F }.reversed(), as: UTF8.self)
    )
    let isS3 = ["s3", "s3a", "s3n"].contains(place.scheme)
    return root.isEmpty ? nil : Location(scheme: isS3 ? "s3" : place.scheme, root: root)
  }
}

extension CatalogTable {
  /// The format whose log decides which files count; nil for plain files.
  var openFormat: OpenTableFormat? {
    let type = (parameters["table_type"] ?? "").exact.lowercased
    let provider = (parameters["spark.sql.sources.provider"] ?? "").exact.lowercased
    let classes = "\(storage?.inputFormat ?? "") \(storage?.serde ?? "")".exact.lowercased
    for format in OpenTableFormat.allCases {
      let name = format.rawValue.exact.lowercased
      let hasClass = classes.contains(text: format == .hudi ? "org.apache.hudi" : name)
      if type == name || provider == name || hasClass { return format }
    }
    return nil
  }
}
