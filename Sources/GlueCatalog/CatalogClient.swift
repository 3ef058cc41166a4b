public import Foundation
public import IncrementalJoin

/// The requests of the AWS Glue Data Catalog's API that tables, outputs and bookmarks are built on.
///
/// Every call is one request; who needs all pages goes on with `next`. An implementation retries what may be sent again,
/// with a pause, and ends promptly when its task is cancelled (`CatalogError.cancelled`). A write whose answer did not come
/// throws `.lost`, and who asked for it looks.
///
/// Glue has no condition on partitions. A write of them that is dated is signed with that instant however often it is sent,
/// so that the catalog refuses it 5 minutes later, and whoever may write next knows when that is.
///
/// https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog.html
public protocol CatalogClient: Sendable {
  /// The names of the databases: one page.
  func databases(after: String?) async throws(CatalogError) -> CatalogPage<String>

  /// The tables of a database: one page.
  func tables(of database: String, after: String?) async throws(CatalogError)
    -> CatalogPage<CatalogTable>

  /// What the catalog says of a table.
  ///
  /// - Throws: `CatalogError.noTable`; `.noDatabase`.
  func table(_ name: CatalogName) async throws(CatalogError) -> CatalogTable

  /// Creates a table.
  ///
  /// - Throws: `CatalogError.exists`.
  func create(_ table: CatalogTable) async throws(CatalogError)

  /// Replaces what the catalog says of a table, if it is still the version that was read; not later than 5 minutes after a
  /// date.
  ///
  /// - Throws: `CatalogError.moved` where somebody else has replaced it.
  func update(_ table: CatalogTable, at date: Date?) async throws(CatalogError)

  /// One page of the partitions of a table.
  ///
  /// - Parameters:
  ///   - name: The table's.
  ///   - request: Which of them.
  ///   - after: The `next` of the page before; nil for the first one.
  /// - Returns: The page.
  /// - Throws: `CatalogError`.
  func partitions(of name: CatalogName, _ request: PartitionsRequest, after: String?)
    async throws(CatalogError) -> CatalogPage<CatalogPartition>

  /// Partitions by their values, 1,000 at most; those that do not exist are left out.
  func partitions(of name: CatalogName, values: [[String]]) async throws(CatalogError)
    -> [CatalogPartition]

  /// Creates partitions, 100 at most.
  ///
  /// - Parameters:
  ///   - partitions: Each whole.
  ///   - name: The table's.
  ///   - date: The instant that the request is signed with; nil for that at which it is sent.
  /// - Returns: Those that were refused, each with the catalog's reason; the others are there.
  /// - Throws: `CatalogError`.
  func create(_ partitions: [CatalogPartition], of name: CatalogName, at date: Date?)
    async throws(CatalogError) -> [EntryFailure]

  /// Replaces partitions as a whole, 100 at most.
  ///
  /// - Returns: Those that were refused; the others are replaced.
  func update(_ partitions: [CatalogPartition], of name: CatalogName, at date: Date?)
    async throws(CatalogError) -> [EntryFailure]

  /// Deletes partitions by their values, 25 at most.
  ///
  /// - Returns: Those that were refused; the others are gone.
  func delete(_ values: [[String]], of name: CatalogName, at date: Date?)
    async throws(CatalogError) -> [EntryFailure]

  /// The bookmark of a Glue job after its last successful run, or as of a run.
  ///
  /// - Throws: `CatalogError.noBookmark` of a job that has never recorded one, or that does not exist.
  func bookmark(of job: String, run: String?) async throws(CatalogError) -> JobBookmarkEntry
}

/// One page of an answer.
public struct CatalogPage<Entry: Sendable>: Sendable {
  /// In the order of the answer.
  public var entries: [Entry]
  /// Continues the answer; nil on the last page, which may be empty like every other.
  public var next: String?

  /// Creates a page.
  public init(entries: [Entry], next: String? = nil) {
    self.entries = entries
    self.next = next
  }
}

/// Which partitions of a table are asked for.
public struct PartitionsRequest: Hashable, Sendable {
  /// A boolean expression over the keys, of 2,048 characters at most; nil for all partitions.
  public var expression: String?
  /// One of several parts that do not overlap, which may be asked for side by side; nil for the whole.
  public var segment: Segment?
  /// Whether the partitions' columns are left out.
  public var leavesOutColumns: Bool

  /// A part of a table's partitions: `number` is from 0, `total` is 10 at most.
  public struct Segment: Hashable, Sendable {
    /// From 0.
    public let number: Int
    /// Of all parts, 10 at most.
    public let total: Int

    /// Names a part.
    public init(number: Int, of total: Int) {
      self.number = number
      self.total = total
    }
  }

  /// Creates a request.
  public init(expression: String? = nil, segment: Segment? = nil, leavesOutColumns: Bool = true) {
    self.expression = expression
    self.segment = segment
    self.leavesOutColumns = leavesOutColumns
  }
}

/// Why one entry of a batch was refused.
public struct EntryFailure: Hashable, Sendable {
  /// The partition's.
  public let values: [String]
  /// Such as `AlreadyExistsException`.
  public let code: String
  /// In the catalog's words.
  public let message: String

  /// Creates a refusal.
  public init(values: [String], code: String, message: String) {
    self.values = values
    self.code = code
    self.message = message
  }
}
