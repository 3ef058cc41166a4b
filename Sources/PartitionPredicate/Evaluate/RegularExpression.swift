import Foundation

/// A regular expression of RLIKE, in the syntax of `java.util.regex`.
package struct RegularExpression: Sendable {
  /// Why a text is not a regular expression.
  package struct Problem: Error, Equatable {
    /// As the end of a sentence.
    package let reason: String
  }

  private let expression: NSRegularExpression

  /// Compiles a pattern.
  package init(_ pattern: String) throws(Problem) {
    let translated = try JavaPattern.translated(pattern)
    do {
      expression = try NSRegularExpression(pattern: translated)
    } catch {
      throw Problem(reason: "it is not a valid regular expression")
    }
  }

  /// Why a text is not a regular expression of RLIKE; nil when it is one.
  static func problem(_ pattern: String) -> String? {
    do {
      _ = try RegularExpression(pattern)
      return nil
    } catch { return error.reason }
  }

  /// Whether a part of the text matches; nil when the search was given up because it went on for too
  /// long (nested repetitions can take time exponential in the text's length).
  package func find(in text: String) -> Bool? {
    var found: Bool? = false
    var remaining = Self.patience
    let range = NSRange(location: 0, length: text.utf16.count)
    expression.enumerateMatches(in: text, options: .reportProgress, range: range) {
      match, flags, stop in
      if match != nil {
        found = true
        stop.pointee = true
        return
      }
      remaining -= 1
      if flags.contains(.internalError) || remaining == 0 {
        found = nil
        stop.pointee = true
      }
    }
    return found
  }

  /// How many reports of progress, each of some thousand steps, a search may take.
  private static let patience = 1000
}

/// The differences between Java's regular expressions and ICU's.
enum JavaPattern {
  /// The pattern for ICU: `\d`, `\w`, `\s` and POSIX classes such as `\p{Alpha}` mean ASCII, as in
  /// Java, and what only ICU understands means nothing else.
  ///
  /// - Throws: when Java refuses what ICU accepts: an escaped letter that means nothing, or `(?#`.
  static func translated(_ pattern: String) throws(RegularExpression.Problem) -> String {
    // ICU has no empty pattern.
    if pattern.isEmpty { return "(?:)" }
    var result = ""
    var depth = 0
    var rest = pattern.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\\":
        guard let escaped = rest.popFirst() else { return result + "\\" }
        if escaped == "Q" {
          result += quoted(&rest)
        } else if let ascii = ascii(escaped, &rest) {
          result += depth > 0 ? ascii : "[\(ascii)]"
        } else {
          try checkEscape(escaped, inSet: depth > 0)
          result += "\\\(escaped)" + property(escaped, &rest)
        }
      case "[":
        depth += 1
        result += "["
        // ICU alone has POSIX classes such as [[:alpha:]].
        if rest.first == ":" { result += "\\\(rest.removeFirst())" }
      case "]":
        depth = max(0, depth - 1)
        result += "]"
      case "-" where depth > 0 && result.exact.ends(with: "-") && !result.exact.ends(with: "\\-"):
        // The end of a range, where ICU would see the difference of two sets.
        result += "\\-"
      case "{" where depth == 0: result += "{" + braces(&rest)
      case "}" where depth == 0: result += "\\}"
      case "(" where depth == 0 && rest.prefix(2).elementsEqual("?#".unicodeScalars):
        throw RegularExpression.Problem(reason: "it is not a valid regular expression")
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Refuses the letters that Java does not let stand behind a backslash.
  private static func checkEscape(
    _ escaped: Unicode.Scalar, inSet: Bool
  ) throws(RegularExpression.Problem) {
    let known = inSet ? "aceHfhnNpPrtuvVx" : "aAbBceGHfhknNpPrRtuvVxXzZ"
    guard escaped.isASCII, escaped.properties.isAlphabetic,
      !known.unicodeScalars.contains(escaped)
    else { return }
    throw RegularExpression.Problem(reason: "it is not a valid regular expression")
  }

  /// What belongs to an escaped letter: the name of `\p{L}`, which may also be written `\pL`.
  private static func property(
    _ escaped: Unicode.Scalar, _ rest: inout Substring.UnicodeScalarView
  ) -> String {
    guard "pPxN".unicodeScalars.contains(escaped), let next = rest.first else { return "" }
    if next == "{" { return "\(rest.removeFirst())" + braces(&rest) }
    return escaped == "p" || escaped == "P" ? "{\(rest.removeFirst())}" : ""
  }

  /// What stands up to `}` and that; nothing when there is none.
  private static func braces(_ rest: inout Substring.UnicodeScalarView) -> String {
    guard let end = rest.firstIndex(where: { $0 == "}" }) else { return "" }
    defer { rest = rest[rest.index(after: end)...] }
    return String(Substring(rest[...end]))
  }

  /// The inside of a set of ASCII characters for the class that an escape names.
  private static func ascii(
    _ escaped: Unicode.Scalar, _ rest: inout Substring.UnicodeScalarView
  ) -> String? {
    if let set = classes[escaped] { return set }
    guard escaped == "p" || escaped == "P", rest.first == "{",
      let end = rest.firstIndex(where: { $0 == "}" })
    else { return nil }
    let name = String(Substring(rest[rest.index(after: rest.startIndex)..<end]))
    guard let set = posixClasses[name] else { return nil }
    rest = rest[rest.index(after: end)...]
    return escaped == "p" ? set : "[^\(set)]"
  }

  /// What stands between `\Q` and `\E`, each character escaped, since ICU knows no `\Q` in a class.
  private static func quoted(_ rest: inout Substring.UnicodeScalarView) -> String {
    var result = ""
    while let scalar = rest.popFirst() {
      if scalar == "\\", rest.first == "E" {
        _ = rest.popFirst()
        return result
      }
      if scalar.isASCII, !scalar.properties.isAlphabetic, scalar.properties.numericType == nil {
        result += "\\"
      }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  private static let classes: [Unicode.Scalar: String] = [
    "d": "0-9", "D": "[^0-9]", "w": "a-zA-Z_0-9", "W": "[^a-zA-Z_0-9]",
    "s": "\\x20\\t\\n\\x0B\\f\\r", "S": "[^\\x20\\t\\n\\x0B\\f\\r]",
  ]

  private static let posixClasses = [
    "Lower": "a-z", "Upper": "A-Z", "ASCII": "\\x00-\\x7F", "Alpha": "a-zA-Z", "Digit": "0-9",
    "Alnum": "a-zA-Z0-9", "Punct": "!-/:-@\\[-`{-~", "Graph": "!-~", "Print": "\\x20-~",
    "Blank": "\\x20\\t", "Cntrl": "\\x00-\\x1F\\x7F", "XDigit": "0-9a-fA-F",
    "Space": "\\x20\\t\\n\\x0B\\f\\r",
  ]
}
