public import Foundation
public import IncrementalJoin
import PartitionPredicate

/// Tables whose partitions the Glue Data Catalog knows, over the file store in which these lie.
///
/// A partition is asked for by an expression or by its values where that saves requests, and what is answered is always
/// looked at again: a catalog may answer too much. Its files are those directly below its location, which may be anywhere in
/// the store, by whatever names; names that begin with `.` or `_` are hidden.
public struct GlueTables: TableReader {
  /// Finds the client of the catalog, which is asked for no sooner than a table is.
  public typealias Clients = @Sendable () throws(CatalogError) -> any CatalogClient

  private let client: Clients
  private let files: any FileStore
  private let clock: @Sendable () -> Date

  /// Reads the tables of a catalog.
  ///
  /// - Parameters:
  ///   - client: Asks the catalog.
  ///   - files: Where the partitions lie.
  ///   - clock: What listings are timed by.
  public init(
    _ client: @escaping Clients, over files: any FileStore,
    clock: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.client = client
    self.files = files
    self.clock = clock
  }

  /// Lists a table that has a name in the catalog.
  public func snapshot(of table: TableDefinition, in scope: PartitionScope) async -> Snapshot {
    guard let name = table.catalog else {
      return await HiveTables(over: files, clock: clock).snapshot(of: table, in: scope)
    }
    let listedAt = clock()
    let wanted = scope == .watched ? table.watch?.scope(at: listedAt) ?? .all : scope
    var listing = CatalogListing(of: table, in: wanted, at: listedAt)
    do throws(CatalogError) {
      let entries = try await entries(of: table, name, wanted, client())
      await listing.list(entries, files)
    } catch {
      listing.fail(error, name)
    }
    return listing.snapshot
  }

  /// The partitions of the catalog, among them all of the scope.
  private func entries(
    of table: TableDefinition, _ name: CatalogName, _ scope: PartitionScope,
    _ client: any CatalogClient
  ) async throws(CatalogError) -> [CatalogPartition] {
    guard !table.keys.isEmpty else {
      // Its files are where the catalog says now.
      return [CatalogPartition(values: [], storage: try await client.table(name).storage)]
    }
    let search = PartitionSearch(client, name)
    return try await search.partitions(PartitionQuestion(scope, of: table))
  }
}
