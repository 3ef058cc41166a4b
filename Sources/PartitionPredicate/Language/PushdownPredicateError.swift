/// A mistake in a predicate's text, with its place.
public struct PushdownPredicateError: Error, Hashable, Sendable {
  /// What is wrong.
  public let kind: Kind
  /// The whole text.
  public let source: String
  /// The mistake's bytes in the text (UTF-8 offsets); empty where something is missing at the end.
  public let range: Range<Int>

  init(_ kind: Kind, source: String, range: Range<Int>) {
    self.kind = kind
    self.source = source
    self.range = range
  }
}

extension PushdownPredicateError {
  /// What is wrong, as facts.
  public indirect enum Kind: Hashable, Sendable {
    // Letters
    case unclosedString
    case unclosedName
    case unclosedComment
    case unexpectedCharacter(Unicode.Scalar)
    case invalidEscape(String)
    /// A number of a type that only Spark has.
    case foreignNumber(String, type: String)
    case malformedNumber(String)
    case tooManyDigits
    case bigintOutOfRange

    // Syntax
    case empty
    /// `found` is nil at the end of the text, `after` at its start.
    case expected(Expectation, found: String?, after: String?)
    case unopenedParenthesis
    case tooDeep
    case unsupported(Feature)
    case qualifiedName
    case escapeLength(String)
    case unknownFunction(String)
    case argumentCount(PredicateFunction, Int)
    /// What follows INTERVAL is no span of time.
    case invalidInterval
    case unknownType(String)
    case decimalSize

    // Meaning
    case unknownKey(String, keys: [String])
    /// The string of a typed literal is not a value of the type.
    case invalidLiteral(ValueType, String)
    /// The string of a typed literal is a word such as `today`.
    case specialLiteral(ValueType, String)
    /// The operator is a comparison or BETWEEN.
    case incomparable(String, ValueType, ValueType)
    case mixedList(ValueType, ValueType)
    /// The alternatives of a function or of CASE have no common type.
    case mixedAlternatives(PredicateFunction, ValueType, ValueType)
    /// Operands that an operator of arithmetic does not take.
    case arithmetic(PredicateFunction, ValueType, ValueType)
    /// An interval beside something to which none is added, or alone.
    case misplacedInterval(ValueType?)
    /// An operand of AND, OR, NOT or IS TRUE that is neither true nor false.
    case notCondition(String, ValueType)
    /// The whole predicate is neither true nor false.
    case notPredicate(ValueType)
    case impossibleCast(ValueType, ValueType)
    case argumentType(PredicateFunction, index: Int, ValueType)
    /// A string as the days of date_add or date_sub.
    case daysNotInteger(String)
    /// A pattern of dates, and why it is none.
    case invalidDatePattern(PredicateFunction, String)
    /// A literal pattern of LIKE, and why it is none.
    case invalidPattern(String)
    /// A literal pattern of RLIKE, and why it is none.
    case invalidRegularExpression(String)
  }

  /// What could have stood at the place.
  public enum Expectation: Hashable, Sendable {
    case value
    /// A connection with what follows, or the end; also a comparison if the flag says so.
    case more(Bool, Closing)
    /// What NOT may stand before, after a value.
    case negatable
    /// AND after the first bound of BETWEEN.
    case upperBound
    case list
    case escapeText
    case truth
    case castOperand
    case type
    case typeNumber
    /// The end of a cast; `opened` is the opening parenthesis.
    case castEnd(opened: Range<Int>)
    case decimalEnd
  }

  /// What ends an expression; `opened` is the opening parenthesis.
  public enum Closing: Hashable, Sendable {
    case end
    case parenthesis(opened: Range<Int>)
    case list(opened: Range<Int>)
    case castType
    /// WHEN behind the operand of CASE.
    case when
    case then
    /// What follows a branch of CASE.
    case branch
    case endOfCase
  }

  /// A part of other SQL that predicates do not have.
  public enum Feature: Hashable, Sendable {
    case arithmetic(String)
    case clause(String)
    case distinct
    case doubleColon
    case exists
    case hint
    case ilike
    case innerNot
    case leadingWhere
    case likeQuantifier(String)
    case literalPrefix(String)
    case name(String)
    /// A sign of other languages, and the operator that it means there.
    case otherOperator(String, String)
    case parameter(String)
    case semicolon
    case sign(String)
    case statement(String)
    case subquery
    case trimFrom
    case unknown
  }
}
