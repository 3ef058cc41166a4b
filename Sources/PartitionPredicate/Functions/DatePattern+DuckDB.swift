extension DatePattern {
  /// A text read as an instant, in DuckDB's SQL; NULL where it is not of the pattern.
  ///
  /// - Returns: nil for a pattern that a regular expression does not read as Java does: with brackets
  ///   elsewhere than at its end, with digits that are told apart only by going back, or with a year of
  ///   another number of letters than two or four.
  func duckDBInstant(of value: String) -> String? {
    guard let alternatives = Self.alternatives(parts), alternatives.allSatisfy(Self.isPlain) else {
      return nil
    }
    var text = "(CASE"
    for parts in alternatives {
      if let signed = Self.expression(parts, signed: true) {
        text +=
          " WHEN regexp_matches(\(value), '\(signed)') "
          + "THEN error('a year with a sign is read only by Spark')"
      }
    }
    for parts in alternatives {
      guard let expression = Self.expression(parts, signed: false) else { return nil }
      text +=
        " WHEN regexp_matches(\(value), '\(expression)') THEN "
        + "TRY_CAST(regexp_replace(\(value), '\(expression)', '\(Self.replacement(parts))') "
        + "AS TIMESTAMP)"
    }
    return text + " END)"
  }

  /// The pattern with and without the brackets at its end, the shortest first.
  private static func alternatives(_ parts: [Part]) -> [[Part]]? {
    guard case .optional(let inner) = parts.last else {
      return parts.contains(where: \.isOptional) ? nil : [parts]
    }
    let start = Array(parts.dropLast())
    guard !start.contains(where: \.isOptional), let inner = alternatives(inner) else { return nil }
    return [start] + inner.map { start + $0 }
  }

  /// Whether no digits follow a number or fraction that could have taken them.
  private static func isPlain(_ parts: [Part]) -> Bool {
    for (index, part) in parts.enumerated() {
      var next = index + 1
      switch part {
      case .number(let number):
        if number.field == .year, number.letters != 2, number.letters != 4 { return false }
        if number.isFixed { continue }
        var reserved = number.reserved
        while reserved > 0, next < parts.count, case .number(let fixed) = parts[next] {
          reserved -= fixed.minimum
          next += 1
        }
      case .fraction: break
      case .text(let scalar):
        // Letters beyond ASCII have no simple counterparts of the other case.
        if !scalar.isASCII, scalar.properties.isCased { return false }
        continue
      case .name, .optional: continue
      }
      if next < parts.count, parts[next].beginsWithDigit { return false }
    }
    return true
  }

  /// The regular expression of texts with a group for each field; with signs that of texts whose year has
  /// one, nil where there is no such year.
  private static func expression(_ parts: [Part], signed: Bool) -> String? {
    var hasSign = false
    let pieces = parts.map { part -> String in
      switch part {
      case .number(let number):
        if signed, number.takesPlus {
          hasSign = true
          return #"(?:-[0-9]{4,}|[+][0-9]{5,})"#
        }
        return group(number)
      case .fraction(let count):
        return count > 6 ? "([0-9]{1,6})[0-9]{0,\(count - 6)}" : "([0-9]{1,\(count)})"
      case .text(let scalar): return literal(scalar)
      case .name, .optional: return ""
      }
    }
    return signed && !hasSign ? nil : "^\(pieces.joined())$"
  }

  private static func group(_ number: Number) -> String {
    if number.field == .year { return "([0-9]{\(number.letters)})" }
    let range =
      switch number.field {
      case .month: number.isFixed ? "0[1-9]|1[0-2]" : "0?[1-9]|1[0-2]"
      case .day: number.isFixed ? "0[1-9]|[12][0-9]|3[01]" : "0?[1-9]|[12][0-9]|3[01]"
      case .hour: number.isFixed ? "[01][0-9]|2[0-3]" : "[01]?[0-9]|2[0-3]"
      default: number.isFixed ? "[0-5][0-9]" : "[0-5]?[0-9]"
      }
    return number.isFixed ? "(\(range))" : "0{0,17}(\(range))"
  }

  private static func literal(_ scalar: Unicode.Scalar) -> String {
    if scalar == "'" { return "''" }
    if scalar.value == 0 { return #"\x00"# }
    if scalar.isASCII, scalar.properties.isAlphabetic { return "(?i:\(scalar))" }
    let isPlain = !scalar.isASCII || ("0"..."9").contains(scalar)
    return isPlain ? String(scalar) : "\\\(scalar)"
  }

  /// The instant in ISO's form, its fields being the groups of the expression.
  private static func replacement(_ parts: [Part]) -> String {
    var fields: [Field: String] = [:]
    for part in parts {
      switch part {
      case .number(let number):
        let century = number.field == .year && number.isFixed ? "20" : ""
        fields[number.field] = "\(century)\\\(fields.count + 1)"
      case .fraction: fields[.fraction] = ".\\\(fields.count + 1)"
      case .text, .name, .optional: break
      }
    }
    let date = "\(fields[.year] ?? "1970")-\(fields[.month] ?? "01")-\(fields[.day] ?? "01")"
    let time = "\(fields[.hour] ?? "00"):\(fields[.minute] ?? "00"):\(fields[.second] ?? "00")"
    return "\(date) \(time)\(fields[.fraction] ?? "")"
  }

  /// An instant, whose year must have four digits, as text in DuckDB's SQL.
  func duckDBText(of value: String) -> String {
    var pieces: [String] = []
    var format = ""
    func flush() {
      if !format.isEmpty { pieces.append("strftime(\(value), '\(format)')") }
      format = ""
    }
    func write(_ parts: [Part]) {
      for part in parts {
        switch part {
        case .number(let number) where number.field == .year && number.letters != 2:
          flush()
          pieces.append("printf('%0\(number.letters)d', year(\(value)))")
        case .number(let number):
          let letters: [Field: String] = [
            .year: "y", .month: "m", .day: "d", .hour: "H", .minute: "M", .second: "S",
          ]
          format += "%\(number.isFixed ? "" : "-")\(letters[number.field] ?? "")"
        case .fraction(let count):
          flush()
          let zeros = String(repeating: "0", count: max(0, count - 6))
          pieces.append("(substr(strftime(\(value), '%f'), 1, \(count)) || '\(zeros)')")
        case .name(.month, let isLong): format += isLong ? "%B" : "%b"
        case .name(_, let isLong): format += isLong ? "%A" : "%a"
        case .text("'"): format += "''"
        case .text("%"): format += "%%"
        case .text(let scalar): format.unicodeScalars.append(scalar)
        case .optional(let inner): write(inner)
        }
      }
    }
    write(parts)
    flush()
    if pieces.isEmpty { pieces.append("strftime(\(value), '')") }
    return "(\(pieces.joined(separator: " || ")))"
  }

  /// Whether it writes a year.
  var hasYear: Bool { Self.hasYear(parts) }

  private static func hasYear(_ parts: [Part]) -> Bool {
    parts.contains { part in
      switch part {
      case .number(let number): number.field == .year
      case .optional(let inner): hasYear(inner)
      default: false
      }
    }
  }
}

extension DatePattern.Part {
  fileprivate var isOptional: Bool {
    if case .optional = self { return true }
    return false
  }

  fileprivate var beginsWithDigit: Bool {
    switch self {
    case .number, .fraction: true
    case .text(let scalar): ("0"..."9").contains(scalar)
    case .name, .optional: false
    }
  }
}
