/// How the CSV files of a table are written, as declared by the table's `csv:`.
///
/// docs/guide/own-tables.md says which text is a value of which type.
public struct CSVDialect: Hashable, Sendable {
  /// The separator between two fields: 1 to 4 bytes of UTF-8, without a line end.
  public var delimiter: String
  /// What may enclose a field: one ASCII character; nil when fields are never quoted.
  public var quote: String?
  /// The character that takes away a quote's meaning inside a quoted field: one ASCII character; the quote itself where
  /// two stand for one.
  public var escape: String?
  /// Whether the first line has the columns' names; if not, they are those of `columns:`, in order.
  public var hasHeader: Bool
  /// The spellings of a missing value, which count only where they are not quoted.
  public var null: [String]
  /// The encoding of the files.
  public var encoding: TextEncoding
  /// The `strftime` pattern of dates, such as `%d/%m/%Y`; nil for ISO 8601.
  public var dateFormat: String?
  /// The spelling of timestamps as `strftime` has it; nil for ISO 8601.
  public var timestampFormat: String?
  /// The decimal mark: a point or a comma.
  public var decimal: String
  /// What separates groups of three digits; nil when nothing may.
  public var thousands: String?
  /// Additional spellings of true, compared ignoring the case of ASCII letters.
  public var `true`: [String]
  /// Additional spellings of false, compared ignoring the case of ASCII letters.
  public var `false`: [String]

  /// How a text file is encoded.
  public enum TextEncoding: String, Hashable, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case utf16 = "utf-16"
    case latin1 = "latin-1"
  }

  /// Creates a dialect; without arguments the one of RFC 4180 with a header, in UTF-8.
  public init(
    delimiter: String = ",", quote: String? = "\"", escape: String? = "\"", hasHeader: Bool = true,
    null: [String] = [""], encoding: TextEncoding = .utf8, dateFormat: String? = nil,
    timestampFormat: String? = nil, decimal: String = ".", thousands: String? = nil,
    true: [String] = [], false: [String] = []
  ) {
    self.delimiter = delimiter
    self.quote = quote
    self.escape = escape
    self.hasHeader = hasHeader
    self.null = null
    self.encoding = encoding
    self.dateFormat = dateFormat
    self.timestampFormat = timestampFormat
    self.decimal = decimal
    self.thousands = thousands
    self.true = `true`
    self.false = `false`
  }
}

extension CSVDialect {
  /// The differences from the standard dialect, as name and value; empty for the standard one.
  ///
  /// They are part of a job's fingerprint, because they decide which rows are read.
  public var differences: [String] {
    let standard = CSVDialect()
    var parts: [String] = []
    func add(_ name: String, _ value: [String], _ other: [String]) {
      let isSame =
        value.count == other.count
        && zip(value, other).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
      if !isSame { parts.append(([name] + value).map { "\($0.utf8.count):\($0)" }.joined()) }
    }
    add("delimiter", [delimiter], [standard.delimiter])
    add("quote", [quote].compactMap(\.self), [standard.quote].compactMap(\.self))
    add("escape", [escape].compactMap(\.self), [standard.escape].compactMap(\.self))
    add("header", [String(hasHeader)], [String(standard.hasHeader)])
    add("null", null, standard.null)
    add("encoding", [encoding.rawValue], [standard.encoding.rawValue])
    add("date_format", [dateFormat].compactMap(\.self), [])
    add("timestamp_format", [timestampFormat].compactMap(\.self), [])
    add("decimal", [decimal], [standard.decimal])
    add("thousands", [thousands].compactMap(\.self), [])
    add("true", `true`, [])
    add("false", `false`, [])
    return parts
  }
}
