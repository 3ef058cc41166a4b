import Testing

@Suite("What functions and arithmetic do not take")
struct FunctionErrorTests {
  @Test(
    "operands of other types are refused with what to write",
    arguments: [
      MarkedPredicate(
        "«station + 1» = 2",
        "`+` takes ints and bigints, but not a string and an int; Spark would make doubles of text, so"
          + " CAST it AS int, or join texts with concat."),
      MarkedPredicate(
        "«month * 1.5» = 2",
        "`*` takes ints and bigints, but not an int and a decimal(2,1); CAST the other AS int or"
          + " bigint."),
      MarkedPredicate(
        "«at + 1» = at",
        "`+` takes ints and bigints, but not a timestamp and an int; to a date add an int of days, and"
          + " to a date or a timestamp an INTERVAL."),
      MarkedPredicate(
        "«day - day» = 1",
        "The difference of two dates is an interval in Spark; write datediff(end, start)."),
      MarkedPredicate(
        "«at - at» IS NULL",
        "The difference of two timestamps is an interval in Spark; write unix_timestamp(..) -"
          + " unix_timestamp(..)."),
      MarkedPredicate(
        "«INTERVAL 1 DAY» = 1",
        "An INTERVAL can only stand beside + or - with a date or a timestamp, as in day + INTERVAL 1"
          + " DAY."),
      MarkedPredicate(
        "«month» + INTERVAL 1 DAY = day",
        "An interval is added to a date or a timestamp, but `month` is an int."),
      MarkedPredicate(
        "coalesce(month, «day») = 1",
        "`coalesce` cannot give both an int and a date; CAST one of them."),
      MarkedPredicate(
        "CASE WHEN final THEN 'x' ELSE «final» END = 'x'",
        "CASE cannot give both a string and a boolean; make all of them conditions, or CAST them to"
          + " string."),
      MarkedPredicate(
        "CASE WHEN «month» THEN 1 END = 1",
        "CASE takes a condition, but `month` is an int."),
      MarkedPredicate(
        "CASE day WHEN «1» THEN 1 END = 1",
        "CASE cannot compare a date with an int; compare a date with one in quotes, such as"
          + " '2013-12-31', and a number with year(..), month(..) or day(..) of the date."),
      MarkedPredicate("if(«1», 2, 3) = 2", "`if` takes a condition, but `1` is an int."),
      MarkedPredicate(
        "lpad(station, «month», '0') = '01'",
        "`lpad` takes a literal number of characters, of at most 100000, but `month` is an int."),
      MarkedPredicate(
        "lpad(station, «100001», '0') = '01'",
        "`lpad` takes a literal number of characters, of at most 100000, but `100001` is an int."),
      MarkedPredicate(
        "to_date(station, «concat('yy', 'yy')») = day",
        "`to_date` takes a pattern such as 'yyyyMMdd' that is a literal, but `concat('yy', 'yy')` is a"
          + " string."),
      MarkedPredicate(
        "date_format(«month», 'yyyy') = '2013'",
        "`date_format` takes a timestamp, but `month` is an int."),
      MarkedPredicate(
        "unix_timestamp(«month») = 1",
        "`unix_timestamp` takes a string, a date or a timestamp, but `month` is an int."),
      MarkedPredicate(
        "to_date(«'today'») = day",
        "'today' is not a date literal; write current_date."),
    ])
  func types(_ marked: MarkedPredicate) { marked.check() }

  @Test(
    "a pattern that Spark refuses, or that is not known here, says what to write",
    arguments: [
      MarkedPredicate(
        "to_date(station, «'YYYY'») = day",
        "`to_date` cannot use this pattern: Spark 3 has no Y, which counts by weeks; write y for the"
          + " year, and E for the weekday where text is written."),
      MarkedPredicate(
        "to_date(station, «'yyyyDDD'») = day",
        "`to_date` cannot use this pattern: D is not known here; the letters are y, M, d, H, m, s and S,"
          + " and text stands in single quotes."),
      MarkedPredicate(
        "date_format(at, «'hh'») = '05'",
        "`date_format` cannot use this pattern: h is not known here; write H for the hour from 0 to"
          + " 23."),
      MarkedPredicate(
        "to_date(station, «'MMM'») = day",
        "`to_date` cannot use this pattern: MMM has more letters than are known here."),
      MarkedPredicate(
        "to_date(station, «\"yyyy'T\"») = day",
        "`to_date` cannot use this pattern: a single quote is never closed."),
      MarkedPredicate(
        "to_date(station, «'yyyy]'») = day",
        "`to_date` cannot use this pattern: this ] closes nothing."),
      MarkedPredicate(
        "to_date(station, «'yyyy#'») = day",
        "`to_date` cannot use this pattern: # stands in single quotes."),
      MarkedPredicate(
        "to_date(station, «'yyyy-yy'») = day",
        "`to_date` cannot use this pattern: the field of yy is there twice."),
    ])
  func patterns(_ marked: MarkedPredicate) { marked.check() }
}
