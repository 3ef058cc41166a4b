import GlueCatalog

extension GlueObject {
  /// Takes the storage descriptor; nil where there is none.
  mutating func storage() throws(CatalogError) -> StorageDescriptor? {
    guard var object = try object("StorageDescriptor") else { return nil }
    var serde = try object.object("SerdeInfo")
    var storage = StorageDescriptor(
      columns: try object.columns("Columns"), location: try object.text("Location"),
      inputFormat: try object.text("InputFormat"), outputFormat: try object.text("OutputFormat"),
      serde: try serde?.text("SerializationLibrary"),
      serdeParameters: try serde?.parameters("Parameters") ?? [:],
      isCompressed: object.flag("Compressed"), parameters: try object.parameters("Parameters"))
    // Such as the SerDe's name.
    object.putBack(serde?.rest ?? [:], as: "SerdeInfo")
    storage.others = object.rest
    return storage
  }

  /// Takes columns; none where the list is missing.
  mutating func columns(_ name: String) throws(CatalogError) -> [CatalogColumn] {
    try list(name) { column throws(CatalogError) in
      CatalogColumn(
        name: try column.neededText("Name"), type: try column.text("Type") ?? "string",
        comment: try column.text("Comment"), others: column.rest)
    }
  }
}

extension StorageDescriptor {
  /// What a creation or an update says of it.
  var input: CatalogValue {
    var fields = others
    var info: CatalogFields = [:]
    if case .object(let others)? = others["SerdeInfo"] { info = others }
    info["SerializationLibrary"] = serde.map { .text($0) }
    info["Parameters"] = .texts(serdeParameters)
    fields["SerdeInfo"] = .object(info)
    fields["Columns"] = .list(columns.map(\.input))
    fields["Location"] = location.map { .text($0) }
    fields["InputFormat"] = inputFormat.map { .text($0) }
    fields["OutputFormat"] = outputFormat.map { .text($0) }
    fields["Compressed"] = .boolean(isCompressed)
    fields["Parameters"] = .texts(parameters)
    return .object(fields)
  }
}

extension CatalogColumn {
  /// What a creation or an update says of it.
  var input: CatalogValue {
    var fields = others
    fields["Name"] = .text(name)
    fields["Type"] = .text(type)
    fields["Comment"] = comment.map { .text($0) }
    return .object(fields)
  }
}

extension CatalogValue {
  /// Texts by name.
  static func texts(_ texts: CatalogParameters) -> CatalogValue {
    .object(texts.mapValues { .text($0) })
  }
}
