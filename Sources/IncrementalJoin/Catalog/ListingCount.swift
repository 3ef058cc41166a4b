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
public enum ListingObserver {
  /// Called from any thread, for each table every ``interval`` files and at the end; nil for none.
  @TaskLocal public static var current: (@Sendable (ListingCount) -> Void)?

  /// How many files are listed from one call to the next.
  static let interval = 1000
}
