import TestSupport

@testable import PartitionPredicate

/// Random predicate trees over keys of all types, with casts, functions and NULLs, and rows for them.
struct RandomPredicates {
  static let keys = [
    PartitionKey(name: "month", type: .int), PartitionKey(name: "day", type: .date),
    PartitionKey(name: "site", type: .string), PartitionKey(name: "late", type: .boolean),
    PartitionKey(name: "share", type: .decimal(precision: 3, scale: 1)),
    PartitionKey(name: "hour", type: .timestamp), PartitionKey(name: "size", type: .bigint),
  ]

  var random: SeededGenerator

  init(_ random: SeededGenerator) { self.random = random }

  /// Few values of each type, so that clauses meet.
  static func values(_ type: KeyType) -> [PartitionValue] {
    switch type {
    case .int: (0..<5).map { .integer($0) } + [.integer(Int64(Int32.max))]
    case .bigint: (1..<4).map { .integer($0) } + [.integer(.max), .integer(.min)]
    case .date: (-1..<4).map { .date(days: $0) }
    case .string: ["", "1", "01", "a", "b", "1970-01-02"].map { .string($0) }
    case .boolean: [.boolean(false), .boolean(true)]
    case .decimal: [-10, 0, 10, 15, 20].map { .decimal(unscaled: $0, scale: 1) }
    case .timestamp: (0..<4).map { .timestamp(microseconds: $0 * 3_600_000_000) }
    }
  }

  /// A random partition; one value in seven is NULL.
  mutating func row() -> [PartitionValue] {
    Self.keys.map { value($0.type) }
  }

  mutating func value(_ type: KeyType) -> PartitionValue {
    if Int.random(in: 0..<7, using: &random) == 0 { return .null }
    return Self.values(type).randomElement(using: &random) ?? .null
  }

  /// A random predicate with junctions and NOTs of this depth at most.
  mutating func predicate(depth: Int, keyCount: Int = 7) -> PushdownPredicate {
    PushdownPredicate(
      keys: Self.keys, root: node(depth: depth, keyCount: keyCount), today: 2)
  }

  mutating func node(depth: Int, keyCount: Int) -> PredicateNode {
    let choice = depth == 0 ? 9 : Int.random(in: 0..<10, using: &random)
    switch choice {
    case 0...2: return PredicateNode(.and(terms(depth, keyCount)), .boolean)
    case 3...5: return PredicateNode(.or(terms(depth, keyCount)), .boolean)
    case 6: return PredicateNode(.not(node(depth: depth - 1, keyCount: keyCount)), .boolean)
    case 7:
      return PredicateNode(
        .test(
          .isTruth(
            node(depth: depth - 1, keyCount: keyCount), .random(using: &random), as: .boolean),
          negated: .random(using: &random)), .boolean)
    default:
      if Int.random(in: 0..<20, using: &random) == 0 {
        return PredicateNode(.literal(value(.boolean)), .boolean)
      }
      return clause(Int.random(in: 0..<keyCount, using: &random), keyCount)
    }
  }

  private mutating func terms(_ depth: Int, _ keyCount: Int) -> [PredicateNode] {
    if Int.random(in: 0..<6, using: &random) == 0 {
      // Alternatives that share terms.
      let shared = (0..<2).map { _ in node(depth: 0, keyCount: keyCount) }
      return (0..<3).map { _ in
        .all(([node(depth: 0, keyCount: keyCount)] + shared).shuffled(using: &random))
      }
    }
    return (0..<Int.random(in: 2...5, using: &random)).map { _ in
      node(depth: depth - 1, keyCount: keyCount)
    }
  }

  private mutating func literal(_ type: KeyType) -> PredicateNode {
    let value = Int.random(in: 0..<12, using: &random) == 0 ? .null : value(type)
    return .literal(value, value == .null ? .null : ValueType(type))
  }

  mutating func clause(_ index: Int, _ keyCount: Int) -> PredicateNode {
    let key = Self.keys[index]
    let type = ValueType(key.type)
    let operand = PredicateNode.key(index, key)
    let negated = Bool.random(using: &random)
    let kind: PredicateNode.Kind
    switch Int.random(in: 0..<18, using: &random) {
    case 0...4:
      let comparison = ComparisonOperator.allCases.randomElement(using: &random) ?? .equal
      let sides = [operand, literal(key.type)]
      kind = .comparison(comparison, sides[negated ? 1 : 0], sides[negated ? 0 : 1], as: type)
    case 5, 6:
      let between = PredicateNode.Between(
        value: operand, low: literal(key.type), high: literal(key.type), lowType: type,
        highType: type)
      kind = .test(.isBetween(between), negated: negated)
    case 7, 8:
      let list = (0..<Int.random(in: 1...4, using: &random)).map { _ in literal(key.type) }
      kind = .test(.isIn(operand, list, as: type), negated: negated)
    case 9: kind = .test(.isNull(operand), negated: negated)
    case 10:
      // Compared as text, whatever the key is.
      kind = .comparison(.less, operand, literal(.string), as: .string)
    case 11:
      kind = .comparison(
        .greaterOrEqual, PredicateNode(.cast(operand), .string), literal(.string), as: .string)
    case 12:
      kind = .test(
        .isLike(
          PredicateNode(.cast(operand), .string), pattern: .literal(.string("%1%"), .string),
          escape: "\\"), negated: negated)
    case 13:
      let other = Int.random(in: 0..<keyCount, using: &random)
      kind = .comparison(.equal, operand, .key(other, Self.keys[other]), as: .string)
    case 14, 15:
      // Of constants alone it is computed.
      let value = PredicateNode(
        .call(.coalesce, [negated ? operand : literal(key.type), literal(key.type)]), type)
      kind = .comparison(.notEqual, value, literal(key.type), as: type)
    case 16:
      let number = PredicateNode.key(0, Self.keys[0])
      let sum = PredicateNode(.call(.plus, [number, .literal(.integer(1), .int)]), .int)
      let choice = PredicateNode(
        .call(
          .caseWhen,
          [PredicateNode(.test(.isNull(operand), negated: negated), .boolean), sum, number]),
        .int)
      kind = .comparison(.less, choice, literal(.int), as: .int)
    default:
      let date = PredicateNode(
        .call(.dateAdd, [literal(.date), .literal(.integer(1), .int)]), .date)
      let today = PredicateNode(.call(.currentDate, []), .date)
      kind = .comparison(
        .lessOrEqual, negated ? today : .key(1, Self.keys[1]), date, as: .date)
    }
    return PredicateNode(kind, .boolean)
  }
}
