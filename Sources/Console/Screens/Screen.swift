/// One of the console's screens, numbered by the key that opens it.
public enum Screen: Int, CaseIterable, Hashable, Sendable {
  /// The jobs and what to do next.
  case overview = 1
  /// Tables, their partitions and files.
  case catalog
  /// What counts as consumed, and the runs.
  case bookmarks
  /// The pending partitions and why they are pending.
  case pending
  /// The pushdown predicate of each input.
  case predicate
  /// The plan before it runs.
  case preview
  /// The current run, or the last one.
  case run
  /// The partitions in time order.
  case calendar

  /// The word on the screen's tab.
  public var title: String {
    switch self {
    case .overview: "Overview"
    case .catalog: "Catalog"
    case .bookmarks: "Bookmarks"
    case .pending: "Pending"
    case .predicate: "Predicate"
    case .preview: "Plan"
    case .run: "Run"
    case .calendar: "Calendar"
    }
  }
}
