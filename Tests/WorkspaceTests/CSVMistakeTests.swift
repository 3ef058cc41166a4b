import TestSupport
import Testing

@Suite("Mistakes in csv")
struct CSVMistakeTests {
  /// A table of CSV files, with more lines of its own.
  private func check(_ mistake: MarkedMistake, table: String) throws {
    try mistake.check(
      in: """
        tables:
          a:
            location: data/a
            partitions: [month]
            \(table)

        """)
  }

  func checkCSV(_ mistake: MarkedMistake) throws {
    try check(mistake, table: "format: csv\n    csv:\n      \(mistake.text)")
  }

  @Test(
    "csv of a table of other files is refused",
    arguments: [
      MarkedMistake(
        "¦csv: { delimiter: ';' }",
        "csv: says how CSV files are written, but the format of table a is parquet",
        "write format: csv, or remove csv:."),
      MarkedMistake(
        "format: json\n    ¦csv: {}",
        "csv: says how CSV files are written, but the format of table a is json",
        "write format: csv, or remove csv:."),
      MarkedMistake(
        "format: csv\n    csv: ¦semicolons", "\"csv\" must be a mapping, not text",
        "write csv: { delimiter: \";\" }."),
      // Of what the format is nothing is known.
      MarkedMistake(
        "csv: { delimiter: ';' }\n    format: ¦cvs", "\"cvs\" is not a known format",
        "did you mean \"csv\"?"),
    ])
  func otherFormat(_ mistake: MarkedMistake) throws { try check(mistake, table: mistake.text) }

  @Test(
    "unknown keys of csv are named",
    arguments: [
      MarkedMistake(
        "¦seperator: ';'", "unknown key \"seperator\" in the csv of table a",
        "the csv of table a may have delimiter, quote, escape, header, null, encoding, "
          + "date_format, timestamp_format, decimal, thousands, true and false."),
      MarkedMistake(
        "¦delimeter: ';'", "unknown key \"delimeter\" in the csv of table a",
        "did you mean \"delimiter\"?"),
      MarkedMistake(
        "¦NULL: NA", "unknown key \"NULL\" in the csv of table a", "did you mean \"null\"?"),
      MarkedMistake(
        "null: NA\n      ¦null: N", "key \"null\" is already in line 7", "keep one of the two."),
      MarkedMistake("¦~: NA", "a key of \"csv\" is not text", "write a plain word."),
    ])
  func keys(_ mistake: MarkedMistake) throws { try checkCSV(mistake) }

  static let badDelimiterHint =
    #"write 1 to 4 bytes without line ends, in double quotes: ";", or "\t" for a tab."#

  @Test(
    "a delimiter is the text itself",
    arguments: [
      MarkedMistake(
        "delimiter: ¦tab", "\"tab\" is not the delimiter itself",
        #"write delimiter: "\t", in double quotes."#),
      MarkedMistake(
        "delimiter: ¦Semicolon", "\"Semicolon\" is not the delimiter itself",
        #"write delimiter: ";", in double quotes."#),
      MarkedMistake(
        "delimiter: ¦pipe", "\"pipe\" is not the delimiter itself",
        #"write delimiter: "|", in double quotes."#),
      MarkedMistake(
        #"delimiter: ¦\t"#, #""\t" is not the delimiter itself"#,
        #"write delimiter: "\t", in double quotes."#),
      MarkedMistake(
        #"delimiter: ¦'\t'"#, #""\t" is not the delimiter itself"#,
        #"write delimiter: "\t", in double quotes."#),
      MarkedMistake(
        #"delimiter: ¦\x1f"#, #""\x1f" is not the delimiter itself"#,
        #"write delimiter: "\x1f", in double quotes."#),
      MarkedMistake(
        #"delimiter: ¦\u0001"#, #""\u0001" is not the delimiter itself"#,
        #"write delimiter: "\u0001", in double quotes."#),
      MarkedMistake(
        #"delimiter: ¦\037"#, #""\037" is not the delimiter itself"#,
        #"write delimiter: "\x1F", in double quotes."#),
      MarkedMistake(
        "delimiter: ¦\"\"", "\"\" cannot be a delimiter", badDelimiterHint),
      MarkedMistake(
        "delimiter: ¦' --- '", "\" --- \" cannot be a delimiter", badDelimiterHint
      ),
      MarkedMistake(
        "delimiter: ¦\"ééé\"", "\"ééé\" cannot be a delimiter", badDelimiterHint),
      MarkedMistake(
        #"delimiter: ¦"\r\n""#, #""\u{D}\u{A}" cannot be a delimiter"#, badDelimiterHint),
      MarkedMistake(
        #"delimiter: ¦"\0""#, #""\u{0}" cannot be a delimiter"#, badDelimiterHint),
      MarkedMistake(
        "delimiter: ¦|", "\"\" cannot be a delimiter", badDelimiterHint),
      MarkedMistake(
        "¦delimiter:", "\"delimiter\" must be text, not nothing",
        #"leave it out, or write delimiter: ";", in double quotes; a tab is "\t"."#),
    ])
  func delimiter(_ mistake: MarkedMistake) throws { try checkCSV(mistake) }

  @Test(
    "quote and escape are one character each, and not the delimiter",
    arguments: [
      MarkedMistake(
        "quote: ¦''", "quote: \"\" is not one ASCII character",
        "write quote: \"'\", or quote: none where fields are never quoted."),
      MarkedMistake(
        "quote: ¦«", "quote: \"«\" is not one ASCII character",
        "write quote: \"'\", or quote: none where fields are never quoted."),
      MarkedMistake(
        #"escape: ¦"\\\\""#, #"escape: "\\" is not one ASCII character"#,
        #"write escape: '\', or leave it out where two quotes stand for one."#),
      MarkedMistake(
        #"escape: ¦"\n""#, #"escape: "\u{A}" is not one ASCII character"#,
        #"write escape: '\', or leave it out where two quotes stand for one."#),
      MarkedMistake(
        "quote: none\n      ¦escape: '\\'",
        "the escape has nothing to escape: with quote: none fields are never quoted",
        "remove the escape, or name the quote."),
      MarkedMistake(
        "delimiter: ¦'\"'", "delimiter: \"\"\" is the quote too",
        "choose another delimiter or another quote."),
      MarkedMistake(
        "delimiter: ;\n      quote: ¦;", "delimiter: \";\" is the quote too",
        "choose another delimiter or another quote."),
      MarkedMistake(
        "quote: ¦\"'\"\n      delimiter: \"';'\"", "delimiter: \"';'\" contains the quote \"'\"",
        "choose another delimiter or another quote."),
      MarkedMistake(
        "escape: ¦','", "delimiter: \",\" is the escape too",
        "choose another delimiter or another escape."),
      MarkedMistake(
        "¦quote:", "\"quote\" must be text, not nothing",
        "leave it out, or write quote: with the character in double quotes."),
    ])
  func quoting(_ mistake: MarkedMistake) throws { try checkCSV(mistake) }

  @Test(
    "without a header the columns are declared",
    arguments: [
      MarkedMistake(
        "header: ¦false", "without a header nothing names the columns",
        "declare columns: for the table, with all columns of the files in their order."),
      MarkedMistake(
        "header: ¦no", "header: \"no\" is neither true nor false",
        "write header: true or header: false."),
    ])
  func header(_ mistake: MarkedMistake) throws { try checkCSV(mistake) }

  @Test(
    "an encoding is one of three",
    arguments: [
      MarkedMistake(
        "encoding: ¦utf8", "\"utf8\" is not a known encoding", "did you mean \"utf-8\"?"),
      MarkedMistake(
        "encoding: ¦cp1252", "\"cp1252\" is not a known encoding",
        "choose utf-8, utf-16 or latin-1."),
    ])
  func encoding(_ mistake: MarkedMistake) throws { try checkCSV(mistake) }

  @Test(
    "spellings are texts that a field can have and that mean one thing",
    arguments: [
      MarkedMistake(
        "null: ¦NULL", "NULL without quotes means nothing at all in YAML, not a text",
        "put it in quotes: \"NULL\"."),
      MarkedMistake(
        "null: [NA, ¦~]", "~ without quotes means nothing at all in YAML, not a text",
        "put it in quotes: \"~\"."),
      MarkedMistake(
        "¦null:", "\"null\" must be text or a list, not nothing",
        #"leave it out, or write null: ["", "NA"]."#),
      MarkedMistake("null: ¦[]", "\"null\" is empty", #"leave it out, or write null: ["", "NA"]."#),
      MarkedMistake(
        "null: [¦[a]]", "every item of \"null\" must be text, not a list",
        #"write null: ["", "NA"]."#),
      MarkedMistake(
        "null: [¦\"a,b\"]", "null: \"a,b\" contains the delimiter \",\"",
        "remove it: a field that contains it is quoted, and quoted text is never missing."),
      MarkedMistake(
        "null: ¦'\"'", "null: \"\"\" is the quote too",
        "remove it: a field that contains it is quoted, and quoted text is never missing."),
      MarkedMistake(
        #"null: ¦"a\nb""#, #"null: "a\u{A}b" contains a line end or a zero byte"#,
        "write one field as the files have it."),
      MarkedMistake(
        "¦true:", "\"true\" must be text or a list, not nothing",
        #"leave it out, or write true: ["yes", "1"]."#),
      MarkedMistake(
        "false: ¦[]", "\"false\" is empty", #"leave it out, or write false: ["no", "0"]."#),
      MarkedMistake(
        "true: [j, Y]\n      false: [n, ¦y]", "\"y\" would mean both false and true",
        "keep it in one of the two; true and false always mean themselves."),
      MarkedMistake(
        "true: ¦False", "\"False\" would mean both true and false",
        "keep it in one of the two; true and false always mean themselves."),
      MarkedMistake(
        "false: ¦TRUE", "\"TRUE\" would mean both false and true",
        "keep it in one of the two; true and false always mean themselves."),
      MarkedMistake(
        "false: [¦'']", "\"\" would mean both false and a missing value",
        "remove it from false:, or say under null: how missing values are spelled instead."),
      MarkedMistake(
        "null: [n]\n      true: ¦N", "\"N\" would mean both true and a missing value",
        "remove it from true:, or say under null: how missing values are spelled instead."),
    ])
  func spellings(_ mistake: MarkedMistake) throws { try checkCSV(mistake) }

  @Test(
    "the marks of numbers are two different ones",
    arguments: [
      MarkedMistake(
        "decimal: ¦;", "\";\" cannot be a decimal mark", #"write decimal: "." or decimal: ","."#),
      MarkedMistake(
        "thousands: ¦x", "\"x\" cannot separate thousands",
        #"choose ".", ",", " ", "'" or "_", in double quotes."#),
      MarkedMistake(
        "thousands: ¦'0'", "\"0\" cannot separate thousands",
        #"choose ".", ",", " ", "'" or "_", in double quotes."#),
      MarkedMistake(
        "thousands: ¦.", "thousands: \".\" is the decimal mark too",
        #"write decimal: ",", or choose another thousands:."#),
      MarkedMistake(
        "thousands: ¦','\n      decimal: ','", "thousands: \",\" is the decimal mark too",
        #"write decimal: ".", or choose another thousands:."#),
      MarkedMistake(
        "¦decimal: ", "\"decimal\" must be text, not nothing",
        "leave it out, or write decimal: with the character in double quotes."),
    ])
  func numbers(_ mistake: MarkedMistake) throws { try checkCSV(mistake) }

  @Test("a mark alone needs quotes in YAML", arguments: [",", ":", "-"])
  func lone(_ mark: String) throws {
    try checkCSV(
      MarkedMistake(
        "delimiter: ¦\(mark)", "\(mark) alone is not a text in YAML",
        "put the whole text in quotes."))
  }
}
