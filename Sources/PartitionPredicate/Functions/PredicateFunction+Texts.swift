/// Functions of texts, which count code points.
extension PredicateFunction {
  static let texts = [
    concat, lower, upper, length, trim, ltrim, rtrim, right,
    PredicateFunction(
      "lpad", .list([.value(.string), .length], optional: [.value(.string)]), .fixed(.string)
    ) {
      operands, _ in .call(lpad, padded(operands))
    },
    PredicateFunction(
      "rpad", .list([.value(.string), .length], optional: [.value(.string)]), .fixed(.string)
    ) {
      operands, _ in .call(rpad, padded(operands))
    },
    PredicateFunction(
      "substring", aliases: ["substr"],
      .list([.value(.string), .value(.int)], optional: [.value(.int)]), .fixed(.string)
    ) { operands, _ in
      .call(substring, operands.count == 3 ? operands : operands + [number(Int(Int32.max))])
    },
    PredicateFunction("left", .list([.value(.string), .value(.int)]), .fixed(.string)) {
      operands, _ in .call(substring, [operands[0], number(1), operands[1]])
    },
  ]

  /// All texts in a row, also written `a || b`; NULL when one is.
  static let concat = PredicateFunction(
    "concat", .each(.value(.string), atLeast: 0), .fixed(.string),
    compute: { values in
      var text = ""
      for value in values {
        guard case .string(let part) = value else { return .null }
        text += part
      }
      return .string(text)
    },
    duckDB: { call throws(PredicateDialectError) in
      var parts: [String] = []
      for index in call.call.operands.indices { parts.append(try call[index]) }
      return "(\(parts.joined(separator: " || ")))"
    })

  static let lower = PredicateFunction(
    "lower", aliases: ["lcase"], .list([.value(.string)]), .fixed(.string),
    compute: { values in
      guard case .string(let text) = values[0] else { return .null }
      return .string(LetterCase.lowercased(text))
    },
    duckDB: { call throws(PredicateDialectError) in
      LetterCase.duckDB(
        "lower", try call[0], "a letter such as \u{3A3} is made small only by Spark")
    })

  static let upper = PredicateFunction(
    "upper", aliases: ["ucase"], .list([.value(.string)]), .fixed(.string),
    compute: { values in
      guard case .string(let text) = values[0] else { return .null }
      return .string(LetterCase.uppercased(text))
    },
    duckDB: { call throws(PredicateDialectError) in
      LetterCase.duckDB("upper", try call[0], "a letter such as \u{DF} is made large only by Spark")
    })

  static let length = PredicateFunction(
    "length", aliases: ["char_length", "character_length", "len"], .list([.value(.string)]),
    .fixed(.int),
    compute: { values in
      guard case .string(let text) = values[0] else { return .null }
      return .integer(Int64(text.unicodeScalars.count))
    },
    duckDB: { call throws(PredicateDialectError) in "CAST(length(\(try call[0])) AS INTEGER)" })

  static let trim = trimming("trim", start: true, end: true)
  static let ltrim = trimming("ltrim", start: true, end: false)
  static let rtrim = trimming("rtrim", start: false, end: true)

  /// Blanks, and nothing else, taken off.
  private static func trimming(_ name: String, start: Bool, end: Bool) -> PredicateFunction {
    PredicateFunction(
      name, .list([.value(.string)]), .fixed(.string),
      compute: { values in
        guard case .string(let text) = values[0] else { return .null }
        var bytes = text.utf8[...]
        while start, bytes.first == UInt8(ascii: " ") { bytes.removeFirst() }
        while end, bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
        return .string(String(Substring(bytes)))
      },
      duckDB: { call throws(PredicateDialectError) in "\(name)(\(try call[0]), ' ')" })
  }

  /// `lpad(text, length, pad)`: the text, cut off or filled in front.
  static let lpad = padding("lpad") { $1 + $0 }
  /// `rpad(text, length, pad)`: the text, cut off or filled at its end.
  static let rpad = padding("rpad") { $0 + $1 }

  private static func padding(
    _ name: String, _ join: @escaping @Sendable (String, String) -> String
  ) -> PredicateFunction {
    PredicateFunction(
      name, .list([.value(.string), .length, .value(.string)]), .fixed(.string),
      compute: { values in
        guard case .string(let text) = values[0], case .integer(let length) = values[1],
          case .string(let pad) = values[2]
        else { return .null }
        let missing = Int(length) - text.unicodeScalars.count
        let unit = Array(pad.unicodeScalars)
        if missing <= 0 || unit.isEmpty { return .string(part(text, 0, Int(length))) }
        var filling = String.UnicodeScalarView()
        for index in 0..<missing { filling.append(unit[index % unit.count]) }
        return .string(join(text, String(filling)))
      },
      duckDB: { call throws(PredicateDialectError) in
        let (text, length, pad) = (try call[0], try call[1], try call[2])
        guard case .integer(let count) = call.constant(1), count > 0 else {
          return "(CASE WHEN \(text) IS NOT NULL AND \(length) IS NOT NULL AND \(pad) IS NOT NULL "
            + "THEN '' END)"
        }
        // DuckDB has nothing to fill with where the pad is empty, which Spark cuts all the same.
        return "(CASE WHEN \(pad) = '' THEN left(\(text), \(length)) "
          + "ELSE \(name)(\(text), \(length), \(pad)) END)"
      })
  }

  /// `substring(text, position, length)`: positions from 1, 0 being the first too, and below zero from
  /// the end.
  static let substring = PredicateFunction(
    "substring", .list([.value(.string), .value(.int), .value(.int)]), .fixed(.string),
    compute: { values in
      guard case .string(let text) = values[0], case .integer(let position) = values[1],
        case .integer(let length) = values[2]
      else { return .null }
      let count = position < 0 ? text.unicodeScalars.count : 0
      let start = position > 0 ? Int(position) - 1 : count + Int(position)
      return .string(part(text, start, start + Int(length)))
    },
    duckDB: { call throws(PredicateDialectError) in
      let (text, position, length) = (try call[0], try call[1], try call[2])
      let start =
        "CAST(CASE WHEN \(position) > 0 THEN \(position) - 1 WHEN \(position) < 0 "
        + "THEN length(\(text)) + \(position) ELSE 0 END AS BIGINT)"
      if case .integer(let place) = call.constant(1), case .integer(let count) = call.constant(2),
        place >= 0, count >= 0
      {
        return "substr(\(text), \(max(place, 1)), \(count))"
      }
      return "(CASE WHEN \(position) IS NOT NULL AND \(length) IS NOT NULL THEN substr(\(text), "
        + "greatest(\(start), 0) + 1, "
        + "greatest(\(start) + \(length) - greatest(\(start), 0), 0)) END)"
    })

  /// The last characters of a text; none for a length that is not above zero.
  static let right = PredicateFunction(
    "right", .list([.value(.string), .value(.int)]), .fixed(.string),
    compute: { values in
      guard case .string(let text) = values[0], case .integer(let length) = values[1] else {
        return .null
      }
      let count = text.unicodeScalars.count
      return .string(part(text, count - Int(max(length, 0)), count))
    },
    duckDB: { call throws(PredicateDialectError) in
      let length = try call[1]
      return "(CASE WHEN \(length) IS NOT NULL THEN right(\(try call[0]), greatest(\(length), 0)) "
        + "END)"
    })

  /// The code points of a text from one offset to another, where there are any.
  private static func part(_ text: String, _ start: Int, _ end: Int) -> String {
    let scalars = text.unicodeScalars
    let first = max(start, 0)
    guard end > first else { return "" }
    return String(String.UnicodeScalarView(scalars.dropFirst(first).prefix(end - first)))
  }

  private static func padded(_ operands: [PredicateNode]) -> [PredicateNode] {
    operands.count == 3 ? operands : operands + [.literal(.string(" "), .string)]
  }

  private static func number(_ number: Int) -> PredicateNode {
    .literal(.integer(Int64(number)), .int)
  }
}

/// Large and small letters as Java has them: the full mappings of Unicode, in no language.
enum LetterCase {
  static func uppercased(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars { result += scalar.properties.uppercaseMapping }
    return result
  }

  static func lowercased(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      result +=
        scalar == "\u{3A3}" && isFinal(index, scalars)
        ? "\u{3C2}"
        : scalar.properties.lowercaseMapping
    }
    return result
  }

  /// Whether a sigma ends its word: there is a letter before it and none behind it.
  private static func isFinal(_ index: Int, _ scalars: [Unicode.Scalar]) -> Bool {
    isCased(scalars[..<index].reversed()) && !isCased(scalars[(index + 1)...])
  }

  /// Whether a letter with a case comes before the word ends, which single hyphens, apostrophes and
  /// points do not end in Java.
  private static func isCased(_ scalars: some Sequence<Unicode.Scalar>) -> Bool {
    var isBetween = false
    for scalar in scalars {
      if scalar.properties.isCased { return true }
      switch scalar.properties.generalCategory {
      case .decimalNumber, .nonspacingMark, .enclosingMark, .format, .connectorPunctuation,
        .modifierLetter:
        isBetween = false
      case .otherLetter where !scalar.properties.isIdeographic: isBetween = false
      case .dashPunctuation where !isBetween: isBetween = true
      default:
        guard !isBetween, "'.\"\u{2027}".unicodeScalars.contains(scalar) else { return false }
        isBetween = true
      }
    }
    return false
  }

  /// A function of DuckDB's, which maps one letter to one, and an error for the letters that become
  /// others in Java.
  static func duckDB(_ function: String, _ value: String, _ reason: String) -> String {
    let letters =
      function == "upper"
      ? #"\x{DF}\x{149}\x{19B}\x{1F0}\x{264}\x{390}\x{3B0}\x{587}\x{1E96}-\x{1FFF}\x{FB00}-\x{FB17}"#
      : #"\x{130}\x{3A3}"#
    // In these blocks the versions of Unicode differ.
    let young = #"\x{1C80}-\x{1CFF}\x{A7C0}-\x{A7FF}\x{10000}-\x{1EFFF}"#
    return "(CASE WHEN regexp_matches(\(value), '[\(letters)\(young)]') "
      + "THEN error('\(reason)') ELSE \(function)(\(value)) END)"
  }
}
