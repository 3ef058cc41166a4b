/// Where a debugger stops by itself.
///
/// All parts that are given must hold: at this clause, with this result, for these partitions.
public struct PredicateBreakpoint: Hashable, Sendable {
  /// Its number, from 1, never used again in a session.
  public let number: Int
  /// The clause; nil for every clause.
  public let clause: Int?
  /// Stops where the clause becomes this; nil stops before it is evaluated.
  public let result: Truth?
  /// Stops only for partitions that this predicate selects, as it was typed; nil for all.
  public let filterText: String?
  /// The partitions of the session that the filter selects, found once; nil for all.
  let partitions: Set<Partition>?

  /// Whether it says only for which partitions to stop: then it stops at their first step.
  public var isForPartitionsOnly: Bool { clause == nil && result == nil }
}

extension PredicateBreakpoint: CustomStringConvertible {
  /// `2: at clause 3 where it is FALSE, if month = 1`.
  public var description: String {
    var text = "\(number): "
    text +=
      clause.map { "at clause \($0)" } ?? (result == nil ? "at the first step" : "at any clause")
    if let result { text += " where it is \(result.rawValue)" }
    if let filterText { text += ", if \(filterText)" }
    return text
  }
}
