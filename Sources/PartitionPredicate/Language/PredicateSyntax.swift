/// A predicate as it was read: what it says, before anyone asks what its names and types are.
///
/// A chain such as `a AND b AND c` is one node of three terms; a term in parentheses stays a node of
/// its own, so that printing writes the parentheses back. No node is nested deeper than
/// ``maximumDepth``, so that a recursion over the tree is safe.
struct PredicateSyntax: Sendable {
  /// How deep parentheses, NOT, comparisons, calls and lists may be nested.
  ///
  /// Long chains of AND and OR and long lists are not deep.
  static let maximumDepth = 200

  /// What the node says.
  indirect enum Kind: Equatable, Sendable {
    /// NULL, a boolean, a string or a number, with its sign.
    case literal(PartitionValue, ValueType)
    /// `DATE '..'` or `TIMESTAMP '..'`: the type, and the string literal.
    case typedLiteral(ValueType, PredicateSyntax)
    /// A name without its back quotes.
    case name(String)
    /// A function, an operator of arithmetic or CASE.
    case call(PredicateFunction, [PredicateSyntax])
    /// INTERVAL, which stands beside + and - only.
    case interval(PredicateInterval)
    case cast(PredicateSyntax, to: ValueType)
    case comparison(ComparisonOperator, PredicateSyntax, PredicateSyntax)
    case isBetween(PredicateSyntax, low: PredicateSyntax, high: PredicateSyntax, negated: Bool)
    /// The list has at least one element.
    case isIn(PredicateSyntax, [PredicateSyntax], negated: Bool)
    case isLike(PredicateSyntax, pattern: PredicateSyntax, escape: Unicode.Scalar, negated: Bool)
    /// RLIKE, also written REGEXP.
    case matches(PredicateSyntax, pattern: PredicateSyntax, negated: Bool)
    case isNull(PredicateSyntax, negated: Bool)
    /// IS TRUE or IS FALSE.
    case isTruth(PredicateSyntax, Bool, negated: Bool)
    case not(PredicateSyntax)
    /// At least two terms.
    case and([PredicateSyntax])
    /// At least two terms.
    case or([PredicateSyntax])
  }

  /// What the node says, with its operands.
  let kind: Kind
  /// The bytes of the text (UTF-8 offsets) from its first to its last token, without parentheses
  /// around it.
  let range: Range<Int>
  /// How many nodes the longest path below it has.
  let depth: Int

  /// Reads a predicate's text.
  ///
  /// - Throws: `PushdownPredicateError` with the place of the first mistake; also for the empty text.
  init(parsing text: String) throws(PushdownPredicateError) {
    var parser = try PredicateParser(text)
    self = try parser.predicate()
  }

  init(_ kind: Kind, range: Range<Int>, depth: Int = 0) {
    self.kind = kind
    self.range = range
    self.depth = depth
  }
}

extension PredicateSyntax: Equatable {
  /// Trees are equal when they say the same, wherever they were read from.
  static func == (left: PredicateSyntax, right: PredicateSyntax) -> Bool {
    left.kind == right.kind
  }
}

/// A span of time behind INTERVAL: whole months, whole days, or a time.
///
/// The three differ in what becomes of a date to which they are added: months and days leave it a date, a
/// time makes an instant of it, even one of 24 hours.
enum PredicateInterval: Hashable, Sendable {
  case months(Int)
  case days(Int)
  case microseconds(Int64)

  /// The span in the other direction.
  var negated: PredicateInterval {
    switch self {
    case .months(let number): .months(-number)
    case .days(let number): .days(-number)
    case .microseconds(let number): .microseconds(0 &- number)
    }
  }

  /// A number of units that are named as in Spark, in the singular or the plural, in any case.
  ///
  /// - Returns: nil for another word, and for more than Spark's types of intervals hold.
  init?(_ number: Int64, _ unit: String) {
    let lengths: [ExactText: PredicateInterval] = [
      "year": .months(12), "month": .months(1), "week": .days(7), "day": .days(1),
      "hour": .microseconds(3_600_000_000), "minute": .microseconds(60_000_000),
      "second": .microseconds(1_000_000), "millisecond": .microseconds(1000),
      "microsecond": .microseconds(1),
    ]
    let word = unit.exact.lowercased
    let singular =
      word.ends(with: "s") ? ExactText(String(word.text.unicodeScalars.dropLast())) : word
    guard let length = lengths[word] ?? lengths[singular] else { return nil }
    guard let result = length.times(number), result.isHeld else { return nil }
    self = result
  }

  /// The sum with a span of the same kind, or of days and a time; nil for months and days, which Spark
  /// does not mix, and beyond what Spark's types of intervals hold.
  func adding(_ other: PredicateInterval) -> PredicateInterval? {
    let sum: PredicateInterval
    switch (self, other) {
    case (.months(let left), .months(let right)): sum = .months(left + right)
    case (.days(let left), .days(let right)): sum = .days(left + right)
    case (.months, _), (_, .months): return nil
    default:
      let (total, overflow) = microseconds.addingReportingOverflow(other.microseconds)
      if overflow { return nil }
      sum = .microseconds(total)
    }
    return sum.isHeld ? sum : nil
  }

  /// The length of days or a time; 0 for months, whose length is not known.
  var microseconds: Int64 {
    switch self {
    case .months: 0
    case .days(let number): Int64(number) * CivilDate.microsecondsADay
    case .microseconds(let number): number
    }
  }

  private var isHeld: Bool {
    switch self {
    case .months(let number): number.magnitude <= UInt(Int32.max)
    case .days(let number): number.magnitude <= Self.mostDays
    case .microseconds(let number): number != .min
    }
  }

  /// What 64 bits of microseconds hold.
  private static let mostDays: UInt = 106_751_991

  private func times(_ number: Int64) -> PredicateInterval? {
    switch self {
    case .months(let unit):
      let (product, overflow) = unit.multipliedReportingOverflow(by: Int(number))
      return overflow ? nil : .months(product)
    case .days(let unit):
      let (product, overflow) = unit.multipliedReportingOverflow(by: Int(number))
      return overflow ? nil : .days(product)
    case .microseconds(let unit):
      let (product, overflow) = unit.multipliedReportingOverflow(by: number)
      return overflow ? nil : .microseconds(product)
    }
  }
}
