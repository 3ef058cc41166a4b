import IncrementalJoin
import PartitionPredicate

extension DeclarationReader {
  /// Reads the name of a table in the Glue Data Catalog: `market.quotes`.
  mutating func catalogName(of field: DeclaredField?) -> Located<CatalogName>? {
    guard let text = text(of: field) else { return nil }
    let names = text.value.exact.parts(separatedBy: ".", omittingEmpty: false)
    guard names.count == 2, names.allSatisfy({ !$0.isEmpty && !$0.contains(text: " ") }) else {
      report(.glue(.noName(text.value)), at: text.position)
      return nil
    }
    return Located(
      CatalogName(database: names[0].text, table: names[1].text), at: text.position)
  }
}
