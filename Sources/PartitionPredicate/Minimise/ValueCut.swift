/// A place between two values of one key, where a range begins or ends.
enum ValueCut: Hashable, Comparable, Sendable {
  /// Before every value that is not NULL.
  case start
  case before(PartitionValue)
  case after(PartitionValue)
  /// After every value.
  case end

  /// The order of the places.
  static func < (left: ValueCut, right: ValueCut) -> Bool {
    switch (left, right) {
    case (_, .start), (.end, _): false
    case (.start, _), (_, .end): true
    case (.before(let a), .before(let b)), (.after(let a), .after(let b)): a < b
    case (.before(let a), .after(let b)): a <= b
    case (.after(let a), .before(let b)): a < b
    }
  }

  /// The one spelling of this place in a type whose values can be counted: after 3 is before 4.
  func normalised(_ type: KeyType) -> ValueCut {
    switch self {
    case .after(let value) where type.isCounted:
      value.successor(type).map { .before($0) } ?? .end
    case .before(let value) where value == type.least: .start
    default: self
    }
  }
}

extension KeyType {
  /// Whether each value has a next one.
  var isCounted: Bool {
    switch self {
    case .int, .bigint, .date, .boolean: true
    case .string, .timestamp, .decimal: false
    }
  }

  /// The least value of a type that has one.
  fileprivate var least: PartitionValue? {
    switch self {
    case .int: .integer(Int64(Int32.min))
    case .bigint: .integer(.min)
    case .boolean: .boolean(false)
    case .string: .string("")
    case .date, .timestamp, .decimal: nil
    }
  }
}

extension PartitionValue {
  /// The next value of a type whose values can be counted; nil after the last one.
  func successor(_ type: KeyType) -> PartitionValue? {
    switch (self, type) {
    case (.integer(let number), .int): number < Int32.max ? .integer(number + 1) : nil
    case (.integer(let number), .bigint): number < Int64.max ? .integer(number + 1) : nil
    case (.date(let days), .date): days < Int.max ? .date(days: days + 1) : nil
    case (.boolean(let flag), .boolean): flag ? nil : .boolean(true)
    default: nil
    }
  }

  /// The value before this one, of a type whose values can be counted; nil before the first one.
  func predecessor(_ type: KeyType) -> PartitionValue? {
    switch (self, type) {
    case (.integer(let number), .int): number > Int32.min ? .integer(number - 1) : nil
    case (.integer(let number), .bigint): number > Int64.min ? .integer(number - 1) : nil
    case (.date(let days), .date): days > Int.min ? .date(days: days - 1) : nil
    case (.boolean(let flag), .boolean): flag ? .boolean(false) : nil
    default: nil
    }
  }
}
