import GlueCatalog
import IncrementalJoin
import PartitionPredicate
import Workspace

extension CatalogAccess {
  /// What the catalog says about tables; one that is named twice counts once.
  ///
  /// - Parameter texts: Their names, as `database.table`.
  /// - Returns: The tables, in that order.
  /// - Throws: `UsageError` for a name of another form and a table that Dovetail does not read; `CatalogError`.
  func described(_ texts: [String]) async throws -> [DescribedTable] {
    let client = try client()
    var tables: [DescribedTable] = []
    for text in texts {
      let parts = text.exact.parts(separatedBy: ".", omittingEmpty: false)
      guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
        throw UsageError("\(text) does not name a table as database.table, such as market.quotes.")
      }
      let name = CatalogName(database: parts[0].text, table: parts[1].text)
      guard !tables.contains(where: { $0.asked == name }) else { continue }
      switch try await client.description(of: name) {
      case .success(let description):
        tables.append(DescribedTable(asked: name, description: description))
      case .failure(let refusal): throw UsageError("\(refusal)")
      }
    }
    return tables
  }
}

extension TableAddition {
  /// Composes the lines that declare tables of the catalog in the `dovetail.yaml` of a folder, and checks that it could be
  /// used with them; nothing is written.
  ///
  /// - Parameters:
  ///   - texts: Their names, as `database.table`.
  ///   - folder: The folder of the file.
  /// - Returns: The lines, and where they go.
  /// - Throws: `WorkspaceError`, and what `CatalogAccess.described` throws.
  static func composed(of texts: [String], in folder: String) async throws -> TableAddition {
    let file = try WorkspaceFile(in: folder)
    let catalog = CatalogAccess(file.glue)
    let addition = try file.adding(try await catalog.described(texts))
    try addition.check(try await catalog.answers(for: addition.result.catalogNames))
    return addition
  }
}
