import Testing

/// What is missing, too much, or in a wrong place.
extension PredicateErrorTests {
  @Test(
    "what is missing or too much is refused at its place",
    arguments: [
      MarkedPredicate(
        "«»",
        "The predicate is empty, which would mean no filter; write TRUE to select all"
          + " partitions, or FALSE to select none."),
      MarkedPredicate(
        "«  »",
        "The predicate is empty, which would mean no filter; write TRUE to select all"
          + " partitions, or FALSE to select none."),
      MarkedPredicate(
        "«-- nothing»",
        "The predicate is empty, which would mean no filter; write TRUE to select all"
          + " partitions, or FALSE to select none."),
      MarkedPredicate(
        "month «1»",
        "Expected a comparison, IN, BETWEEN, LIKE, RLIKE, IS, AND, OR or the end after"
          + " `month`, but found `1`."),
      MarkedPredicate(
        "month = 1 «day» = '2013-01-01'",
        "Expected AND, OR or the end after `1`, but found `day`."),
      MarkedPredicate(
        "month = 1 «nad» day = '2013-01-01'",
        "Expected AND, OR or the end after `1`, but found `nad`. Did you mean `AND`?"),
      MarkedPredicate(
        "month «lik» 'a'",
        "Expected a comparison, IN, BETWEEN, LIKE, RLIKE, IS, AND, OR or the end after"
          + " `month`, but found `lik`. Did you mean `LIKE`?"),
      MarkedPredicate(
        "month =«»",
        "Expected a key, a literal, a function or `(` after `=`, but the predicate ends."),
      MarkedPredicate(
        "month = «=» 1",
        "Expected a key, a literal, a function or `(` after `=`, but found `=`."),
      MarkedPredicate(
        "month =«>» 1",
        "Expected a key, a literal, a function or `(` after `=`, but found `>`. Did you"
          + " mean `>=`?"),
      MarkedPredicate(
        "month =«<» 1",
        "Expected a key, a literal, a function or `(` after `=`, but found `<`. Did you"
          + " mean `<=`?"),
      MarkedPredicate(
        "«=» 1",
        "Expected a key, a literal, a function or `(`, but found `=`."),
      MarkedPredicate(
        "month = 1 AND«»",
        "Expected a key, a literal, a function or `(` after `AND`, but the predicate"
          + " ends."),
      MarkedPredicate(
        "NOT«»",
        "Expected a key, a literal, a function or `(` after `NOT`, but the predicate"
          + " ends."),
      MarkedPredicate(
        "month = 1 AND «OR» final",
        "Expected a key, a literal, a function or `(` after `AND`, but found `OR`. A key"
          + " of that name is written in back quotes."),
      MarkedPredicate(
        "«in» = 1",
        "Expected a key, a literal, a function or `(`, but found `in`. A key of that name"
          + " is written in back quotes."),
      MarkedPredicate(
        "(month = 1«»",
        "Expected AND, OR or `)` for the `(` at column 1 after `1`, but the predicate"
          + " ends."),
      MarkedPredicate(
        "month IN (1, 2«»",
        "Expected a comparison, IN, BETWEEN, LIKE, RLIKE, IS, AND, OR, `,` or `)` for the"
          + " `(` at column 10 after `2`, but the predicate ends."),
      MarkedPredicate(
        "month IN (TRUE OR final«»",
        "Expected a comparison, IN, BETWEEN, LIKE, RLIKE, IS, AND, OR, `,` or `)` for the"
          + " `(` at column 10 after `final`, but the predicate ends."),
      MarkedPredicate(
        "month IN (1, «)»",
        "Expected a key, a literal, a function or `(` after `,`, but found `)`."),
      MarkedPredicate(
        "month IN («)»",
        "Expected a key, a literal, a function or `(` after `(`, but found `)`."),
      MarkedPredicate(
        "month IN «1»",
        "Expected `(` and the list of values after `IN`, but found `1`."),
      MarkedPredicate(
        "month NOT «1»",
        "Expected BETWEEN, IN, LIKE or RLIKE after `NOT`, but found `1`."),
      MarkedPredicate(
        "month NOT «IS» NULL",
        "Expected BETWEEN, IN, LIKE or RLIKE after `NOT`, but found `IS`. Did you mean"
          + " `IN`?"),
      MarkedPredicate(
        "month NOT «betwen» 1 AND 2",
        "Expected BETWEEN, IN, LIKE or RLIKE after `NOT`, but found `betwen`. Did you"
          + " mean `BETWEEN`?"),
      MarkedPredicate(
        "month BETWEEN 1«,» 2",
        "Expected AND and the upper bound of BETWEEN after `1`, but found `,`."),
      MarkedPredicate(
        "month BETWEEN 1 «adn» 2",
        "Expected AND and the upper bound of BETWEEN after `1`, but found `adn`. Did you"
          + " mean `AND`?"),
      MarkedPredicate(
        "month IS «1»",
        "Expected NULL, TRUE, FALSE or NOT after `IS`, but found `1`."),
      MarkedPredicate(
        "month IS NOT «NUL»",
        "Expected NULL, TRUE, FALSE or NOT after `NOT`, but found `NUL`. Did you mean"
          + " `NULL`?"),
      MarkedPredicate(
        "month IS NULL «IS» NULL",
        "Expected AND, OR or the end after `NULL`, but found `IS`."),
      MarkedPredicate(
        "month IN (1) «=» final",
        "Expected AND, OR or the end after `)`, but found `=`."),
      MarkedPredicate(
        "CAST «month» AS int",
        "Expected `(` as in CAST(month AS int) after `CAST`, but found `month`."),
      MarkedPredicate(
        "CAST(month «int»)",
        "Expected a comparison, IN, BETWEEN, LIKE, RLIKE, IS, AND, OR or AS with a type"
          + " after `month`, but found `int`."),
      MarkedPredicate(
        "CAST(month AS «1»)",
        "Expected a type such as int or decimal(5,2) after `AS`, but found `1`."),
      MarkedPredicate(
        "CAST(month AS decimal(«a»))",
        "Expected a number of digits after `(`, but found `a`."),
      MarkedPredicate(
        "CAST(month AS decimal(5,2«,»1))",
        "Expected `)` as in decimal(5,2) after `2`, but found `,`."),
      MarkedPredicate(
        "CAST(month AS int«»",
        "Expected `)` for the `(` at column 5 after `int`, but the predicate ends."),
      MarkedPredicate(
        "station LIKE 'a' ESCAPE «b»",
        "Expected a string of one character after `ESCAPE`, but found `b`."),
      MarkedPredicate(
        "month = 1«)»",
        "This `)` closes nothing; remove it, or write the `(` that it closes."),
      MarkedPredicate(
        "(month«,» day) IN (1)",
        "Expected a comparison, IN, BETWEEN, LIKE, RLIKE, IS, AND, OR or `)` for the `(`"
          + " at column 1 after `month`, but found `,`."),
    ])
  func missing(_ marked: MarkedPredicate) { marked.check() }
}
