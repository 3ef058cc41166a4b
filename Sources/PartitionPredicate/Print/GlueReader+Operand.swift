extension GlueReader {
  /// The key that a clause compares.
  func key(
    _ operand: PredicateNode, of node: PredicateNode
  ) throws(PredicateDialectError) -> Int {
    guard case .key(let index) = operand.kind else {
      if case .call(let function, _) = operand.kind {
        throw refusal(.noOperator(function.name), node)
      }
      throw refusal(.noKeyAndLiteral, node)
    }
    let key = predicate.keys[index]
    let first = key.name.utf8.first ?? UInt8(ascii: "0")
    let isPlain = key.name.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "_")
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
    }
    guard isPlain, first > UInt8(ascii: "9") else {
      throw refusal(.name(key: key, isReserved: false), node)
    }
    if Self.reserved.contains(key.name.exact.lowercased) {
      throw refusal(.name(key: key, isReserved: true), node)
    }
    if key.type == .boolean { throw refusal(.boolean(key: key), node) }
    return index
  }

  /// The literal with which a key is compared, as a value of the key's type; nil for NULL.
  func literal(
    _ operand: PredicateNode, _ index: Int, _ type: ValueType, _ node: PredicateNode
  ) throws(PredicateDialectError) -> String? {
    guard operand.isConstant else { throw refusal(.noKeyAndLiteral, node) }
    let (key, own) = (predicate.keys[index], ValueType(predicate.keys[index].type))
    let constant = evaluator.value(of: operand, [])
    if constant == .null { return nil }
    func mismatch() -> PredicateDialectError {
      refusal(.cast(key: key, literal: operand.type, compared: type), node)
    }
    guard type != .double, own == type || (own.isNumber && type.isNumber) else { throw mismatch() }
    let compared = constant.cast(from: operand.type, to: type, today: predicate.today)
    if compared == .null { return nil }
    let value = compared.cast(from: type, to: own, today: predicate.today)
    guard own == type || value.cast(from: own, to: type, today: predicate.today) == compared else {
      throw mismatch()
    }
    switch value {
    case .integer, .decimal: return value.text
    default: return quoted(Cast.string(value))
    }
  }

  /// A string literal, in which a quotation mark is doubled.
  func quoted(_ text: String) -> String { "'\(text.exact.replacing(every: "'", with: "''"))'" }

  /// The words that JSQLParser does not take as a column's name.
  private static let reserved: Set<ExactText> = Set(
    """
    absent all and any as between both case casewhen cast check connect connect_by_root constraint \
    create cross current distinct double else except exists false fetch final for force foreign \
    from full group grouping having if iif ignore ilike in inner intersect interval into is join \
    lateral left like limit minus natural nocycle not null offset on only optimize or order outer \
    output overlay pivot position procedure public qualify recursive regexp returning right rlike \
    sel select semi set some sql_cache sql_calc_found_rows sql_no_cache start straight_join substr \
    substring tables top trailing trim true unbounded union unique unpivot use using value values \
    varying when where window with xmlserialize xor
    """.exact.parts(separatedBy: " "))
}

extension ValueType {
  fileprivate var isNumber: Bool {
    switch self {
    case .int, .bigint, .decimal: true
    default: false
    }
  }
}
