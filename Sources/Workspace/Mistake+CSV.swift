public import IncrementalJoin

extension Mistake {
  /// What is wrong in a table's `csv:`.
  public enum CSVProblem: Hashable, Sendable {
    /// The table's files are not CSV.
    case otherFormat(table: String, DataFormat)
    /// Nothing gives the columns' names.
    case headerWithoutColumns
    case badDelimiter(String)
    /// A word, or an escape outside double quotes, in place of the delimiter, which is `meant` in double quotes.
    case delimiterDescribed(String, meant: String)
    case notOneCharacter(key: String, String)
    case escapeWithoutQuote
    /// A text that contains another key's text, so that one of them could never be found.
    case contains(key: String, String, other: String, String)
    case badDecimal(String)
    case badThousands(String)
    case thousandsAreDecimal(String)
    /// No specifier in the pattern; `meant` is the right pattern if the text is in Java's notation.
    case noSpecifier(key: String, String, meant: String?)
    case unknownSpecifier(key: String, String, specifier: String)
    /// Something YAML reads as null, in place of a spelling.
    case unquotedNull(String)
    case badSpelling(key: String, String)
    /// A spelling of two values; `other` is `true`, `false` or `null`.
    case ambiguous(String, key: String, other: String)
  }
}

extension Mistake.CSVProblem {
  /// What is wrong, without position and advice.
  var sentence: String {
    switch self {
    case .otherFormat(let table, let format):
      "csv: says how CSV files are written, but the format of table \(table.printable) is "
        + format.rawValue
    case .headerWithoutColumns: "without a header nothing names the columns"
    case .badDelimiter(let text): "\(text.quoted) cannot be a delimiter"
    case .delimiterDescribed(let text, _): "\(text.quoted) is not the delimiter itself"
    case .notOneCharacter(let key, let text):
      "\(key): \(text.quoted) is not one ASCII character"
    case .escapeWithoutQuote:
      "the escape has nothing to escape: with quote: none fields are never quoted"
    case .contains(let key, let text, let other, let part):
      text.utf8.count == part.utf8.count
        ? "\(key): \(text.quoted) is the \(other) too"
        : "\(key): \(text.quoted) contains the \(other) \(part.quoted)"
    case .badDecimal(let text): "\(text.quoted) cannot be a decimal mark"
    case .badThousands(let text): "\(text.quoted) cannot separate thousands"
    case .thousandsAreDecimal(let text): "thousands: \(text.quoted) is the decimal mark too"
    case .noSpecifier(let key, let text, _):
      "\(key): \(text.quoted) is not a pattern of strftime, such as %d for the day"
    case .unknownSpecifier(let key, let text, let specifier):
      "\(key): \(text.quoted) has the unknown part \(specifier.quoted)"
    case .unquotedNull(let word): "\(word) without quotes means nothing at all in YAML, not a text"
    case .badSpelling(let key, let text):
      "\(key): \(text.quoted) contains a line end or a zero byte"
    case .ambiguous(let text, let key, let other):
      "\(text.quoted) would mean both \(key) and \(other == "null" ? "a missing value" : other)"
    }
  }

  /// What to do about it.
  var hint: String {
    switch self {
    case .otherFormat: "write format: csv, or remove csv:."
    case .headerWithoutColumns:
      "declare columns: for the table, with all columns of the files in their order."
    case .badDelimiter:
      "write 1 to 4 bytes without line ends, in double quotes: \";\", or \"\\t\" for a tab."
    case .delimiterDescribed(_, let meant):
      "write delimiter: \"\(meant.printable)\", in double quotes."
    case .notOneCharacter("quote", _):
      "write quote: \"'\", or quote: none where fields are never quoted."
    case .notOneCharacter:
      "write escape: '\\', or leave it out where two quotes stand for one."
    case .escapeWithoutQuote: "remove the escape, or name the quote."
    case .contains("null", _, _, _):
      "remove it: a field that contains it is quoted, and quoted text is never missing."
    case .contains(_, _, let other, _): "choose another delimiter or another \(other)."
    case .badDecimal: "write decimal: \".\" or decimal: \",\"."
    case .badThousands: "choose \".\", \",\", \" \", \"'\" or \"_\", in double quotes."
    case .thousandsAreDecimal(let text):
      "write decimal: \"\(text == "." ? "," : ".")\", or choose another thousands:."
    case .noSpecifier(let key, _, let meant):
      meant.map { "write \(key): \"\($0.printable)\", in quotes." }
        ?? "write it in quotes as in \(key): \"\(Self.example(of: key))\"."
    case .unknownSpecifier(_, _, let specifier):
      DatePattern.equivalent(of: specifier).map { "write \($0) instead." }
        ?? "use %Y %y %m %b %B %d %j %a %A %H %I %p %M %S %g %f %n %z or %Z; %% is a percent sign."
    case .unquotedNull(let word): "put it in quotes: \"\(word)\"."
    case .badSpelling: "write one field as the files have it."
    case .ambiguous(_, let key, "null"):
      "remove it from \(key):, or say under null: how missing values are spelled instead."
    case .ambiguous: "keep it in one of the two; true and false always mean themselves."
    }
  }

  static func example(of key: String) -> String {
    key == "date_format" ? "%d/%m/%Y" : "%d/%m/%Y %H:%M:%S"
  }
}
