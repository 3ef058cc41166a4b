import CPOSIX
import GlueCatalog
import IncrementalJoin
import PartitionPredicate
import Synchronization
import Workspace

#if S3
  import GlueClient
#endif

/// The client of a workspace's Glue Data Catalog, made on first use.
final class CatalogAccess: Sendable {
  private let definition: GlueDefinition
  private let made = Mutex<(any CatalogClient)?>(nil)

  init(_ definition: GlueDefinition) { self.definition = definition }

  /// The client.
  ///
  /// - Throws: `CatalogError` when the configuration cannot be used.
  func client() throws(CatalogError) -> any CatalogClient {
    try made.withLock { made throws(CatalogError) in
      if let made { return made }
      let client = try Self.client(of: definition)
      made = client
      return client
    }
  }

  /// Looks up tables concurrently.
  ///
  /// - Parameter names: The names that `dovetail.yaml` uses for them.
  /// - Returns: A description of each, or why the table is not read.
  /// - Throws: `CatalogError` when the catalog cannot be reached.
  func answers(
    for names: Set<CatalogName>
  ) async throws -> [CatalogName: WorkspaceFile.Answer] {
    if names.isEmpty { return [:] }
    let client = try client()
    return try await withThrowingTaskGroup(of: (CatalogName, WorkspaceFile.Answer).self) { group in
      for name in names {
        group.addTask { (name, try await Self.answer(client, name)) }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
  }

  private static func answer(
    _ client: any CatalogClient, _ name: CatalogName
  ) async throws(CatalogError) -> WorkspaceFile.Answer {
    do throws(CatalogError) {
      switch try await client.description(of: name) {
      case .success(let description): return .table(description)
      case .failure(let refusal): return .refused("\(refusal)")
      }
    } catch {
      switch error {
      case .noTable, .noDatabase: return .refused("\(error)")
      default: throw error
      }
    }
  }

  #if S3
    private static func client(
      of definition: GlueDefinition
    ) throws(CatalogError) -> any CatalogClient {
      let settings = GlueSettings(
        endpoint: definition.endpoint?.exact, region: definition.region?.exact,
        profile: definition.profile?.exact, catalog: definition.catalog?.exact)
      let notices = RetryNotices()
      // Its credentials are kept in memory.
      _ = system_forbid_core_dumps()
      return try GlueClient(settings: settings) { sentence in
        if notices.isDue() { StandardError.write("dovetail: \(sentence)") }
      }
    }
  #else
    private static func client(
      of definition: GlueDefinition
    ) throws(CatalogError) -> any CatalogClient {
      throw .notBuilt
    }
  #endif
}
