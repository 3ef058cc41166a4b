public import Foundation

/// A column of a table as the ledger has pinned it.
public struct PinnedColumn: Hashable, Sendable {
  /// The name and, once a file has shown a value, the type.
  public let seen: SeenColumn
  /// Who gave the column its type; nil if an earlier Dovetail pinned it.
  public let origin: PinOrigin?

  /// Creates a pinned column.
  public init(_ seen: SeenColumn, origin: PinOrigin? = nil) {
    self.seen = seen
    self.origin = origin
  }
}

/// Who pinned a column, and when.
public struct PinOrigin: Hashable, Sendable {
  /// The run that saw the files; nil for an operator's own hand.
  public let run: RunID?
  /// The operator's account.
  public let user: String
  /// When it was pinned.
  public let at: Date

  /// Creates an origin.
  public init(run: RunID?, user: String, at: Date) {
    self.run = run
    self.user = user
    self.at = at
  }
}
