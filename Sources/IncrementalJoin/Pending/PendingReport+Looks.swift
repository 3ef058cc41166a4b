public import Foundation
import PartitionPredicate

/// What of a table was left out of a look, since only a part of it is watched.
public struct UnwatchedPart: Hashable, Sendable {
  /// The table's name.
  public let table: String
  /// What is watched.
  public let watch: TableWatch
  /// From when on partitions are watched at the time of the look; nil for a predicate.
  public let start: Date?
  /// When a run last looked at everything; nil when none did.
  public let lastLook: Date?
}

extension PendingReport {
  /// The tables of which only a part is watched and that were now looked at in full, without repetition.
  var newLooks: [String] {
    watched.filter { $0.isWhole && $0.failure == nil }.map(\.table.name)
  }

  /// What is not watched of the tables, whether it was looked at or not, in the order of the inputs.
  ///
  /// - Parameter ledger: Knows when each was looked at.
  /// - Returns: One for each table that has a `watch:`.
  /// - Throws: what the ledger throws.
  public func unwatchedParts(_ ledger: any LedgerReader) throws -> [UnwatchedPart] {
    try watched.compactMap { snapshot in
      guard let watch = snapshot.table.watch else { return nil }
      return UnwatchedPart(
        table: snapshot.table.name, watch: watch,
        start: watch.start(at: snapshot.listedAt).map {
          Date(timeIntervalSince1970: Double($0) / 1_000_000)
        },
        lastLook: try ledger.lastLook(table: snapshot.table.name))
    }
  }

  /// One snapshot a table that has a `watch:`.
  private var watched: [Snapshot] {
    var seen: Set<TableDefinition> = []
    return snapshots.filter { $0.table.watch != nil && seen.insert($0.table).inserted }
  }
}

extension UnwatchedPart: CustomStringConvertible {
  /// The text for people: `weather: partitions that ended before 2026-08-31 were last looked at 2026-11-01`.
  public var description: String {
    let days = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
    let part =
      switch watch {
      case .selected: "partitions outside of `\(predicate ?? "")`"
      case .lately(let length):
        "partitions that ended "
          + (start.map { "before \($0.formatted(days))" } ?? "more than \(length.spelling) ago")
      }
    let look =
      lastLook.map { "were last looked at \($0.formatted(days))" }
      ?? "were not looked at since `watch:` was written"
    return "\(table): \(part) \(look)"
  }

  /// The predicate that selects what is watched; nil where a length of time does.
  public var predicate: String? {
    guard case .selected(let predicate) = watch else { return nil }
    return SparkPrinter().text(predicate)
  }
}
