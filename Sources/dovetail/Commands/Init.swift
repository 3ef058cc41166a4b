import ArgumentParser
import Foundation
import GlueCatalog
import IncrementalJoin
import PartitionPredicate
import Workspace

/// `dovetail init`: writes a commented starting file.
struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a commented dovetail.yaml to start from.",
    discussion: """
      Example: dovetail init warehouse
      or: dovetail init warehouse --from-glue market.trades market.quotes
      """)

  @Argument(help: "The folder to write it to; it is created if it does not exist.")
  var folder = "."

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Tables of the Glue Data Catalog of the environment, to begin with.",
      valueName: "database.table"))
  var fromGlue: [String] = []

  @Flag(help: "Print JSON in the shape of docs/guide/json.md.")
  var json = false

  @OptionGroup var readOnly: ReadOnlyOption

  func run() async throws {
    try readOnly.allowChanges()
    let tables = try await glueTables()
    let path = try Workspace.create(
      in: folder, containing: tables.isEmpty ? nil : GlueStartingFile(tables).text)
    if json { return try Report.json(["path": path]) }
    Report.line("Wrote \(path).")
    Report.line("Edit its tables and its job, then look: dovetail -C \(folder) status")
  }

  /// What the catalog says about the tables; a table that cannot be read is an error.
  private func glueTables() async throws -> [GlueStartingFile.Table] {
    if fromGlue.isEmpty { return [] }
    let client = try CatalogAccess(GlueDefinition()).client()
    var tables: [GlueStartingFile.Table] = []
    for text in fromGlue {
      let parts = text.exact.parts(separatedBy: ".", omittingEmpty: false)
      guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
        throw UsageError("\(text) does not name a table as database.table, such as market.quotes.")
      }
      let name = CatalogName(database: parts[0].text, table: parts[1].text)
      switch try await client.description(of: name) {
      case .success(let description):
        tables.append(GlueStartingFile.Table(asked: name, description: description))
      case .failure(let refusal): throw UsageError("\(refusal)")
      }
    }
    return tables
  }
}
