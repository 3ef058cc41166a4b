import PartitionPredicate
import Wording

package extension String {
  /// The text as a YAML scalar in a block, quoted where it would otherwise mean something else.
  ///
  /// Whatever could steer a terminal is written as an escape, so that sanitizing the text changes nothing.
  var yaml: String {
    let needsEscapes = sanitized != self
    if !needsEscapes, isPlainYAML { return self }
    if !needsEscapes, unicodeScalars.contains(where: { $0 == "\"" || $0 == "\\" }) {
      return "'\(exact.replacing(every: "'", with: "''"))'"
    }
    return "\"\(unicodeScalars.map(Self.escaped).joined())\""
  }

  /// Whether it consists of letters, digits and the characters in types, begins with a letter, and is no word that YAML
  /// reads as anything but text.
  private var isPlainYAML: Bool {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let first = utf8.first, letters.contains(first | 0x20) || first == UInt8(ascii: "_"),
      utf8.last != UInt8(ascii: " ")
    else { return false }
    let words: [ExactText] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
    return !words.contains(exact.lowercased)
      && utf8.allSatisfy { byte in
        letters.contains(byte | 0x20) || digits.contains(byte) || "_(), .".utf8.contains(byte)
      }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"", "\\": return "\\\(scalar)"
    case "\n": return "\\n"
    case "\t": return "\\t"
    default: break
    }
    let text = String(scalar)
    guard text.sanitized != text else { return text }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let width = scalar.value < 0x100 ? 2 : scalar.value < 0x10000 ? 4 : 8
    let letter = [2: "x", 4: "u", 8: "U"][width] ?? "U"
    return "\\\(letter)\(String(repeating: "0", count: width - digits.count))\(digits)"
  }
}
