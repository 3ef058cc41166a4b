import Wording

extension PushdownPredicateError: CustomStringConvertible {
  /// The sentence, then the line of the text with carets below the mistake.
  public var description: String { "\(message)\n\(excerpt)" }

  /// What is wrong, what was expected, and what to write instead.
  public var message: String {
    switch kind {
    case .unclosedString: "This string is never closed; write its quote again where it ends."
    case .unclosedName: "This name is never closed; write a back quote where it ends."
    case .unclosedComment: "This comment is never closed; write */ where it ends."
    case .unexpectedCharacter(let scalar): Self.sentence(unexpected: scalar)
    case .invalidEscape(let text):
      "The escape \(Self.code(text)) is not a character; write the number of a character, at most "
        + "10FFFF."
    case .foreignNumber(let text, let type):
      "\(Self.code(text)) is a \(type), a type that predicates do not have; write the number "
        + "without exponent and suffix."
    case .malformedNumber(let text):
      "\(Self.code(text)) is not a number; write digits with at most one decimal point."
    case .tooManyDigits: "This number has more digits than a decimal holds, which are 38."
    case .bigintOutOfRange: "This number is too large for a bigint; write it without the L."
    case .empty:
      "The predicate is empty, which would mean no filter; write TRUE to select all partitions, or "
        + "FALSE to select none."
    case .expected(let expected, let found, let after):
      sentence(expected, found: found, after: after)
    case .unopenedParenthesis:
      "This `)` closes nothing; remove it, or write the `(` that it closes."
    case .tooDeep:
      "The predicate is nested more than \(PredicateSyntax.maximumDepth) levels deep here; write "
        + "it with fewer parentheses, NOTs or comparisons of comparisons."
    case .unsupported(let feature): Self.sentence(feature)
    case .qualifiedName: "Names are not qualified; write only the name of the partition key."
    case .escapeLength(let text):
      "ESCAPE takes a string of one character, but this one has \(text.utf16.count)."
    case .unknownFunction(let name): Self.sentence(unknownFunction: name)
    case .argumentCount(let function, let count):
      "\(Self.code(function.name)) takes \(function.parameters.count), but "
        + "\(count == 1 ? "1 is" : "\(count) are") given."
    case .invalidInterval:
      "This is not an interval; write one as INTERVAL 3 DAYS or INTERVAL '3' DAY, with whole numbers and "
        + "the units YEAR and MONTH, or WEEK, DAY, HOUR, MINUTE, SECOND, MILLISECOND and MICROSECOND."
    case .unknownType(let name):
      "There is no type \(Self.code(name)).\(Self.suggestion(type: name)) The types are "
        + "\(Self.types.joined(separator: ", "))."
    case .decimalSize:
      "A decimal has a precision from 1 to 38 and a scale from 0 to its precision, as in "
        + "decimal(5,2)."
    case .unknownKey(let name, let keys): Self.sentence(unknownKey: name, keys: keys)
    case .invalidLiteral(let type, let text):
      "'\(EchoedText.short(text))' is not \("\(type)".withArticle); write one as \(Self.example(type))."
    case .specialLiteral(let type, let text):
      "'\(EchoedText.short(text))' is not \("\(type)".withArticle) literal; write "
        + "\(Self.replacement(type, text))."
    case .incomparable(let sign, let left, let right):
      "\(sign) cannot compare \(left.noun) with \(right.noun); "
        + "\(Self.advice(left, right))."
    case .mixedList(let left, let right):
      "IN cannot compare \(left.noun) with \(right.noun); \(Self.advice(left, right))."
    case .mixedAlternatives(let function, let left, let right):
      "\(Self.label(function)) cannot give both \(left.noun) and \(right.noun); "
        + "\(Self.alternativesAdvice(left, right))."
    case .arithmetic(let function, let left, let right):
      Self.sentence(arithmetic: function, left, right)
    case .misplacedInterval(let type?):
      "An interval is added to a date or a timestamp, but \(operand) is \(type.noun)."
    case .misplacedInterval(nil):
      "An INTERVAL can only stand beside + or - with a date or a timestamp, as in day + INTERVAL 1 DAY."
    case .notCondition(let word, let type):
      "\(word) takes conditions, but \(operand) is \(type.noun); compare it with a "
        + "value."
    case .notPredicate(let type):
      "A predicate is a condition, but this is \(type.noun); compare it with a value."
    case .impossibleCast(let from, let to):
      "CAST cannot make \(to.noun) of \(from.noun)"
        + (from == .boolean ? "." : "; cast it to string first.")
    case .argumentType(let function, let index, let type):
      "\(Self.label(function)) takes \(Self.parameter(function, index)), but \(operand) is "
        + "\(type.noun)."
    case .daysNotInteger(let text):
      "The days are an integer, but '\(EchoedText.short(text))' is none; write a number."
    case .invalidDatePattern(let function, let reason):
      "\(Self.code(function.name)) cannot use this pattern: \(EchoedText.long(reason))."
    case .invalidPattern(let reason):
      "LIKE cannot use this pattern: \(EchoedText.long(reason)); write an escape character twice "
        + "to match the character itself."
    case .invalidRegularExpression(let reason):
      "RLIKE cannot use this pattern: \(EchoedText.long(reason))."
    }
  }
}

/// The parts of the sentences.
extension PushdownPredicateError {
  static func code(_ text: String) -> String { "`\(EchoedText.short(text))`" }

  /// ` Did you mean ..?`, or nothing if no name is near.
  static func suggestion(_ name: String, of names: [String]) -> String {
    NearName.of(name, in: names).map { " Did you mean \(code($0))?" } ?? ""
  }

  static let types = [
    "bigint", "boolean", "date", "decimal(precision,scale)", "int", "string", "timestamp",
  ]

  /// The type that is nearest to one of Spark's or of another database's.
  static func suggestion(type name: String) -> String {
    let others: [ExactText: String] = [
      "bool": "boolean", "byte": "int", "char": "string", "datetime": "timestamp",
      "double": "decimal", "float": "decimal", "short": "int", "smallint": "int",
      "text": "string", "tinyint": "int", "varchar": "string",
    ]
    if let other = others[name.exact.lowercased] { return " Did you mean \(code(other))?" }
    return suggestion(
      name, of: ["bigint", "boolean", "date", "decimal", "int", "integer", "string", "timestamp"])
  }

  static func sentence(unknownFunction name: String) -> String {
    let functions = PredicateFunction.all.map(\.name).sorted()
    let isType = ["bigint", "boolean", "date", "decimal", "int", "string", "timestamp"]
      .contains(name.exact.lowercased)
    let advice =
      isType
      ? " Write CAST(... AS \(name.exact.lowercased))." : suggestion(name, of: functions)
    let list = " The functions are \(functions.joined(separator: ", "))."
    return "There is no function \(code(name)).\(advice.isEmpty ? list : advice)"
  }

  static func sentence(unexpected scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "\u{00B4}":
      return "\(scalar) is not a quote in SQL; write ' or \"."
    case "\u{2265}", "\u{2264}", "\u{2260}":
      let sign = ["\u{2265}": ">=", "\u{2264}": "<=", "\u{2260}": "!="][scalar] ?? ""
      return "\(code(String(scalar))) is not an operator in SQL; write \(code(sign))."
    case _ where EchoedText.isInvisible(scalar):
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let padding = String(repeating: "0", count: max(0, 4 - digits.count))
      return "The invisible character U+\(padding)\(digits) means nothing here; write a space, or "
        + "nothing."
    case _ where scalar.properties.isAlphabetic || scalar.properties.isEmoji:
      return "\(code(String(scalar))) can only stand in a string, or in a name in back quotes."
    default: return "\(code(String(scalar))) means nothing in a predicate; remove it."
    }
  }

  /// The marked text, as code.
  var operand: String {
    Self.code(String(decoding: Array(source.utf8)[range], as: UTF8.self))
  }

  static func sentence(unknownKey name: String, keys: [String]) -> String {
    let start = "There is no partition key \(code(name))."
    if keys.isEmpty { return start + " The table has none." }
    let suggestion = suggestion(name, of: keys)
    if !suggestion.isEmpty { return start + suggestion }
    let shown = keys.prefix(20).map(code).joined(separator: ", ")
    return "\(start) The keys are \(shown)\(keys.count > 20 ? " and others" : "")."
  }

  static func example(_ type: ValueType) -> String {
    type == .date ? "DATE '2013-12-31'" : "TIMESTAMP '2013-12-31 05:00:00'"
  }

  static func replacement(_ type: ValueType, _ text: String) -> String {
    let date =
      switch text.exact.lowercased {
      case "yesterday": "date_sub(current_date, 1)"
      case "tomorrow": "date_add(current_date, 1)"
      case "epoch": "DATE '1970-01-01'"
      default: "current_date"
      }
    return type == .date ? date : "CAST(\(date) AS timestamp)"
  }

  static func advice(_ left: ValueType, _ right: ValueType) -> String {
    switch (left, right) {
    case (.date, _), (_, .date), (.timestamp, _), (_, .timestamp):
      "compare a date with one in quotes, such as '2013-12-31', and a number with year(..), "
        + "month(..) or day(..) of the date"
    case (.boolean, _), (_, .boolean): "write TRUE or FALSE, or CAST one side"
    default: "CAST one side"
    }
  }

  static func parameter(_ function: PredicateFunction, _ index: Int) -> String {
    function.parameters.parameter(index, of: max(index + 1, 2)).noun
  }

  /// The function's name as code; CASE is a word of the language.
  static func label(_ function: PredicateFunction) -> String {
    function == .caseWhen || function == .caseOf ? "CASE" : code(function.name)
  }

  static func alternativesAdvice(_ left: ValueType, _ right: ValueType) -> String {
    [left, right].contains(.boolean)
      ? "make all of them conditions, or CAST them to string" : "CAST one of them"
  }

  /// What to write instead of a sum, product or difference that Spark computes as another type, or not at all.
  static func sentence(
    arithmetic function: PredicateFunction, _ left: ValueType, _ right: ValueType
  ) -> String {
    let sign = code(function.name)
    let types = [left, right]
    switch (left, right) {
    case (.date, .date) where function == .minus:
      return "The difference of two dates is an interval in Spark; write datediff(end, start)."
    case (.timestamp, .timestamp) where function == .minus:
      return "The difference of two timestamps is an interval in Spark; write unix_timestamp(..) - "
        + "unix_timestamp(..)."
    default: break
    }
    let start = "\(sign) takes ints and bigints, but not \(left.noun) and \(right.noun); "
    if types.contains(.string) {
      return start
        + "Spark would make doubles of text, so CAST it AS int, or join texts with concat."
    }
    if types.contains(.date) || types.contains(.timestamp) {
      return start + "to a date add an int of days, and to a date or a timestamp an INTERVAL."
    }
    return start + "CAST the other AS int or bigint."
  }
}
