import IncrementalJoin
import PartitionPredicate

extension CatalogTable {
  /// A table for an output, with no partition yet.
  init(of output: OutputDefinition, named name: CatalogName, columns: [CatalogColumn]) {
    self.init(
      name: name, keys: output.keys.map { CatalogColumn($0) },
      storage: .parquet(columns, at: VersionPlace(output.location)),
      parameters: ["EXTERNAL": "TRUE", "classification": "parquet"])
  }

  /// Why an output cannot be published through this table; nil when it can.
  func obstacle(to output: OutputDefinition, _ places: GlueLocations) -> String? {
    if let target {
      return "it is a resource link to \(target) (name that table itself)"
    }
    if let kind = openTable {
      return "it is a table of \(kind), whose partitions are not the catalog's"
    }
    guard let storage, type?.exact.uppercased.contains(text: "VIEW") != true else {
      return "it is a view (name another table)"
    }
    if parameters["projection.enabled"]?.exact.lowercased == "true" {
      return
        "it has partition projection, with which Athena does not look at the locations of partitions (remove its "
        + "property projection.enabled, or name another table)"
    }
    guard storage.serde == StorageDescriptor.parquetSerDe else {
      return
        "its files are read by \(storage.serde ?? "no SerDe"), and those of an output are Parquet (name another table)"
    }
    let wanted = output.keys.map { CatalogColumn($0) }
    guard keys.map(\.bare) == wanted.map(\.bare) else {
      return
        "its partition keys are \(Self.list(keys)), and the output's are \(Self.list(wanted)) (name another table, or "
        + "say `partitions:` so)"
    }
    let location = VersionPlace(catalog: storage.location ?? "")
    guard
      location == VersionPlace(output.location) || output.keys.isEmpty && places.isOwn(location)
    else {
      return
        "its location is \(storage.location ?? "not known"), and the output's is \(output.location) (give the output "
        + "that location, or name another table)"
    }
    return nil
  }

  private var openTable: String? {
    let words = [parameters["table_type"], parameters["spark.sql.sources.provider"]]
      .compactMap { $0?.exact.lowercased }
    return ["Iceberg", "Delta", "Hudi"].first { words.contains($0.exact.lowercased) }
  }

  private static func list(_ keys: [CatalogColumn]) -> String {
    keys.isEmpty
      ? "none" : "(\(keys.map { "\($0.name) \($0.type)".exact }.joined(separator: ", ")))"
  }
}

extension CatalogColumn {
  /// A partition key, whose type has the same name in Hive.
  init(_ key: PartitionKey) {
    self.init(name: key.name.exact.lowercased.text, type: key.type.description)
  }

  /// What readers know it by.
  fileprivate var bare: [ExactText] {
    [name.exact.lowercased, type.exact.lowercased.replacing(every: " ", with: "")]
  }
}

extension StorageDescriptor {
  static let parquetSerDe = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"

  /// Parquet files of these columns.
  static func parquet(_ columns: [CatalogColumn], at version: VersionPlace) -> StorageDescriptor {
    let package = "org.apache.hadoop.hive.ql.io.parquet"
    return StorageDescriptor(
      columns: columns, location: version.location,
      inputFormat: "\(package).MapredParquetInputFormat",
      outputFormat: "\(package).MapredParquetOutputFormat", serde: parquetSerDe,
      serdeParameters: ["serialization.format": "1"])
  }
}
