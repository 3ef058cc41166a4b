import GlueCatalog
import Synchronization

#if S3
  import GlueClient
#endif

/// The client of a workspace's catalog, made when a table of it is first asked for.
final class CatalogAccess: Sendable {
  private let made = Mutex<(any CatalogClient)?>(nil)

  /// The client of the Glue Data Catalog that the environment names.
  ///
  /// - Throws: `CatalogError` when what is configured cannot be used.
  func client() throws(CatalogError) -> any CatalogClient {
    try made.withLock { made throws(CatalogError) in
      if let made { return made }
      let client = try Self.makeClient()
      made = client
      return client
    }
  }

  #if S3
    private static func makeClient() throws(CatalogError) -> any CatalogClient {
      try GlueClient(settings: GlueSettings()) { StandardError.write("dovetail: \($0)") }
    }
  #else
    private static func makeClient() throws(CatalogError) -> any CatalogClient { throw .notBuilt }
  #endif
}
