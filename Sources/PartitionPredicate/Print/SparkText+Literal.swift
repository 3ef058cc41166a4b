extension SparkText {
  /// Writes a literal such that it reads back as a literal of its type.
  ///
  /// What Spark cannot spell in the type gets a CAST, unless the place compares as that type anyway.
  func write(
    _ value: PartitionValue, _ type: ValueType, as place: ValueType?, to text: inout String
  ) {
    switch value {
    case .null:
      // Among truth values an untyped NULL is the boolean one.
      let isClear = type == .null || (type == .boolean && place == .boolean)
      text += isClear ? "NULL" : "CAST(NULL AS \(type))"
    case .boolean(let flag): text += flag ? "TRUE" : "FALSE"
    case .integer(let number):
      text += String(number)
      if type == .bigint, Int32(exactly: number) != nil { text += "L" }
    case .decimal(let unscaled, let scale):
      // Spark reads the digits' own precision, or the scale when it is greater.
      let precision = max(String(unscaled.magnitude).utf8.count, scale)
      let isClear = type == .decimal(precision: precision, scale: scale) || type == place
      if !isClear { text += "CAST(" }
      text += value.text
      if scale == 0 { text += "BD" }
      if !isClear { text += " AS \(type))" }
    case .date(let days):
      text += "DATE "
      write(string: CivilDate(daysSinceEpoch: days).signedText, to: &text)
    case .timestamp:
      text += "TIMESTAMP "
      write(string: Cast.string(value), to: &text)
    case .string(let string): write(string: string, to: &text)
    }
  }

  /// Writes a string literal, in which backslash is the escape.
  func write(string: String, to text: inout String) {
    text += "'"
    for scalar in string.unicodeScalars {
      switch scalar {
      case "'": text += "\\'"
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where EchoedText.isInvisible(scalar):
        // Whoever prints the predicate may not print these; Spark reads the escape.
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value > 0xFFFF ? 8 : 4
        text += (width == 4 ? "\\u" : "\\U")
        text += String(repeating: "0", count: width - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "'"
  }

  /// Writes a key's name, in backquotes unless it is a plain identifier.
  func write(name: String, to text: inout String) {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let isPlain =
      name.utf8.first.map { !digits.contains($0) } ?? false
      && name.utf8.allSatisfy {
        $0 == UInt8(ascii: "_") || digits.contains($0) || letters.contains($0 | 0x20)
      }
    if isPlain, !Self.reserved.contains(name.exact.lowercased) {
      text += name
    } else {
      text += "`\(name.exact.replacing(every: "`", with: "``"))`"
    }
  }

  /// Words that would be read as operators, literals or functions if a key had them as its name.
  private static let reserved: Set<ExactText> = [
    "and", "as", "between", "case", "cast", "current_date", "distinct", "div", "escape", "exists",
    "false", "ilike", "in", "interval", "is", "like", "not", "null", "or", "regexp", "rlike",
    "true", "unknown",
  ]
}
