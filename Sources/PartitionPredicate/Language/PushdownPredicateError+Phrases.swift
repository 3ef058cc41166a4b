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
      return "\(scalar) is no quote in SQL; write ' or \"."
    case "\u{2265}", "\u{2264}", "\u{2260}":
      let sign = ["\u{2265}": ">=", "\u{2264}": "<=", "\u{2260}": "!="][scalar] ?? ""
      return "\(code(String(scalar))) is no operator in SQL; write \(code(sign))."
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

  /// The type with its article.
  static func noun(_ type: ValueType) -> String {
    switch type {
    case .null: "NULL"
    case .int: "an int"
    default: "a \(type)"
    }
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
    let start = "\(sign) takes ints and bigints, but not \(noun(left)) and \(noun(right)); "
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
