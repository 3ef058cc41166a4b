import Testing

@Suite("Other SQL in a predicate")
struct ForeignSyntaxTests {
  @Test(
    "a part of other SQL is refused at its place",
    arguments: [
      MarkedPredicate(
        "«WHERE» month = 1",
        "A predicate is the condition alone; leave WHERE out."),
      MarkedPredicate(
        "«where» (month = 1)",
        "A predicate is the condition alone; leave WHERE out."),
      MarkedPredicate(
        "«SELECT» * FROM t WHERE month = 1",
        "A predicate is a condition, not a statement; leave out SELECT and write what"
          + " follows WHERE."),
      MarkedPredicate(
        "month = 1 «ORDER» BY day",
        "A predicate is one condition and has no ORDER; remove what begins here, or"
          + " connect it with AND or OR."),
      MarkedPredicate(
        "month «/» 2 = 1",
        "Predicates have no `/`, whose result is a double in Spark; write DIV for a whole number, or the"
          + " result as a literal."),
      MarkedPredicate(
        "month IS NULL «+» 1",
        "Arithmetic such as `+` cannot stand here; put it in parentheses, or write the result as a"
          + " literal."),
      MarkedPredicate(
        "month «&» 1 = 1",
        "Arithmetic such as `&` cannot stand here; put it in parentheses, or write the result as a"
          + " literal."),
      MarkedPredicate(
        "month = «*»",
        "Expected a key, a literal, a function or `(` after `=`, but found `*`."),
      MarkedPredicate(
        "trim(«BOTH» 'x' FROM station) = 'a'",
        "Predicates have no TRIM(.. FROM ..); write trim, ltrim or rtrim of the text, which take off"
          + " blanks."),
      MarkedPredicate(
        "«EXISTS» (SELECT 1)",
        "Predicates have no EXISTS; a predicate only sees a table's partition keys."),
      MarkedPredicate(
        "month IN («SELECT» 1)",
        "Predicates have no subqueries; write the values in the list."),
      MarkedPredicate(
        "month = 1 OR («SELECT» 1)",
        "Predicates have no subqueries; write the values in the list."),
      MarkedPredicate(
        "station «ILIKE» 'a'",
        "Predicates have no ILIKE; write RLIKE '(?i)...'."),
      MarkedPredicate(
        "station LIKE «ANY» ('a', 'b')",
        "Predicates have no LIKE ANY; write each LIKE, connected with AND or OR."),
      MarkedPredicate(
        "station LIKE «all»",
        "A key named `all` is written in back quotes here."),
      MarkedPredicate(
        "month IS NOT «DISTINCT» FROM 1",
        "Predicates have no IS DISTINCT FROM; write NOT a <=> b, and a <=> b for IS NOT DISTINCT FROM."
      ),
      MarkedPredicate(
        "final IS «UNKNOWN»",
        "Predicates have no IS UNKNOWN; write IS NULL."),
      MarkedPredicate(
        "month = «NOT» final",
        "NOT cannot stand inside a comparison; put NOT and its condition in parentheses."),
      MarkedPredicate(
        "final = «!»final",
        "NOT cannot stand inside a comparison; put NOT and its condition in parentheses."),
      MarkedPredicate(
        "«x»'1F' = station",
        "There are no literals such as X'..'; the typed ones are DATE '..' and TIMESTAMP"
          + " '..'."),
      MarkedPredicate(
        "«timestamp_ntz» '2013-01-01' = at",
        "There are no literals such as TIMESTAMP_NTZ'..'; the typed ones are DATE '..'"
          + " and TIMESTAMP '..'."),
      MarkedPredicate(
        "month = 1 «&&» final",
        "`&&` does not connect conditions in SQL; write AND."),
      MarkedPredicate(
        "month«::»int = 1",
        "Predicates have no `::`; write CAST(... AS type)."),
      MarkedPredicate(
        "month = «?»",
        "Predicates have no parameters such as `?`; write the value as a literal."),
      MarkedPredicate(
        "month = «:»a",
        "Predicates have no parameters such as `:`; write the value as a literal."),
      MarkedPredicate(
        "month = 1«;»",
        "A predicate is one condition; remove the `;` and what follows."),
      MarkedPredicate(
        "«/*+» hint */ month = 1",
        "A comment that begins with /*+ is a hint to Spark; write a blank after /*."),
      MarkedPredicate(
        "station«[»0] = 'a'",
        "`[` means nothing in a predicate; remove it."),
      MarkedPredicate(
        "«t.»month = 1",
        "Names are not qualified; write only the name of the partition key."),
      MarkedPredicate(
        "«`t`.»`month` = 1",
        "Names are not qualified; write only the name of the partition key."),
    ])
  func other(_ marked: MarkedPredicate) { marked.check() }
}
