import ArgumentParser
import GlueCatalog
import IncrementalJoin
import PartitionPredicate
import Reports
import Workspace

/// `dovetail catalog`: lists the Glue Data Catalog, for choosing the `glue:` of a table.
struct ShowCatalog: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "List the databases of the Glue Data Catalog, or the tables of one.",
    discussion: """
      Example: dovetail catalog market

      Of each table it says whether Dovetail reads it, and why not. It works in any folder: without a \
      dovetail.yaml the catalog is that of the environment.
      """)

  @Argument(help: "The database; by default the names of all databases are listed.")
  var database: String?

  @OptionGroup var options: Options

  func run() async throws {
    let client = try CatalogAccess(try Self.definition(options.workspace)).client()
    guard let database else { return try list(try await client.allDatabases()) }
    let entries = try await client.entries(of: database).map(CatalogJSON.init)
    if options.json { return try Report.json(entries) }
    if entries.isEmpty { Report.line("The database \(database) has no tables.") }
    Report.table(
      ["TABLE", "FORMAT", "KEYS", "LOCATION"],
      entries.filter(\.isRead).map {
        [$0.table, $0.format ?? "", $0.keys.joined(separator: ", "), $0.location ?? ""]
      })
    for entry in entries { if let reason = entry.reason { Report.line(reason) } }
  }

  /// The catalog of the workspace, or the environment's where there is no workspace.
  static func definition(_ option: WorkspaceOption) throws -> GlueDefinition {
    do throws(WorkspaceError) {
      return try WorkspaceFile(in: try Workspace.find(from: option.folder ?? ".")).glue
    } catch {
      guard case .notFound = error, option.folder == nil else { throw error }
      return GlueDefinition()
    }
  }

  private func list(_ databases: [String]) throws {
    if options.json { return try Report.json(databases.map { ["database": $0] }) }
    if databases.isEmpty { Report.line("The Glue Data Catalog has no databases.") }
    Report.table(["DATABASE"], databases.map { [$0] })
  }
}

/// A table of the catalog, as a command shows it.
struct CatalogJSON: Encodable {
  let table: String
  let isRead: Bool
  let format: String?
  let keys: [String]
  let location: String?
  let reason: String?

  enum CodingKeys: String, CodingKey {
    case table, format, keys, location, reason
    case isRead = "read"
  }

  init(_ entry: CatalogEntry) {
    (table, isRead, format) = (entry.table, entry.reason == nil, entry.format)
    (keys, location, reason) = (entry.keys, entry.location, entry.reason)
  }
}

extension CatalogClient {
  /// The tables of a database, each with whether and how Dovetail reads it.
  func entries(of database: String) async throws -> [CatalogEntry] {
    var entries: [CatalogEntry] = []
    for table in try await allTables(of: database) { entries.append(try await entry(of: table)) }
    return entries
  }

  /// Describes a table, following a resource link to the table it points to.
  private func entry(of found: CatalogTable) async throws -> CatalogEntry {
    let description: Result<TableDescription, TableRefusal>
    if found.target == nil {
      description = Result { () throws(TableRefusal) in try TableDescription(found) }
    } else {
      do {
        description = try await self.description(of: found.name)
      } catch {
        // The table behind a link may be gone, or not accessible to the caller.
        return CatalogEntry(
          table: "\(found.name)",
          reason: "The table \(found.name) is a link to a table that cannot be seen: \(error)")
      }
    }
    switch description {
    case .success(let description):
      return CatalogEntry(
        table: "\(found.name)", format: description.format.rawValue,
        keys: description.keys.map { "\($0.name) \($0.type)" },
        location: description.location.description)
    case .failure(let refusal):
      return CatalogEntry(
        table: "\(found.name)", keys: found.keys.map { "\($0.name) \($0.type)" },
        location: found.storage?.location, reason: "\(refusal)")
    }
  }
}
