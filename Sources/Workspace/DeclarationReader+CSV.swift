import IncrementalJoin
import PartitionPredicate

extension DeclarationReader {
  /// Reads a table's `csv:`; a key with a mistake keeps its default.
  mutating func csv(
    of field: DeclaredField?, format: DataFormat?, table: String, hasColumns: Bool
  ) -> CSVDialect {
    var dialect = CSVDialect()
    guard let field else { return dialect }
    if let format, format != .csv {
      report(.csv(.otherFormat(table: table, format)), at: field.namePosition)
    }
    guard
      let fields = fields(
        of: field, in: .csv(table: table), at: field.namePosition, required: [],
        optional: [
          "delimiter", "quote", "escape", "header", "null", "encoding", "date_format",
          "timestamp_format", "decimal", "thousands", "true", "false",
        ])
    else { return dialect }
    readMarks(fields, into: &dialect)
    if let field = fields["header"], let flag = flag(of: field) {
      dialect.hasHeader = flag
      if !flag && !hasColumns { report(.csv(.headerWithoutColumns), at: field.position) }
    }
    let encoding = word(
      of: fields["encoding"], default: CSVDialect.TextEncoding.utf8, noun: "encoding")
    if let encoding { dialect.encoding = encoding }
    dialect.dateFormat = pattern(of: fields["date_format"])
    dialect.timestampFormat = pattern(of: fields["timestamp_format"])
    readNumberMarks(fields, into: &dialect)
    readSpellings(fields, into: &dialect)
    return dialect
  }

  /// Reads the characters between and around fields.
  private mutating func readMarks(_ fields: [String: DeclaredField], into dialect: inout CSVDialect)
  {
    let delimiter = delimiter(of: fields["delimiter"])
    if let delimiter { dialect.delimiter = delimiter }
    if let quote = text(of: fields["quote"]) {
      if quote.value == "none" {
        (dialect.quote, dialect.escape) = (nil, nil)
      } else if check(quote, isOneCharacterFor: "quote") {
        (dialect.quote, dialect.escape) = (quote.value, quote.value)
      }
    }
    if let field = fields["escape"], let escape = text(of: field),
      check(escape, isOneCharacterFor: "escape")
    {
      if dialect.quote == nil {
        report(.csv(.escapeWithoutQuote), at: field.namePosition)
      } else {
        dialect.escape = escape.value
      }
    }
    // Without `escape:` the escape is the quote, which must not count as a second mistake.
    let marks =
      [("quote", dialect.quote)] + (fields["escape"] == nil ? [] : [("escape", dialect.escape)])
    for (key, mark) in marks {
      guard let mark, dialect.delimiter.hasBytes(of: mark),
        let field = fields[key] ?? fields["delimiter"]
      else { continue }
      report(
        .csv(.contains(key: "delimiter", dialect.delimiter, other: key, mark)), at: field.position)
    }
  }

  private mutating func delimiter(of field: DeclaredField?) -> String? {
    guard let text = text(of: field) else { return nil }
    if let meant = Self.meantDelimiter(text.value) {
      report(.csv(.delimiterDescribed(text.value, meant: meant)), at: text.position)
      return nil
    }
    guard (1...4).contains(text.value.utf8.count), !text.value.hasLineEndOrZero else {
      report(.csv(.badDelimiter(text.value)), at: text.position)
      return nil
    }
    return text.value
  }

  /// The delimiter in double quotes that the file describes instead: by a word, or by an escape outside double quotes,
  /// where YAML reads a backslash and further characters.
  private static func meantDelimiter(_ text: String) -> String? {
    let words: [ExactText: String] = [
      "tab": "\\t", "pipe": "|", "bar": "|", "semicolon": ";", "comma": ",", "colon": ":",
      "space": " ",
    ]
    if let meant = words[text.exact.lowercased] { return meant }
    let bytes = Array(text.utf8)
    guard bytes.count > 1, bytes[0] == UInt8(ascii: "\\") else { return nil }
    let rest = String(text.unicodeScalars.dropFirst())
    switch rest.unicodeScalars.first {
    case "t" where bytes.count == 2: return text
    case "x" where bytes.count == 4, "u" where bytes.count == 6:
      return UInt32(rest.dropFirst(), radix: 16) == nil ? nil : text
    // Hive and its relatives write octal numbers: `\001`.
    case _?: return UInt8(rest, radix: 8).map { "\\x" + hexadecimal($0) }
    case nil: return nil
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }

  private mutating func check(_ text: Located<String>, isOneCharacterFor key: String) -> Bool {
    guard text.value.utf8.count == 1, !text.value.hasLineEndOrZero,
      text.value.unicodeScalars.allSatisfy(\.isASCII)
    else {
      report(.csv(.notOneCharacter(key: key, text.value)), at: text.position)
      return false
    }
    return true
  }

  private mutating func readNumberMarks(
    _ fields: [String: DeclaredField], into dialect: inout CSVDialect
  ) {
    if let decimal = text(of: fields["decimal"]) {
      if [".", ","].contains(decimal.value.exact) {
        dialect.decimal = decimal.value
      } else {
        report(.csv(.badDecimal(decimal.value)), at: decimal.position)
      }
    }
    guard let thousands = text(of: fields["thousands"]) else { return }
    guard [".", ",", " ", "'", "_"].contains(thousands.value.exact) else {
      report(.csv(.badThousands(thousands.value)), at: thousands.position)
      return
    }
    if thousands.value == dialect.decimal {
      report(.csv(.thousandsAreDecimal(thousands.value)), at: thousands.position)
    }
    dialect.thousands = thousands.value
  }

  private mutating func pattern(of field: DeclaredField?) -> String? {
    guard let field, let text = text(of: field) else { return nil }
    guard !text.value.unicodeScalars.allSatisfy(\.properties.isWhitespace) else {
      report(.empty(key: field.name, field.role), at: text.position)
      return nil
    }
    let specifiers = DatePattern.specifiers(in: text.value)
    if let unknown = specifiers.first(where: { !DatePattern.isKnown($0) }) {
      report(
        .csv(.unknownSpecifier(key: field.name, text.value, specifier: unknown)),
        at: text.position)
    } else if specifiers.allSatisfy({ $0 == "%%" }) {
      let meant = DatePattern.translation(ofJava: text.value)
      report(.csv(.noSpecifier(key: field.name, text.value, meant: meant)), at: text.position)
    }
    return text.value
  }
}

extension String {
  /// Whether another text's bytes occur contiguously in this one's.
  func hasBytes(of other: String) -> Bool { Array(utf8).firstRange(of: Array(other.utf8)) != nil }

  var hasLineEndOrZero: Bool { utf8.contains { [0, 10, 13].contains($0) } }
}
