/// Writes predicates in the recipe's form for Glue's `push_down_predicate`:
/// `(month=='1' and day=='31') or (month is null and day=='1')`.
///
/// Every value is quoted; Spark casts it to the key's type.
public struct PlainPrinter: Sendable {
  /// Creates a printer.
  public init() {}

  /// The predicate in the recipe's form.
  ///
  /// - Throws: `PredicateDialectError.plain` for what is no equality or NULL test, joined by AND and
  ///   then by OR, and where a quoted value would not be compared as the predicate compares it.
  public func text(_ predicate: PushdownPredicate) throws(PredicateDialectError) -> String {
    var text = ""
    guard case .or(let terms) = predicate.root.kind else {
      try write(predicate.root, keys: predicate.keys, to: &text)
      return text
    }
    for (index, term) in terms.enumerated() {
      if index > 0 { text += " or " }
      try write(term, keys: predicate.keys, to: &text)
    }
    return text
  }

  /// Partitions in the recipe's form, each in every raw spelling that it has.
  ///
  /// Folders such as `month=1` and `month=01` of an int key are one partition with two spellings. A
  /// partition without spellings is written in its canonical one.
  ///
  /// - Parameters:
  ///   - partitions: Partitions with their raw spellings: one text a key, percent-decoded.
  ///   - keys: The keys of the partitions and of the spellings, in their order.
  /// - Returns: One conjunction a spelling, in the order of the partitions; FALSE for no partition.
  /// - Throws: `PredicateDialectError.plain` for a key of type decimal with more than 15 digits.
  public func text(
    partitions: [(Partition, spellings: [[ExactText]])], keys: [PartitionKey]
  ) throws(PredicateDialectError) -> String {
    guard !partitions.isEmpty else { return "FALSE" }
    for (index, key) in keys.enumerated() {
      if case .decimal(let precision, _) = key.type, precision > Self.exactDigits {
        let node = PredicateNode(.key(index), ValueType(key.type))
        throw .plain(.digits(key: key), PredicateDialectError.Clause(node, keys: keys))
      }
    }
    var text = ""
    for (partition, spellings) in partitions.sorted(by: { $0.0 < $1.0 }) {
      let written = spellings.isEmpty ? [partition.values.map(\.quotable.exact)] : spellings
      for (index, spelling) in written.enumerated() where !written[..<index].contains(spelling) {
        precondition(spelling.count == keys.count, "a spelling has one text a key")
        text += text.isEmpty ? "(" : " or ("
        for (index, raw) in spelling.enumerated() {
          if index > 0 { text += " and " }
          write(keys[index], raw == hiveDefaultPartition.exact ? nil : raw.text, to: &text)
        }
        text += ")"
      }
    }
    return text
  }

  /// How many digits a decimal may have for its double to be unlike every other one's.
  private static let exactDigits = 15

  private func write(
    _ node: PredicateNode, keys: [PartitionKey], to text: inout String
  ) throws(PredicateDialectError) {
    if case .literal(let value) = node.kind {
      // NULL selects as little as FALSE does.
      text += value == .boolean(true) ? "TRUE" : "FALSE"
      return
    }
    var terms = [node]
    if case .and(let conjunction) = node.kind { terms = conjunction }
    text += "("
    for (index, term) in terms.enumerated() {
      if index > 0 { text += " and " }
      switch term.kind {
      case .test(.isNull(let operand), negated: false):
        guard case .key(let index) = operand.kind else { throw refusal(.shape, term, keys) }
        write(keys[index], nil, to: &text)
      case .comparison(.equal, let left, let right, as: let type):
        let (key, literal) = if case .key = left.kind { (left, right) } else { (right, left) }
        guard case .key(let index) = key.kind, case .literal(let value) = literal.kind,
          value != .null
        else { throw refusal(.shape, term, keys) }
        if let limit = limit(keys[index], literal.type, as: type) {
          throw refusal(limit, term, keys)
        }
        write(keys[index], value.quotable, to: &text)
      default: throw refusal(.shape, term, keys)
      }
    }
    text += ")"
  }

  private func write(_ key: PartitionKey, _ raw: String?, to text: inout String) {
    let spark = SparkText(keys: [])
    spark.write(name: key.name, to: &text)
    guard let raw else {
      text += " is null"
      return
    }
    text += "=="
    spark.write(string: raw, to: &text)
  }

  /// Why quoting the literal changes what is compared; nil when it does not.
  private func limit(
    _ key: PartitionKey, _ literal: ValueType, as type: ValueType
  ) -> PredicateDialectError.PlainLimit? {
    switch (ValueType(key.type), literal) {
    case (_, .string): nil
    case (.decimal(let precision, _), .decimal(let other, _)):
      max(precision, other) > Self.exactDigits ? .digits(key: key) : nil
    case (.decimal(let precision, _), .int):
      precision > Self.exactDigits ? .digits(key: key) : nil
    case (.bigint, .int): nil
    case (let own, literal) where own == literal: nil
    default: .cast(key: key, compared: type)
    }
  }

  private func refusal(
    _ limit: PredicateDialectError.PlainLimit, _ node: PredicateNode, _ keys: [PartitionKey]
  ) -> PredicateDialectError {
    .plain(limit, PredicateDialectError.Clause(node, keys: keys))
  }
}

extension PartitionValue {
  /// The canonical text, which Spark reads as this value; of dates and instants also beyond the
  /// years 0 to 9999.
  fileprivate var quotable: String {
    switch self {
    case .date, .timestamp: Cast.string(self)
    default: text
    }
  }
}
