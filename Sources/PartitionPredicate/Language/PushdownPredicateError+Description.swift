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
      "The escape \(Self.code(text)) is no character; write the number of a character, at most "
        + "10FFFF."
    case .foreignNumber(let text, let type):
      "\(Self.code(text)) is a \(type), a type that predicates do not have; write the number "
        + "without exponent and suffix."
    case .malformedNumber(let text):
      "\(Self.code(text)) is no number; write digits with at most one point."
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
      "This is no interval; write one as INTERVAL 3 DAYS or INTERVAL '3' DAY, with whole numbers and "
        + "the units YEAR and MONTH, or WEEK, DAY, HOUR, MINUTE, SECOND, MILLISECOND and MICROSECOND."
    case .unknownType(let name):
      "There is no type \(Self.code(name)).\(Self.suggestion(type: name)) The types are "
        + "\(Self.types.joined(separator: ", "))."
    case .decimalSize:
      "A decimal has a precision from 1 to 38 and a scale from 0 to its precision, as in "
        + "decimal(5,2)."
    case .unknownKey(let name, let keys): Self.sentence(unknownKey: name, keys: keys)
    case .invalidLiteral(let type, let text):
      "'\(EchoedText.short(text))' is no \(type); write one as \(Self.example(type))."
    case .specialLiteral(let type, let text):
      "'\(EchoedText.short(text))' is no \(type) but a word for one; write "
        + "\(Self.replacement(type, text))."
    case .incomparable(let sign, let left, let right):
      "\(sign) cannot compare \(Self.noun(left)) with \(Self.noun(right)); "
        + "\(Self.advice(left, right))."
    case .mixedList(let left, let right):
      "IN cannot compare \(Self.noun(left)) with \(Self.noun(right)); \(Self.advice(left, right))."
    case .mixedAlternatives(let function, let left, let right):
      "\(Self.label(function)) cannot give both \(Self.noun(left)) and \(Self.noun(right)); "
        + "\(Self.alternativesAdvice(left, right))."
    case .arithmetic(let function, let left, let right):
      Self.sentence(arithmetic: function, left, right)
    case .misplacedInterval(let type?):
      "An interval is added to a date or a timestamp, but \(operand) is \(Self.noun(type))."
    case .misplacedInterval(nil):
      "An INTERVAL can only stand beside + or - with a date or a timestamp, as in day + INTERVAL 1 DAY."
    case .notCondition(let word, let type):
      "\(word) takes conditions, but \(operand) is \(Self.noun(type)); compare it with a "
        + "value."
    case .notPredicate(let type):
      "A predicate is a condition, but this is \(Self.noun(type)); compare it with a value."
    case .impossibleCast(let from, let to):
      "CAST cannot make \(Self.noun(to)) of \(Self.noun(from))"
        + (from == .boolean ? "." : "; cast it to string first.")
    case .argumentType(let function, let index, let type):
      "\(Self.label(function)) takes \(Self.parameter(function, index)), but \(operand) is "
        + "\(Self.noun(type))."
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
