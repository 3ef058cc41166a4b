import IncrementalJoin

/// Which types the values of a column of text may be guessed to have, narrowest first.
///
/// A guess is careful: it holds for every value of the files that were looked at, loses none of their
/// characters that mean something (a zero or a sign in front, digits that a double does not keep), and is
/// VARCHAR for everything else.
struct TypeGuess {
  /// A type with the SQL that is true when every value is one of it.
  struct Candidate {
    let type: ColumnType
    let holds: String
  }

  /// The SQL that is true when there is a value at all.
  let hasValue: String
  let candidates: [Candidate]

  /// Guesses the type of a column of CSV.
  ///
  /// - Parameters:
  ///   - text: An expression of the text; NULL where a value is missing.
  ///   - csv: How values are spelled.
  init(text: String, csv: CSVDialect) {
    let isMissing = "\(text) IS NULL OR \(text.sqlBare) = ''"
    hasValue = "bool_or(NOT (\(isMissing)))"
    candidates = Self.types(of: text, csv: csv).map { type, condition in
      Candidate(type: type, holds: Self.holds(condition, unless: isMissing))
    }
  }

  /// Guesses the type of a field of JSON from its kinds; the column `json` has objects with marked numbers.
  init(field: JSONStructure.Field) {
    let json = "json_extract(json, \(field.name.jsonPointer.sqlLiteral))"
    let isMissing = "\(json) IS NULL OR json_type(\(json)) = 'NULL'"
    hasValue = "bool_or(NOT (\(isMissing)))"
    let types: [ColumnType]
    switch field.value {
    case .scalar("VARCHAR"):
      let text = "json_extract_string(\(json), '$')"
      candidates = Self.types(of: text, csv: CSVDialect()).filter { $0.0.isInstant }.map {
        Candidate(type: $0, holds: Self.holds($1, unless: isMissing))
      }
      return
    case .scalar("BIGINT"), .scalar("UBIGINT"): types = [.scalar("BIGINT")]
    case .scalar(let kind) where kind == "DOUBLE" || kind == "BOOLEAN": types = [.scalar(kind)]
    case .scalar: types = []
    case .array, .object: types = [field.value.guessedType]
    }
    // A guess must be able to read the files that it was made from, digits included. TRY does not catch
    // what error() raises, so that a cast fails which cannot succeed.
    let reading = JSONValue(
      failure: { _, type, json in
        "CAST(CAST(CAST(CAST(\(json) AS VARCHAR) || '!' AS BIT) AS VARCHAR) AS \(type.sql))"
      }, keepsDigits: true)
    candidates = types.map { type in
      let read = reading.sql(json, as: type, spelling: field.value.spelling, column: field.name)
      return Candidate(
        type: type, holds: Self.holds("TRY(\(read)) IS NOT NULL", unless: isMissing))
    }
  }

  private static func holds(_ condition: String, unless isMissing: String) -> String {
    "bool_and(CASE WHEN \(isMissing) THEN true ELSE coalesce(\(condition), false) END)"
  }

  /// The types of text, narrowest first, with the condition that a text is one of it.
  private static func types(of text: String, csv: CSVDialect) -> [(ColumnType, String)] {
    func reads(_ type: String) -> String {
      "\(TextValue(.scalar(type), csv: csv).value(text)) IS NOT NULL"
    }
    let bare = text.sqlBare
    let boolean =
      csv.true.isEmpty && csv.false.isEmpty
      ? "dovetail_lower(\(bare)) IN ('true', 'false')" : reads("BOOLEAN")
    // A sign or a zero in front belongs to numbers that are names: telephone numbers, zip codes. DuckDB's
    // own spelling of a number has neither.
    let isPlain = "NOT regexp_matches(\(bare), '^(?:[+]|-?0[0-9])')"
    let hasMarks = csv.decimal != "." || csv.thousands != nil
    let whole =
      hasMarks
      ? "\(reads("BIGINT")) AND \(isPlain) AND NOT contains(\(bare), \(csv.decimal.sqlLiteral))"
      : "CAST(TRY_CAST(\(bare) AS BIGINT) AS VARCHAR) = \(bare)"
    let number =
      hasMarks
      ? "\(reads("DOUBLE")) AND \(isPlain)"
      : "CASE WHEN coalesce(CAST(TRY_CAST(\(bare) AS DOUBLE) AS VARCHAR) = \(bare), false) THEN true "
        + "WHEN \(isPlain) AND \(keepsDigits(bare)) THEN \(reads("DOUBLE")) ELSE false END"
    let offset =
      "regexp_matches(\(bare), '(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)$') AND contains(\(text), ':')"
    return [
      (.scalar("BOOLEAN"), boolean),
      (.scalar("BIGINT"), whole),
      (.scalar("DOUBLE"), number),
      (.scalar("DATE"), reads("DATE")),
      (.scalar("TIMESTAMP"), reads("TIMESTAMP")),
      (
        .scalar("TIMESTAMP WITH TIME ZONE"),
        csv.timestampFormat == nil
          ? "\(offset) AND \(reads("TIMESTAMP WITH TIME ZONE"))" : reads("TIMESTAMP WITH TIME ZONE")
      ),
    ]
  }

  /// Whether a double keeps all the digits of a number: it has 15 at most, or is spelled as doubles are.
  static func keepsDigits(_ bare: String) -> String {
    let digits =
      "ltrim(regexp_replace(regexp_replace(\(bare), '[eE].*$', ''), '[^0-9]', '', 'g'), '0')"
    return "CASE WHEN strlen(\(bare)) <= 15 OR strlen(\(digits)) <= 15 THEN true "
      + "ELSE CAST(TRY_CAST(\(bare) AS DOUBLE) AS VARCHAR) = \(bare) END"
  }
}

extension JSONStructure {
  /// The type that a value of this structure is guessed to have; text is text inside objects and lists.
  fileprivate var guessedType: ColumnType {
    switch self {
    case .scalar("BIGINT"), .scalar("UBIGINT"): .scalar("BIGINT")
    case .scalar(let kind) where kind == "DOUBLE" || kind == "BOOLEAN": .scalar(kind)
    case .scalar: .scalar("VARCHAR")
    case .array(let element): .list(element.guessedType)
    case .object(let fields):
      fields.isEmpty
        ? .scalar("JSON")
        : .structure(
          fields.map { ColumnType.Field(name: $0.name, type: $0.value.guessedType) })
    }
  }
}

extension ColumnType {
  /// Whether it is a date or an instant.
  fileprivate var isInstant: Bool { self == .scalar("DATE") || timestampDigits != nil }
}
