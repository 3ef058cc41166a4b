/// Reads a predicate, without NOT above AND, OR and clauses, as clauses of Glue's expressions.
struct GlueReader {
  let predicate: PushdownPredicate
  let evaluator: PredicateEvaluator

  init(_ predicate: PushdownPredicate) {
    self.predicate = predicate
    evaluator = PredicateEvaluator(predicate)
  }

  func refusal(
    _ limit: PredicateDialectError.GlueLimit, _ node: PredicateNode
  ) -> PredicateDialectError {
    .glue(limit, PredicateDialectError.Clause(node, keys: predicate.keys))
  }

  /// The clause of a node, at the top of the predicate or below AND and OR.
  func clause(_ node: PredicateNode) throws(PredicateDialectError) -> GlueClause {
    if node.isConstant {
      return evaluator.value(of: node, []) == .boolean(true) ? .always : .never
    }
    switch node.kind {
    case .and(let terms): return .conjunction(try terms.map(clause))
    case .or(let terms): return .disjunction(try terms.map(clause))
    case .comparison(let comparison, let left, let right, as: let type):
      return try clause(node, comparison, left, right, type)
    case .test(.isBetween(let between), let negated):
      return try clause(node, between, negated)
    case .test(.isIn(let value, let list, as: let type), let negated):
      return try membership(node, value, list, type, negated)
    case .test(.isLike(let value, let pattern, let escape), let negated):
      return try like(node, value, pattern, escape, negated)
    case .test(.isNull(let operand), let negated):
      let index = try key(operand, of: node)
      if negated { return .notNull(key: index, node) }
      throw refusal(.null(key: predicate.keys[index]), node)
    case .key(let index): throw refusal(.boolean(key: predicate.keys[index]), node)
    case .test(.matches, _): throw refusal(.noOperator("RLIKE"), node)
    case .test(.isTruth(_, let flag, _), _):
      throw refusal(.noOperator(flag ? "IS TRUE" : "IS FALSE"), node)
    case .not: throw refusal(.noOperator("NOT"), node)
    case .cast: throw refusal(.noOperator("CAST"), node)
    case .call(let function, _): throw refusal(.noOperator(function.name), node)
    case .literal: return .never
    }
  }

  /// The clause of a node as far as it can be said: what cannot is TRUE.
  func weakened(_ node: PredicateNode) -> GlueClause {
    switch node.kind {
    case .and(let terms) where !node.isConstant: return .conjunction(terms.map(weakened))
    case .or(let terms) where !node.isConstant: return .disjunction(terms.map(weakened))
    default:
      guard let clause = try? clause(node), clause.unsaidNullTest == nil else { return .always }
      return clause
    }
  }

  private func clause(
    _ node: PredicateNode, _ comparison: ComparisonOperator, _ left: PredicateNode,
    _ right: PredicateNode, _ type: ValueType
  ) throws(PredicateDialectError) -> GlueClause {
    if comparison == .nullSafeEqual { throw refusal(.noOperator("<=>"), node) }
    let isFlipped = left.isConstant
    let index = try key(isFlipped ? right : left, of: node)
    guard let value = try literal(isFlipped ? left : right, index, type, node) else {
      return .never
    }
    return switch comparison {
    case .equal, .nullSafeEqual: test(index, .values([value.exact]))
    case .notEqual: test(index, .other("<> \(value)"))
    case .less: test(index, .other("\(isFlipped ? ">" : "<") \(value)"))
    case .lessOrEqual: test(index, .other("\(isFlipped ? ">=" : "<=") \(value)"))
    case .greater: test(index, .other("\(isFlipped ? "<" : ">") \(value)"))
    case .greaterOrEqual: test(index, .other("\(isFlipped ? "<=" : ">=") \(value)"))
    }
  }

  private func clause(
    _ node: PredicateNode, _ between: PredicateNode.Between, _ negated: Bool
  ) throws(PredicateDialectError) -> GlueClause {
    let index = try key(between.value, of: node)
    let low = try literal(between.low, index, between.lowType, node)
    let high = try literal(between.high, index, between.highType, node)
    guard negated else {
      guard let low, let high else { return .never }
      return test(index, .other("BETWEEN \(low) AND \(high)"))
    }
    return .disjunction([
      low.map { test(index, .other("< \($0)")) } ?? .never,
      high.map { test(index, .other("> \($0)")) } ?? .never,
    ])
  }

  private func membership(
    _ node: PredicateNode, _ value: PredicateNode, _ list: [PredicateNode], _ type: ValueType,
    _ negated: Bool
  ) throws(PredicateDialectError) -> GlueClause {
    let index = try key(value, of: node)
    var values: [ExactText] = []
    var seen: Set<ExactText> = []
    for element in list {
      guard let value = try literal(element, index, type, node) else {
        // NOT IN with a NULL is never TRUE; IN is TRUE for the others.
        if negated { return .never }
        continue
      }
      if seen.insert(value.exact).inserted { values.append(value.exact) }
    }
    if values.isEmpty { return .never }
    return negated
      ? test(index, .other("NOT IN (\(values.joined(separator: ", ")))"))
      : test(index, .values(values))
  }

  private func like(
    _ node: PredicateNode, _ value: PredicateNode, _ pattern: PredicateNode,
    _ escape: Unicode.Scalar,
    _ negated: Bool
  ) throws(PredicateDialectError) -> GlueClause {
    let index = try key(value, of: node)
    let key = predicate.keys[index]
    guard key.type == .string else { throw refusal(.likeType(key: key), node) }
    guard pattern.isConstant else { throw refusal(.noKeyAndLiteral, node) }
    let constant = evaluator.value(of: pattern, [])
    guard
      case .string(let text) = constant.cast(
        from: pattern.type, to: .string, today: predicate.today)
    else { return .never }
    guard !text.unicodeScalars.contains("\\"),
      !text.unicodeScalars.contains(escape)
    else { throw refusal(.likeEscape, node) }
    return test(index, .other("\(negated ? "NOT " : "")LIKE \(quoted(text))"))
  }

  private func test(_ index: Int, _ condition: GlueTest.Condition) -> GlueClause {
    .test(GlueTest(key: index, name: predicate.keys[index].name, condition: condition))
  }

  // MARK: Operands

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
