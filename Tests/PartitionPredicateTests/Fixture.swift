import Testing

@testable import PartitionPredicate

/// Partitions of `month` and `day`, and predicates over them.
enum Fixture {
  static let keys = [
    PartitionKey(name: "month", type: .int), PartitionKey(name: "day", type: .int),
  ]

  static func partition(_ month: Int64?, _ day: Int64?) -> Partition {
    Partition(
      keys: keys,
      values: [month, day].map { value in value.map { .integer($0) } ?? .null })
  }

  static func outline(_ text: String, keys: [PartitionKey] = keys) throws -> PredicateOutline {
    try PredicateOutline(text, keys: keys, today: 0)
  }

  static func debugger(_ text: String, _ partitions: [Partition]) throws -> PredicateDebugger {
    try #require(PredicateDebugger(outline(text), partitions: partitions))
  }
}

extension PredicateDebugger {
  /// Where the session stands: `3:month = 2` entered, `3=FALSE` with its value.
  var place: String {
    current.value.map { "\(current.clause)=\($0.literalText)" }
      ?? "\(current.clause):\(outline.text(of: current.clause))"
  }

  /// Moves and says where it came to.
  mutating func after(_ move: (inout PredicateDebugger) -> Void) -> String {
    move(&self)
    return place
  }
}
