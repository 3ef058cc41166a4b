import Testing

@Suite("The errors of binding a predicate")
struct BindingErrorTests {
  @Test(
    "a name or value that there is not is refused at its place",
    arguments: [
      MarkedPredicate(
        "«mnth» = 1",
        "There is no partition key `mnth`. Did you mean `month`?"),
      MarkedPredicate(
        "«airport» = 1",
        "There is no partition key `airport`. The keys are `station`, `month`, `serial`,"
          + " `day`, `at`, `share`, `wide`, `final`, `odd name`."),
      MarkedPredicate(
        "day = DATE «'abc'»",
        "'abc' is not a date; write one as DATE '2013-12-31'."),
      MarkedPredicate(
        "at = TIMESTAMP «'abc'»",
        "'abc' is not a timestamp; write one as TIMESTAMP '2013-12-31 05:00:00'."),
      MarkedPredicate(
        "day = DATE «'today'»",
        "'today' is not a date literal; write current_date."),
      MarkedPredicate(
        "day = DATE «'Yesterday UTC'»",
        "'yesterday' is not a date literal; write date_sub(current_date, 1)."),
      MarkedPredicate(
        "day = DATE «'tomorrow'»",
        "'tomorrow' is not a date literal; write date_add(current_date, 1)."),
      MarkedPredicate(
        "at = TIMESTAMP «'epoch'»",
        "'epoch' is not a timestamp literal; write CAST(DATE '1970-01-01' AS"
          + " timestamp)."),
      MarkedPredicate(
        "at = TIMESTAMP «' now '»",
        "'now' is not a timestamp literal; write CAST(current_date AS timestamp)."),
      MarkedPredicate(
        "day > «'today'»",
        "'today' is not a date literal; write current_date."),
    ])
  func names(_ marked: MarkedPredicate) { marked.check() }

  @Test(
    "types that do not go together is refused at its place",
    arguments: [
      MarkedPredicate(
        "«day = 20131231»",
        "`=` cannot compare a date with an int; compare a date with one in quotes, "
          + "such as '2013-12-31', and a number with year(..), month(..) or day(..) of the "
          + "date."),
      MarkedPredicate(
        "«final < 1»",
        "`<` cannot compare a boolean with an int; write TRUE or FALSE, or CAST one side."),
      MarkedPredicate(
        "«share != at»",
        "`!=` cannot compare a decimal(5,2) with a timestamp; compare a date with one in quotes, "
          + "such as '2013-12-31', and a number with year(..), month(..) or day(..) of the "
          + "date."),
      MarkedPredicate(
        "month BETWEEN «day» AND 2",
        "BETWEEN cannot compare an int with a date; compare a date with one in quotes, "
          + "such as '2013-12-31', and a number with year(..), month(..) or day(..) of the "
          + "date."),
      MarkedPredicate(
        "month BETWEEN 1 AND «final»",
        "BETWEEN cannot compare an int with a boolean; write TRUE or FALSE, or CAST one"
          + " side."),
      MarkedPredicate(
        "month IN (1, «day», 2)",
        "IN cannot compare an int with a date; compare a date with one in quotes, "
          + "such as '2013-12-31', and a number with year(..), month(..) or day(..) of the "
          + "date."),
      MarkedPredicate(
        "final IN (TRUE, «'x'»)",
        "IN cannot compare a boolean with a string; write TRUE or FALSE, or CAST one"
          + " side."),
      MarkedPredicate(
        "final IN («'x'»)",
        "IN cannot compare a boolean with a string; write TRUE or FALSE, or CAST one"
          + " side."),
      MarkedPredicate(
        "station IN («final»)",
        "IN cannot compare a string with a boolean; write TRUE or FALSE, or CAST one"
          + " side."),
      MarkedPredicate(
        "day IN (1, 'a', «final»)",
        "IN cannot compare a date with a boolean; compare a date with one in quotes, "
          + "such as '2013-12-31', and a number with year(..), month(..) or day(..) of the "
          + "date."),
      MarkedPredicate(
        "NULL IN (1, «final»)",
        "IN cannot compare an int with a boolean; write TRUE or FALSE, or CAST one side."),
      MarkedPredicate(
        "«day» IS NOT TRUE",
        "IS NOT TRUE takes conditions, but `day` is a date; compare it with a value."),
      MarkedPredicate(
        "«month» AND final",
        "AND takes conditions, but `month` is an int; compare it with a value."),
      MarkedPredicate(
        "final OR «station»",
        "OR takes conditions, but `station` is a string; compare it with a value."),
      MarkedPredicate(
        "NOT «'x'»",
        "NOT takes conditions, but `'x'` is a string; compare it with a value."),
      MarkedPredicate(
        "«month»",
        "A predicate is a condition, but this is an int; compare it with a value."),
      MarkedPredicate(
        "«'x'»",
        "A predicate is a condition, but this is a string; compare it with a value."),
      MarkedPredicate(
        "«CAST(month AS date)» = day",
        "CAST cannot make a date of an int; cast it to string first."),
      MarkedPredicate(
        "«CAST(final AS date)» = day",
        "CAST cannot make a date of a boolean."),
      MarkedPredicate(
        "year(«month») = 1",
        "`year` takes a date, but `month` is an int."),
      MarkedPredicate(
        "day(«share») = 1",
        "`day` takes a date, but `share` is a decimal(5,2)."),
      MarkedPredicate(
        "date_add(day, «1.5») = day",
        "`date_add` takes an int of days, but `1.5` is a decimal(2,1)."),
      MarkedPredicate(
        "date_sub(day, «serial») = day",
        "`date_sub` takes an int of days, but `serial` is a bigint."),
      MarkedPredicate(
        "date_add(day, «'x'») = day",
        "The days are an integer, but 'x' is none; write a number."),
      MarkedPredicate(
        "date_trunc('month', «5») = at",
        "`date_trunc` takes a timestamp, but `5` is an int."),
      MarkedPredicate(
        "date_add(«1», 1) = day",
        "`date_add` takes a date, but `1` is an int."),
    ])
  func types(_ marked: MarkedPredicate) { marked.check() }
}
