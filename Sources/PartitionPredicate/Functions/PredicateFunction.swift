/// A function or an operator that a predicate may call: one entry of the table ``all``.
///
/// All that is known of it stands in its entry: its names and parameters, what it computes, and how
/// Spark and DuckDB write it. Functions are equal when their names are.
public final class PredicateFunction: Sendable {
  /// The name by which Spark calls it, in lower case; of an operator its sign.
  public let name: String
  /// Other names that Spark has for it.
  let aliases: [String]
  let parameters: Parameters
  let result: ResultType
  /// How Spark writes a call.
  let form: Form
  let meaning: Meaning

  /// The type of what a function computes.
  enum ResultType: Sendable {
    case fixed(ValueType)
    /// The type of all its alternatives, as of the elements of IN.
    case common
    /// A bigint if an operand is one, else an int.
    case number
  }

  /// How a call is written in Spark SQL.
  enum Form: Sendable {
    /// `name(a, b)`
    case call
    /// `a name b`
    case infix(SparkText.Level)
    /// `CASE WHEN a THEN b ELSE c END`
    case cases(hasOperand: Bool)
    /// `a + INTERVAL '3' HOUR`, where the second operand counts months or microseconds.
    case interval
  }

  /// What a call means.
  enum Meaning: Sendable {
    /// A value of its own, computed from its operands.
    case computed(
      prepare: @Sendable (FunctionCall) -> Computation,
      duckDB: @Sendable (DuckDBCall) throws(PredicateDialectError) -> String)
    /// Another way of writing the node that is made of the operands and the result's type.
    case written(@Sendable ([PredicateNode], ValueType) -> PredicateNode.Kind)
  }

  /// From the values of the operands, cast to the parameters' types, to the value of the call.
  typealias Computation = @Sendable ([PartitionValue]) -> PartitionValue

  /// A function that is prepared once, for example by reading a literal pattern.
  init(
    _ name: String, aliases: [String] = [], _ parameters: Parameters, _ result: ResultType,
    form: Form = .call, prepare: @escaping @Sendable (FunctionCall) -> Computation,
    duckDB: @escaping @Sendable (DuckDBCall) throws(PredicateDialectError) -> String
  ) {
    self.name = name
    self.aliases = aliases
    self.parameters = parameters
    self.result = result
    self.form = form
    meaning = .computed(prepare: prepare, duckDB: duckDB)
  }

  /// A function of nothing but its operands' values.
  convenience init(
    _ name: String, aliases: [String] = [], _ parameters: Parameters, _ result: ResultType,
    form: Form = .call, compute: @escaping Computation,
    duckDB: @escaping @Sendable (DuckDBCall) throws(PredicateDialectError) -> String
  ) {
    self.init(
      name, aliases: aliases, parameters, result, form: form, prepare: { _ in compute },
      duckDB: duckDB)
  }

  /// A function that is another way of writing some node.
  init(
    _ name: String, aliases: [String] = [], _ parameters: Parameters, _ result: ResultType,
    written: @escaping @Sendable ([PredicateNode], ValueType) -> PredicateNode.Kind
  ) {
    self.name = name
    self.aliases = aliases
    self.parameters = parameters
    self.result = result
    form = .call
    meaning = .written(written)
  }
}

extension PredicateFunction: Hashable {
  /// Whether both have one name.
  public static func == (left: PredicateFunction, right: PredicateFunction) -> Bool {
    left.name == right.name
  }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension PredicateFunction {
  /// Every function that is called by its name.
  static let all = dates + dateTexts + texts + choices

  /// The function with a name of Spark's, in any case.
  static func called(_ name: String) -> PredicateFunction? { named[name.exact.lowercased] }

  private static let named = Dictionary(
    uniqueKeysWithValues: all.flatMap { function in
      ([function.name] + function.aliases).map { ($0.exact, function) }
    })
}

/// A call with the types to which its operands are cast: what a function needs to prepare itself.
struct FunctionCall: Sendable {
  let operands: [PredicateNode]
  /// The types to which the operands are cast.
  let types: [ValueType]
  /// The type of the call.
  let type: ValueType
  /// What `current_date` means, in days since 1970-01-01.
  let today: Int

  init(
    _ function: PredicateFunction, _ operands: [PredicateNode], _ type: ValueType, today: Int
  ) {
    self.operands = operands
    self.type = type
    self.today = today
    types = operands.enumerated().map { index, operand in
      function.parameters.parameter(index, of: operands.count)
        .type(of: operand.type, result: type)
    }
  }

  /// The text of a literal operand; nil for NULL, and for what is not text.
  func literal(_ index: Int) -> String? {
    guard case .literal(.string(let text)) = operands[index].kind else { return nil }
    return text
  }
}

/// A call that is written as DuckDB SQL.
struct DuckDBCall {
  let text: DuckDBText
  let node: PredicateNode
  let call: FunctionCall

  /// An operand as a primary expression of the type to which it is cast.
  subscript(index: Int) -> String {
    get throws(PredicateDialectError) {
      try text.operand(call.operands[index], as: call.types[index])
    }
  }

  /// The value of an operand that depends on no key, cast to its parameter's type; nil for others.
  func constant(_ index: Int) -> PartitionValue? {
    let operand = call.operands[index]
    guard operand.isConstant else { return nil }
    return text.evaluator.value(of: operand, [])
      .cast(from: operand.type, to: call.types[index], today: call.today)
  }

  /// NULL of the call's type.
  var null: String { text.literal(.null, call.type) }
}

extension Preparation {
  /// A function of its operands, each cast to the type of its parameter.
  func call(
    _ function: PredicateFunction, _ operands: [PredicateNode], _ type: ValueType
  ) -> Evaluation {
    guard case .computed(let prepare, _) = function.meaning else { return { _ in .null } }
    let call = FunctionCall(function, operands, type, today: today)
    let compute = prepare(call)
    let values = zip(operands, call.types).map { cast($0, to: $1) }
    return { row in compute(values.map { $0(row) }) }
  }
}

extension DuckDBText {
  /// A call as a primary expression.
  func call(
    _ function: PredicateFunction, _ operands: [PredicateNode], _ node: PredicateNode
  ) throws(PredicateDialectError) -> String {
    guard case .computed(_, let write) = function.meaning else { throw refusal(.noLiteral, node) }
    let call = FunctionCall(function, operands, node.type, today: predicate.today)
    return try write(DuckDBCall(text: self, node: node, call: call))
  }
}
