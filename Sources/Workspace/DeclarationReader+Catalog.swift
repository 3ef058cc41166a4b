import IncrementalJoin
import PartitionPredicate

extension DeclarationReader {
  /// Reads the top-level `glue:`, all of whose keys are optional.
  mutating func glue(of field: DeclaredField?) -> GlueDefinition {
    var glue = GlueDefinition()
    guard let field, field.value.kind != .nothing else { return glue }
    reportSecrets(in: field)
    guard
      let fields = fields(
        of: field, in: .glue, at: field.namePosition, required: [],
        optional: ["endpoint", "region", "profile", "catalog"])
    else { return glue }
    glue.endpoint = endpoint(of: fields["endpoint"])
    glue.region = text(of: fields["region"])?.value
    glue.profile = text(of: fields["profile"])?.value
    if let catalog = text(of: fields["catalog"]) {
      if catalog.value.utf8.count == 12, catalog.value.utf8.allSatisfy({ (48...57).contains($0) }) {
        glue.catalog = catalog.value
      } else {
        report(.glue(.badCatalog(catalog.value)), at: catalog.position)
      }
    }
    return glue
  }

  /// Reads a table's `glue: database.table`, and takes over what the catalog says about it.
  mutating func readCatalog(_ fields: [String: DeclaredField], into table: inout TableDeclaration) {
    for key in ["location", "partitions", "format"] {
      guard let field = fields[key] else { continue }
      report(.glue(.besideCatalog(key)), at: field.namePosition)
    }
    guard let located = catalogName(of: fields["glue"]) else { return }
    let name = located.value
    table.catalog = name
    switch answers[name] {
    case nil: return
    case .refused(let reason): report(.glue(.refused(reason)), at: located.position)
    case .table(let description):
      table.catalog = description.name
      table.location = Located(
        DeclaredLocation(declared: "glue:\(name)", at: description.location), at: located.position)
      table.format = description.format
      table.keys = description.keys
      table.columns = description.columns
      table.isOutput = description.isOutput
      // As for every output: partitions from an earlier definition lack its new columns until they are rebuilt.
      if description.isOutput { table.schemaPolicy = .lenient }
      if let csv = description.csv { table.csv = csv }
    }
  }
}
