/// The pattern of dates and times in the notation of `strftime`, such as `%d/%m/%Y`.
enum DatePattern {
  /// The specifiers of a pattern in order, such as `%d` and `%-m`; a `%` at the end stands alone.
  static func specifiers(in pattern: String) -> [String] {
    var specifiers: [String] = []
    var rest = Array(pattern.unicodeScalars)[...]
    while let percent = rest.firstIndex(where: { $0 == "%" }) {
      var end = percent + 1
      if rest[end...].first == "-" { end += 1 }
      end = min(end + 1, rest.endIndex)
      specifiers.append(String(String.UnicodeScalarView(rest[percent..<end])))
      rest = rest[end...]
    }
    return specifiers
  }

  /// Whether DuckDB knows a specifier (https://duckdb.org/docs/stable/sql/functions/dateformat).
  static func isKnown(_ specifier: String) -> Bool {
    let letters = specifier.unicodeScalars.dropFirst()
    guard let last = letters.last else { return false }
    let known = letters.first == "-" ? "dHIjmMSy" : "%aAbBcdfgGhHIjmMnpSTuUVwWxXyYzZ"
    return known.unicodeScalars.contains(last)
  }

  /// The equivalent of a specifier from other programs; nil for one that means nothing.
  static func equivalent(of specifier: String) -> String? {
    [
      "%F": "%Y-%m-%d", "%D": "%m/%d/%y", "%R": "%H:%M", "%e": "%-d", "%k": "%-H", "%l": "%-I",
      "%P": "%p",
    ][specifier]
  }

  /// The translation of a pattern in Java's notation, such as `dd/MM/yyyy`; nil when the meaning is uncertain.
  static func translation(ofJava pattern: String) -> String? {
    let scalars = Array(pattern.unicodeScalars)
    // Somebody who writes dd/mm/yyyy means months: minutes make no sense without hours.
    let isTimed = scalars.contains("H") || scalars.contains("h")
    let monthsAreLower = !isTimed && !scalars.contains("M")
    var translated = ""
    var index = 0
    var isQuoted = false
    while index < scalars.count {
      let scalar = scalars[index]
      let count = scalars[index...].prefix { $0 == scalar }.count
      if scalar == "'" {
        isQuoted.toggle()
        index += 1
      } else if isQuoted || !scalar.properties.isAlphabetic || (scalar == "T" && count == 1) {
        guard scalar != "%" else { return nil }
        translated.unicodeScalars.append(scalar)
        index += 1
      } else {
        let letter = monthsAreLower && scalar == "m" ? "M" : scalar
        guard let specifier = specifier(forJava: letter, count) else { return nil }
        translated += specifier
        index += count
      }
    }
    return translated.unicodeScalars.contains("%") ? translated : nil
  }

  private static func specifier(forJava letter: Unicode.Scalar, _ count: Int) -> String? {
    let spellings: [Unicode.Scalar: [Int: String]] = [
      "y": [1: "%Y", 2: "%y", 4: "%Y"], "u": [1: "%Y", 4: "%Y"], "Y": [2: "%y", 4: "%Y"],
      "M": [1: "%-m", 2: "%m", 3: "%b", 4: "%B"], "L": [1: "%-m", 2: "%m", 3: "%b", 4: "%B"],
      "d": [1: "%-d", 2: "%d"], "D": [2: "%d"],
      "H": [1: "%-H", 2: "%H"], "h": [1: "%-I", 2: "%I"], "a": [1: "%p"],
      "m": [1: "%-M", 2: "%M"], "s": [1: "%-S", 2: "%S"], "S": [3: "%g", 6: "%f", 9: "%n"],
      "E": [1: "%a", 2: "%a", 3: "%a", 4: "%A"],
      "X": [1: "%z", 2: "%z", 3: "%z"], "x": [1: "%z", 2: "%z", 3: "%z"], "Z": [1: "%z"],
    ]
    return spellings[letter]?[count]
  }
}
