/// The differences between Java's regular expressions and ICU's.
enum JavaPattern {
  /// The pattern for ICU: `\d`, `\w`, `\s` and POSIX classes such as `\p{Alpha}` mean ASCII, as in
  /// Java.
  static func translated(_ pattern: String) -> String {
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
          result += "\\\(escaped)"
        }
      case "[":
        depth += 1
        result.unicodeScalars.append(scalar)
      case "]":
        depth = max(0, depth - 1)
        result.unicodeScalars.append(scalar)
      default:
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The inside of a set of ASCII characters for the class that an escape names.
  private static func ascii(
    _ escaped: Unicode.Scalar, _ rest: inout Substring.UnicodeScalarView
  ) -> String? {
    if let set = classes[escaped] { return set }
    guard escaped == "p" || escaped == "P", rest.first == "{", let end = rest.firstIndex(of: "}")
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
    "s": " \\t\\n\\x0B\\f\\r", "S": "[^ \\t\\n\\x0B\\f\\r]",
  ]

  private static let posixClasses = [
    "Lower": "a-z", "Upper": "A-Z", "ASCII": "\\x00-\\x7F", "Alpha": "a-zA-Z", "Digit": "0-9",
    "Alnum": "a-zA-Z0-9", "Punct": "!-/:-@\\[-`{-~", "Graph": "!-~", "Print": " -~",
    "Blank": " \\t", "Cntrl": "\\x00-\\x1F\\x7F", "XDigit": "0-9a-fA-F",
    "Space": " \\t\\n\\x0B\\f\\r",
  ]
}
