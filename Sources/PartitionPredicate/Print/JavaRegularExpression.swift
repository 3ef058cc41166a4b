/// A regular expression of `java.util.regex`, translated for RE2.
///
/// Only what both read, or what can be spelled out in RE2, is translated: literals, `.`, classes,
/// groups, alternatives, repetitions, `^`, and `$` at the end.
struct JavaRegularExpression {
  /// A construct that is not translated.
  struct Unknown: Error, Equatable {
    let construct: String
  }

  private var rest: Substring.UnicodeScalarView
  private var result = ""

  /// The same expression for RE2, for a search in a part of a text.
  static func translated(_ pattern: String) throws(Unknown) -> String {
    var reader = JavaRegularExpression(rest: Substring(pattern).unicodeScalars)
    try reader.readAlternatives(depth: 0)
    if let scalar = reader.rest.first { throw Unknown(construct: "\(scalar)") }
    return reader.result
  }

  private mutating func next() -> Unicode.Scalar? { rest.popFirst() }

  private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
    guard rest.first == scalar else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func readAlternatives(depth: Int) throws(Unknown) {
    // RE2 and this recursion both have their limits.
    if depth > 100 { throw Unknown(construct: "groups nested more than 100 deep") }
    while let scalar = rest.first, scalar != ")" {
      rest.removeFirst()
      if scalar == "|" {
        result += "|"
      } else if scalar == "^" {
        result += "^"
      } else if scalar == "$" {
        // Java's end is also before a last line terminator, which RE2 can only consume.
        guard rest.isEmpty || (depth == 0 && rest.first == "|") else {
          throw Unknown(construct: "$ before the end")
        }
        result += #"(?:\r\n|[\n\r\x{85}\x{2028}\x{2029}])?\z"#
        continue
      } else {
        try readAtom(scalar, depth: depth)
        try readRepetition()
        continue
      }
      if let next = rest.first, "*+?{".unicodeScalars.contains(next) {
        throw Unknown(construct: "\(scalar)\(next)")
      }
    }
  }

  private mutating func readAtom(_ scalar: Unicode.Scalar, depth: Int) throws(Unknown) {
    switch scalar {
    case "(":
      if skip("?") {
        guard skip(":") else {
          throw Unknown(construct: "(?\(rest.first.map { String($0) } ?? "")")
        }
      }
      result += "(?:"
      try readAlternatives(depth: depth + 1)
      guard skip(")") else { throw Unknown(construct: "( without )") }
      result += ")"
    case "[": try readClass()
    case ".": result += #"[^\n\r\x{85}\x{2028}\x{2029}]"#
    case "\\":
      let escaped = try readEscape()
      result += Self.classes[escaped.class] ?? quoted(escaped.scalar)
    case "*", "+", "?", "{", "}", "]": throw Unknown(construct: "\(scalar)")
    default: result += quoted(scalar)
    }
  }

  private static let classes = [
    "d": "[0-9]", "D": "[^0-9]", "w": "[a-zA-Z_0-9]", "W": "[^a-zA-Z_0-9]",
    "s": #"[ \t\n\x0B\f\r]"#, "S": #"[^ \t\n\x0B\f\r]"#,
  ]
  private static let innerClasses = ["d": "0-9", "w": "a-zA-Z_0-9", "s": #" \t\n\x0B\f\r"#]

  /// The scalar behind a backslash, or the class that it names.
  private mutating func readEscape() throws(Unknown) -> (scalar: Unicode.Scalar, class: String) {
    guard let scalar = next() else { throw Unknown(construct: "\\ at the end") }
    if Self.classes[String(scalar)] != nil { return (scalar, String(scalar)) }
    switch scalar {
    case "t": return ("\t", "")
    case "n": return ("\n", "")
    case "r": return ("\r", "")
    case "f": return ("\u{C}", "")
    case _
    where scalar.isASCII && !scalar.properties.isAlphabetic && scalar.value > 0x20
      && !("0"..."9").contains(scalar):
      return (scalar, "")
    default: throw Unknown(construct: "\\\(scalar)")
    }
  }

  private mutating func readClass() throws(Unknown) {
    result += skip("^") ? "[^" : "["
    var isEmpty = true
    while let scalar = next() {
      switch scalar {
      case "]" where !isEmpty:
        result += "]"
        return
      case "]", "[", "^", "&": throw Unknown(construct: "\(scalar) in a class")
      case "-" where isEmpty || rest.first == "]": result += #"\-"#
      case "-": throw Unknown(construct: "- in a class")
      default: try readRange(scalar)
      }
      isEmpty = false
    }
    throw Unknown(construct: "[ without ]")
  }

  /// A scalar, a range or a named class in a class.
  private mutating func readRange(_ scalar: Unicode.Scalar) throws(Unknown) {
    let low = try readMember(scalar)
    if let named = Self.innerClasses[low.class] {
      result += named
      return
    }
    guard low.class.isEmpty else { throw Unknown(construct: "\\\(low.class) in a class") }
    result += quoted(low.scalar)
    guard rest.first == "-", rest.dropFirst().first != "]" else { return }
    rest.removeFirst()
    guard let scalar = next(), !"[]-&^".unicodeScalars.contains(scalar) else {
      throw Unknown(construct: "- in a class")
    }
    let high = try readMember(scalar)
    guard high.class.isEmpty, low.scalar <= high.scalar else {
      throw Unknown(construct: "- in a class")
    }
    result += "-" + quoted(high.scalar)
  }

  private mutating func readMember(
    _ scalar: Unicode.Scalar
  ) throws(Unknown) -> (scalar: Unicode.Scalar, class: String) {
    scalar == "\\" ? try readEscape() : (scalar, "")
  }

  private mutating func readRepetition() throws(Unknown) {
    guard let scalar = rest.first else { return }
    switch scalar {
    case "*", "+", "?":
      rest.removeFirst()
      result.unicodeScalars.append(scalar)
    case "{":
      rest.removeFirst()
      var counts = ""
      while let digit = rest.first, digit == "," || ("0"..."9").contains(digit) {
        counts.unicodeScalars.append(digit)
        rest.removeFirst()
      }
      let numbers = counts.exact.parts(separatedBy: ",", omittingEmpty: false)
        .map { Int($0.text) }
      guard skip("}"), let first = numbers[0], first <= 1000, numbers.count <= 2,
        numbers.count == 1 || counts.last == "," || (numbers[1] ?? -1) >= first,
        (numbers.last ?? 0) ?? 0 <= 1000
      else { throw Unknown(construct: "{\(counts)") }
      result += "{\(counts)}"
    default: return
    }
    // Reluctant or not, a part matches or does not; a possessive one never gives back.
    if skip("?") { result += "?" }
    if let scalar = rest.first, "*+?{".unicodeScalars.contains(scalar) {
      throw Unknown(construct: "repetition followed by \(scalar)")
    }
  }

  /// A literal scalar for RE2, inside or outside a class.
  private func quoted(_ scalar: Unicode.Scalar) -> String {
    if scalar.isASCII, !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar) {
      return "\\x{\(String(scalar.value, radix: 16))}"
    }
    return String(scalar)
  }
}
