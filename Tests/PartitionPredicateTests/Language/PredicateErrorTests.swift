import Testing

@Suite("The errors of reading a predicate")
struct PredicateErrorTests {
  @Test(
    "a mistake in the letters is refused at its place",
    arguments: [
      MarkedPredicate(
        "station = «'»JFK",
        "This string is never closed; write its quote again where it ends."),
      MarkedPredicate(
        "station = «r'»JFK",
        "This string is never closed; write its quote again where it ends."),
      MarkedPredicate(
        "«`»month = 1",
        "This name is never closed; write a back quote where it ends."),
      MarkedPredicate(
        "month = 1 «/*» and",
        "This comment is never closed; write */ where it ends."),
      MarkedPredicate(
        "month = «“»1”",
        #"“ is not a quote in SQL; write ' or "."#),
      MarkedPredicate("month «≥» 2", "`≥` is not an operator in SQL; write `>=`."),
      MarkedPredicate(
        "month = 1 AND «ü»ber = 1",
        "`ü` can only stand in a string, or in a name in back quotes."),
      MarkedPredicate(
        "month«\u{A0}»= 1",
        "The invisible character U+00A0 means nothing here; write a space, or nothing."),
      MarkedPredicate(
        "month = 1 «#» x",
        "`#` means nothing in a predicate; remove it."),
      MarkedPredicate(
        "month = 1 «\u{7}»",
        "The invisible character U+0007 means nothing here; write a space, or nothing."),
      MarkedPredicate(
        #"station = '«\uD83D»'"#,
        #"The escape `\uD83D` is not a character; write the number of a character, at most"#
          + " 10FFFF."),
      MarkedPredicate(
        #"station = 'a«\UFFFFFFFF»b'"#,
        #"The escape `\UFFFFFFFF` is not a character; write the number of a character, at"#
          + " most 10FFFF."),
    ])
  func letters(_ marked: MarkedPredicate) { marked.check() }

  @Test(
    "a number that no type has is refused at its place",
    arguments: [
      MarkedPredicate(
        "month = «1Y»",
        "`1Y` is a tinyint, a type that predicates do not have; write the number without"
          + " exponent and suffix."),
      MarkedPredicate(
        "month = «1s»",
        "`1s` is a smallint, a type that predicates do not have; write the number without"
          + " exponent and suffix."),
      MarkedPredicate(
        "month = «1F»",
        "`1F` is a float, a type that predicates do not have; write the number without"
          + " exponent and suffix."),
      MarkedPredicate(
        "month = «1.5D»",
        "`1.5D` is a double, a type that predicates do not have; write the number without"
          + " exponent and suffix."),
      MarkedPredicate(
        "month = «1.5e3»",
        "`1.5e3` is a double, a type that predicates do not have; write the number"
          + " without exponent and suffix."),
      MarkedPredicate(
        "month = «1e+3»",
        "`1e+3` is a double, a type that predicates do not have; write the number without"
          + " exponent and suffix."),
      MarkedPredicate(
        "month = «1e3BD»",
        "`1e3BD` is not a number; write digits with at most one decimal point."),
      MarkedPredicate(
        "month = «1.2.3»",
        "`1.2.3` is not a number; write digits with at most one decimal point."),
      MarkedPredicate(
        "month = «1.5abc»",
        "`1.5abc` is not a number; write digits with at most one decimal point."),
      MarkedPredicate(
        "month = «123456789012345678901234567890123456789»",
        "This number has more digits than a decimal holds, which are 38."),
      MarkedPredicate(
        "month = «-99999999999999999999L»",
        "This number is too large for a bigint; write it without the L."),
    ])
  func numbers(_ marked: MarkedPredicate) { marked.check() }

  @Test(
    "a function, type or escape that there is not is refused at its place",
    arguments: [
      MarkedPredicate(
        "«yer»(day) = 2013",
        "There is no function `yer`. Did you mean `year`?"),
      MarkedPredicate(
        "«date»('2013-01-01') = day",
        "There is no function `date`. Write CAST(... AS date)."),
      MarkedPredicate(
        "«sha2»(station, 256) = 'a'",
        "There is no function `sha2`. The functions are add_months, coalesce, concat, current_date,"
          + " date_add, date_format, date_sub, date_trunc, datediff, day, hour, if, ifnull, isnotnull,"
          + " isnull, last_day, left, length, lower, lpad, ltrim, make_date, minute, month, nvl, nvl2,"
          + " right, rpad, rtrim, second, substring, to_date, to_timestamp, trim, trunc, unix_timestamp,"
          + " upper, year."),
      MarkedPredicate(
        "«lpad(station)» = 'a'",
        "`lpad` takes 2 or 3 arguments, but 1 is given."),
      MarkedPredicate(
        "«coalesce()» = 1",
        "`coalesce` takes at least 1 argument, but 0 are given."),
      MarkedPredicate(
        "CASE WHEN final THEN 1«»",
        "Expected a comparison, IN, BETWEEN, LIKE, RLIKE, IS, AND, OR, WHEN, ELSE or END after `1`, but"
          + " the predicate ends."),
      MarkedPredicate(
        "CASE WHEN final «1» END",
        "Expected a comparison, IN, BETWEEN, LIKE, RLIKE, IS, AND, OR or THEN after `final`, but found"
          + " `1`."),
      MarkedPredicate(
        "CASE month «END» = 1",
        "Expected a comparison, IN, BETWEEN, LIKE, RLIKE, IS, AND, OR or WHEN after `month`, but found"
          + " `END`."),
      MarkedPredicate(
        "CASE WHEN final THEN 1 ELSE 2 «WHEN» final THEN 3 END = 1",
        "Expected a comparison, IN, BETWEEN, LIKE, RLIKE, IS, AND, OR or END after `2`, but found"
          + " `WHEN`."),
      MarkedPredicate("day + INTERVAL «1 FORTNIGHT» = day", interval),
      MarkedPredicate("day + INTERVAL «1.5 DAYS» = day", interval),
      MarkedPredicate("day + INTERVAL «'1day'» = day", interval),
      MarkedPredicate("day + INTERVAL 1 MONTH «1 DAY» = day", interval),
      MarkedPredicate("day + «INTERVAL '1' YEAR TO» MONTH = day", interval),
      MarkedPredicate("day + INTERVAL «99999999999 DAYS» = day", interval),
      MarkedPredicate(
        "«year()» = 1",
        "`year` takes 1 argument, but 0 are given."),
      MarkedPredicate(
        "«year(day, day)» = 1",
        "`year` takes 1 argument, but 2 are given."),
      MarkedPredicate(
        "«current_date(1)» = day",
        "`current_date` takes no arguments, but 1 is given."),
      MarkedPredicate(
        "«date_add(day)» = day",
        "`date_add` takes 2 arguments, but 1 is given."),
      MarkedPredicate(
        "CAST(month AS «text»)",
        "There is no type `text`. Did you mean `string`? The types are bigint, boolean,"
          + " date, decimal(precision,scale), int, string, timestamp."),
      MarkedPredicate(
        "CAST(month AS «intger») = 1",
        "There is no type `intger`. Did you mean `integer`? The types are bigint,"
          + " boolean, date, decimal(precision,scale), int, string, timestamp."),
      MarkedPredicate(
        "CAST(month AS «interval») = 1",
        "There is no type `interval`. The types are bigint, boolean, date,"
          + " decimal(precision,scale), int, string, timestamp."),
      MarkedPredicate(
        "CAST(month AS «decimal(39)») = 1",
        "A decimal has a precision from 1 to 38 and a scale from 0 to its precision, as"
          + " in decimal(5,2)."),
      MarkedPredicate(
        "CAST(month AS «decimal(5, 6)») = 1",
        "A decimal has a precision from 1 to 38 and a scale from 0 to its precision, as"
          + " in decimal(5,2)."),
      MarkedPredicate(
        "station LIKE 'a' ESCAPE «'!!'»",
        "ESCAPE takes a string of one character, but this one has 2."),
      MarkedPredicate(
        "station LIKE 'a' ESCAPE «''»",
        "ESCAPE takes a string of one character, but this one has 0."),
      MarkedPredicate(
        #"station LIKE «'a\\'»"#,
        #"LIKE cannot use this pattern: it ends with the escape character \; write an"#
          + " escape character twice to match the character itself."),
      MarkedPredicate(
        "station LIKE «'a!b'» ESCAPE '!'",
        "LIKE cannot use this pattern: the escape character ! stands before b, but it may"
          + " only stand before _, % and itself; write an escape character twice to match the"
          + " character itself."),
      MarkedPredicate(
        "station RLIKE «'('»",
        "RLIKE cannot use this pattern: it is not a valid regular expression."),
    ])
  func calls(_ marked: MarkedPredicate) { marked.check() }

  private static let interval =
    "This is not an interval; write one as INTERVAL 3 DAYS or INTERVAL '3' DAY, with whole numbers and the"
    + " units YEAR and MONTH, or WEEK, DAY, HOUR, MINUTE, SECOND, MILLISECOND and MICROSECOND."
}
