/// How many data files of a table a listing has found.
public struct ListingCount: Hashable, Sendable {
  /// The table's name.
  public let table: String
  /// So far, or all of them.
  public let files: Int
  /// Whether the listing has ended.
  public let isDone: Bool

  /// Creates a count.
  public init(table: String, files: Int, isDone: Bool) {
    self.table = table
    self.files = files
    self.isDone = isDone
  }
}

/// Receives the progress of listings.
///
/// A type around the function: optimized, Swift 6.3 pushes a function as a task local without the metadata of its type,
/// and crashes.
public struct ListingObserver: Sendable {
  /// Who is told of the listings of this task; nil for nobody.
  @TaskLocal public static var current: ListingObserver?

  /// Called from any thread, for each table every ``interval`` files and at the end.
  let report: @Sendable (ListingCount) -> Void

  /// Creates an observer.
  public init(_ report: @escaping @Sendable (ListingCount) -> Void) { self.report = report }

  /// How many files are listed from one call to the next.
  static let interval = 1000
}
