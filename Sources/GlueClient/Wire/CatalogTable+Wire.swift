import GlueCatalog
import IncrementalJoin
import PartitionPredicate

extension CatalogTable {
  /// Reads a table of an answer.
  init(_ object: inout GlueObject, catalog: String?) throws(CatalogError) {
    let link = try object.object("TargetTable")
    var target: CatalogName?
    if var link {
      target = CatalogName(
        catalog: try link.text("CatalogId"), database: try link.neededText("DatabaseName"),
        table: try link.neededText("Name"))
    }
    let type = try object.text("TableType")
    let isRegistered = object.flag("IsRegisteredWithLakeFormation")
    self.init(
      name: CatalogName(
        catalog: catalog, database: try object.neededText("DatabaseName"),
        table: try object.neededText("Name")),
      type: type, keys: try object.columns("PartitionKeys"), storage: try object.storage(),
      parameters: try object.parameters("Parameters"), target: target,
      isGoverned: isRegistered || type?.exact == "GOVERNED",
      version: try object.text("VersionId"), others: [:])
    // Of what is left, an update takes these only.
    let accepted: Set = [
      "Description", "Owner", "LastAccessTime", "LastAnalyzedTime", "Retention",
      "ViewOriginalText", "ViewExpandedText",
    ]
    others = object.rest.filter { accepted.contains($0.key) }
  }

  /// What a creation or an update says of the table.
  var input: CatalogValue {
    var fields = others
    fields["Name"] = .text(name.table)
    fields["TableType"] = type.map { .text($0) }
    fields["PartitionKeys"] = .list(keys.map(\.input))
    fields["StorageDescriptor"] = storage?.input
    fields["Parameters"] = .texts(parameters)
    if let target {
      fields["TargetTable"] = .object([
        "DatabaseName": .text(target.database), "Name": .text(target.table),
        "CatalogId": target.catalog.map { .text($0) } ?? .null,
      ])
    }
    return .object(fields)
  }
}

extension CatalogPartition {
  /// Reads a partition of an answer.
  init(_ object: inout GlueObject) throws(CatalogError) {
    self.init(
      values: try object.texts("Values") ?? [], storage: try object.storage(),
      parameters: try object.parameters("Parameters"))
    let accepted: Set = ["LastAccessTime", "LastAnalyzedTime"]
    others = object.rest.filter { accepted.contains($0.key) }
  }

  /// What a creation or an update says of the partition.
  var input: CatalogValue {
    var fields = others
    fields["Values"] = .list(values.map { .text($0) })
    fields["StorageDescriptor"] = storage?.input
    fields["Parameters"] = .texts(parameters)
    return .object(fields)
  }
}
