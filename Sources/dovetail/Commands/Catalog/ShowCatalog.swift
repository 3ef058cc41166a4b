import ArgumentParser
import GlueCatalog
import IncrementalJoin
import PartitionPredicate
import Workspace

/// `dovetail catalog`: what the Glue Data Catalog has, to be picked for `glue:` of a table.
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
    var entries: [CatalogEntry] = []
    for table in try await client.allTables(of: database) {
      entries.append(try await CatalogEntry(table, client))
    }
    if options.json { return try Report.json(entries) }
    if entries.isEmpty { Report.line("The database \(database) has no tables.") }
    Report.table(
      ["TABLE", "FORMAT", "KEYS", "LOCATION"],
      entries.filter(\.isRead).map {
        [$0.table, $0.format ?? "", $0.keys.joined(separator: ", "), $0.location ?? ""]
      })
    for entry in entries { if let reason = entry.reason { Report.line(reason) } }
  }

  /// The catalog of the workspace, or that of the environment where there is no workspace.
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
struct CatalogEntry: Encodable {
  let table: String
  /// Whether Dovetail reads it.
  let isRead: Bool
  let format: String?
  let keys: [String]
  let location: String?
  /// Why it is not read.
  let reason: String?

  enum CodingKeys: String, CodingKey {
    case table, format, keys, location, reason
    case isRead = "read"
  }

  /// Looks at a table, and at the one that a resource link leads to.
  init(_ found: CatalogTable, _ client: any CatalogClient) async throws {
    table = "\(found.name)"
    let description: Result<TableDescription, TableRefusal>
    if found.target == nil {
      description = Result { () throws(TableRefusal) in try TableDescription(found) }
    } else {
      do {
        description = try await client.description(of: found.name)
      } catch {
        // The table of a link may have gone, or be closed to who asks.
        (isRead, format, keys, location) = (false, nil, [], nil)
        reason = "The table \(found.name) is a link to a table that cannot be seen: \(error)"
        return
      }
    }
    switch description {
    case .success(let description):
      isRead = true
      format = description.format.rawValue
      keys = description.keys.map { "\($0.name) \($0.type)" }
      location = description.location.description
      reason = nil
    case .failure(let refusal):
      isRead = false
      format = nil
      keys = found.keys.map { "\($0.name) \($0.type)" }
      location = found.storage?.location
      reason = "\(refusal)"
    }
  }
}
