public import Foundation
public import GlueCatalog
public import IncrementalJoin
public import PartitionPredicate
import Synchronization

/// A catalog in memory that answers as Glue does, with its limits: it pages, has versions of tables and none of
/// partitions, and refuses entries of a batch one by one.
public final class MemoryCatalog: CatalogClient {
  struct State {
    /// The tables, by database.
    var databases: [ExactText: [ExactText: Table]] = [:]
    var bookmarks: [ExactText: JobBookmarkEntry] = [:]
    var counts: [CatalogRequest: Int] = [:]
    var expressions: [String] = []
    var held: (kind: CatalogRequest?, skipped: Int, request: HeldRequest)?
    var failure = CatalogError.unreachable(endpoint: "memory", reason: "it is told to fail")
    var refused: [[ExactText]: EntryFailure] = [:]
    var ignoresExpressions = false
    var now = Date(timeIntervalSince1970: 1_700_000_000)
  }

  struct Table {
    var description: CatalogTable
    var partitions: [[ExactText]: CatalogPartition] = [:]
  }

  let state = Mutex(State())
  let pageSize: Int
  /// Requests that fail before they are carried out, by the names of `CatalogRequest`.
  public let faults: Faults
  /// Requests whose answers are lost after they were carried out.
  public let losses: Faults

  /// Creates a catalog without tables.
  ///
  /// - Parameters:
  ///   - databases: The names of its databases, in lower case.
  ///   - pageSize: How many entries a page has at most.
  ///   - faults: Shared with an object store, where a test counts the steps of both.
  ///   - losses: Likewise.
  public init(
    databases: [String] = [], pageSize: Int = 1000, faults: Faults = Faults(),
    losses: Faults = Faults()
  ) {
    (self.faults, self.losses) = (faults, losses)
    self.pageSize = pageSize
    state.withLock { state in
      for name in databases { state.databases[name.exact] = [:] }
    }
  }

  /// What the catalog's clock shows: a write whose date is older than 5 minutes is refused.
  public var now: Date {
    get { state.withLock { $0.now } }
    set { state.withLock { $0.now = newValue } }
  }

  /// What a request throws that is told to fail.
  public var failure: CatalogError {
    get { state.withLock { $0.failure } }
    set { state.withLock { $0.failure = newValue } }
  }

  /// Whether all partitions are answered whatever the expression says, as some that call themselves compatible do.
  public var ignoresExpressions: Bool {
    get { state.withLock { $0.ignoresExpressions } }
    set { state.withLock { $0.ignoresExpressions = newValue } }
  }

  /// How many requests there were of each kind, since the last `resetCounts`; a page is one.
  public var counts: [CatalogRequest: Int] { state.withLock { $0.counts } }

  /// The expressions that partitions were asked for by, since the last `resetCounts`; `""` without one.
  public var expressions: [String] { state.withLock { $0.expressions } }

  /// Counts from zero again.
  public func resetCounts() { state.withLock { ($0.counts, $0.expressions) = ([:], []) } }

  /// Holds back a request that is still to come.
  ///
  /// - Parameters:
  ///   - kind: Of which kind; nil for any.
  ///   - skipped: How many of this kind pass before it.
  /// - Returns: The request, by which the test lets it go on.
  public func hold(_ kind: CatalogRequest?, after skipped: Int = 0) -> HeldRequest {
    let request = HeldRequest()
    state.withLock { $0.held = (kind, skipped, request) }
    return request
  }

  /// Refuses the entry of a partition in every batch, as Glue does when it is short of something; nil stops it.
  public func refuse(_ values: [String], as failure: EntryFailure?) {
    state.withLock { $0.refused[values.map(\.exact)] = failure }
  }

  /// Puts a table there as somebody else would, with its database; its partitions stay.
  public func put(_ table: CatalogTable) {
    state.withLock { state in
      let (database, name) = (table.name.database.exact, table.name.table.exact)
      var table = table
      table.version = table.version ?? "1"
      state.databases[database, default: [:]][name, default: Table(description: table)]
        .description = table
    }
  }

  /// Puts a partition there as somebody else would, or removes it by its values.
  public func put(_ partition: CatalogPartition?, _ values: [String], of name: CatalogName) {
    state.withLock { state in
      state.databases[name.database.exact]?[name.table.exact]?.partitions[values.map(\.exact)] =
        partition
    }
  }

  /// Puts a bookmark there.
  public func put(_ bookmark: JobBookmarkEntry) {
    state.withLock { $0.bookmarks[bookmark.job.exact] = bookmark }
  }

  /// The partitions of a table, in the order of their values.
  public func partitions(of name: CatalogName) -> [CatalogPartition] {
    state.withLock { (try? $0.table(name))?.sorted ?? [] }
  }

  /// Where the partitions of a table lie, by their values between slashes.
  public func locations(of name: CatalogName) -> [ExactText: String] {
    Dictionary(
      partitions(of: name).map {
        ($0.values.joined(separator: "/").exact, $0.storage?.location ?? "nowhere")
      }, uniquingKeysWith: { $1 })
  }
}

extension MemoryCatalog.State {
  func table(_ name: CatalogName) throws(CatalogError) -> MemoryCatalog.Table {
    guard let tables = databases[name.database.exact] else { throw .noDatabase(name.database) }
    guard let table = tables[name.table.exact] else { throw .noTable(name) }
    return table
  }
}

extension MemoryCatalog.Table {
  /// The partitions in the order of their values.
  var sorted: [CatalogPartition] {
    partitions.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }
}
