import DuckDBEngine
import IncrementalJoin
import Testing

/// Definitions whose rows could be others in the next run.
extension DefinitionTests {
  @Test(
    "what does not follow from the inputs is refused, however it is spelled",
    arguments: [
      ("random()", "random()"), ("RANDOM ( )", "random()"), ("main.random()", "random()"),
      ("system.main.\"Random\"()", "random()"), ("uuid()", "uuid()"),
      ("gen_random_uuid()", "gen_random_uuid()"), ("uuidv7()", "uuidv7()"), ("now()", "now()"),
      ("current_date", "current_date"), ("CURRENT_TIMESTAMP", "current_timestamp"),
      ("\"current_timestamp\"", "current_timestamp"), ("localtime", "localtime"),
      ("current_time", "current_time"), ("get_current_timestamp()", "get_current_timestamp()"),
      ("current_localtimestamp()", "current_localtimestamp()"), ("today()", "today()"),
      ("transaction_timestamp()", "transaction_timestamp()"),
      ("current_date AS current_date", "current_date"),
      ("nextval('s')", "nextval()"), ("setseed(0.5)", "setseed()"),
      ("txid_current()", "txid_current()"), ("current_setting('threads')", "current_setting()"),
      ("getvariable('x')", "getvariable()"), ("version()", "version()"),
      ("current_query()", "current_query()"), ("current_schema()", "current_schema()"),
      ("age(TIMESTAMP '2013-01-01')", "age()"),
      ("reservoir_quantile(delay, 0.5)", "reservoir_quantile()"),
      ("ago(INTERVAL 1 DAY)", "ago(), which calls current_timestamp,"),
      ("pg_sleep(1)", "pg_sleep(), which calls sleep_ms,"),
      ("CASE WHEN delay > 1 THEN abs(random()) END", "random()"),
      ("list_transform([1], lambda x: x + random())", "random()"),
      ("(SELECT max(random()) FROM weather)", "random()"), ("sum(random()) OVER ()", "random()"),
    ])
  func volatile(expression: String, name: String) async {
    let end =
      " does not follow from the inputs: the same files would give other rows at another time or place. "
      + "Take a column of an input, or write the value itself."
    for sql in [
      "SELECT origin, \(expression) FROM flights",
      "WITH c AS (SELECT \(expression) FROM flights) FROM c",
      "SELECT * FROM weather UNION ALL SELECT origin, \(expression) FROM flights",
    ] {
      let reason = await rejection(sql: sql)
      #expect(reason?.hasSuffix(": \(name)\(end)") == true, "\(sql): \(reason ?? "")")
    }
  }

  @Test("the place of what is refused is marked in the text as it was written")
  func volatileLocations() async {
    #expect(
      await rejection(sql: "SELECT 'é',\n  now() FROM flights") == """
        sql: line 2, column 3: now() does not follow from the inputs: the same files would give other rows \
        at another time or place. Take a column of an input, or write the value itself.
        """)
    #expect(
      await rejection(select: "origin", "delay + random() AS x") == """
        select: expression 2 (delay + random() AS x) line 1, column 9: random() does not follow from the \
        inputs: the same files would give other rows at another time or place. Take a column of an input, \
        or write the value itself.
        """)
    #expect(
      await rejection(sql: "FROM flights WHERE random() < 0.5")?.contains("column 20") == true)
    #expect(await rejection(sql: "FROM flights ORDER BY random()")?.contains("random()") == true)
    #expect(await rejection(sql: "FROM flights QUALIFY now() > NULL")?.contains("now()") == true)
    #expect(await rejection(sql: "VALUES (random())")?.contains("random()") == true)
  }

  @Test("samples are refused, of tables, of queries and of results")
  func samples() async {
    let reason =
      "a sample takes different rows every time. Filter by the rows themselves instead, for example "
      + "hash(id) % 10 = 0."
    #expect(
      await rejection(sql: "SELECT * FROM flights TABLESAMPLE 10%")
        == "sql: line 1, column 15: \(reason)")
    for sql in [
      "SELECT * FROM flights USING SAMPLE 3", "FROM (FROM flights) TABLESAMPLE reservoir(3)",
      "SELECT * FROM weather WHERE wind IN (SELECT delay FROM flights TABLESAMPLE 10% (bernoulli, 42))",
    ] {
      #expect(await rejection(sql: sql)?.hasSuffix(reason) == true, "\(sql)")
    }
  }

  @Test("words in text, columns of such names and functions of arguments alone are not refused")
  func deterministic() async throws {
    let inputs: [JoinUnit.Input] = [
      .named("events", "user VARCHAR, current_date DATE, ts TIMESTAMP, x DOUBLE"),
      .named("weather", "origin VARCHAR, wind DOUBLE"),
    ]
    for sql in [
      "SELECT 'random() now() TABLESAMPLE current_date' AS a FROM events",
      "SELECT user FROM events",
      "SELECT current_date, events.current_date AS other FROM events",
      "SELECT x AS \"random\" /* now() */ FROM events -- uuid()",
      "SELECT localtime FROM (SELECT ts AS localtime FROM events)",
      "WITH c(today, localtimestamp) AS (SELECT ts, x FROM events) SELECT today, localtimestamp FROM c",
      "SELECT age(ts, TIMESTAMP '2013-01-01') AS a, session_user AS s, md5(user) AS m FROM events",
      "SELECT CASE WHEN x < 0 THEN error('negative') ELSE x END AS x FROM events",
      "SELECT typeof(x) AS t, pg_typeof(x) AS p, hash(x) AS h FROM events",
      "FROM (SUMMARIZE events)", "FROM (DESCRIBE events)",
    ] {
      await #expect(throws: Never.self, "\(sql)") {
        try await bench.engine.validate(.sql(sql, inputs))
      }
    }
  }

  @Test("rows that are cut off without a total order, and results of no order, are warned of")
  func order() async throws {
    let limit =
      "LIMIT without ORDER BY keeps any of the rows, and others the next time. Order by columns that name "
      + "every row, or by all columns with ORDER BY ALL."
    func warnings(_ sql: String) async throws -> [String] {
      try await bench.engine.validate(.sql(sql, inputs)).warnings
    }
    #expect(
      try await warnings("SELECT origin\nFROM flights LIMIT 3") == [
        "sql: line 2, column 20: \(limit)"
      ])
    #expect(
      try await warnings("SELECT origin, delay FROM flights ORDER BY delay LIMIT 3") == [
        "sql: line 1, column 56: LIMIT keeps any of the rows that are equal in ORDER BY, and others the next "
          + "time, unless its columns name every row. ORDER BY ALL orders by all columns."
      ])
    #expect(
      try await warnings("SELECT origin, list(delay) AS l FROM flights GROUP BY origin") == [
        "sql: line 1, column 16: list() depends on the order in which rows are read, which is not the same "
          + "every time. Give it an ORDER BY of columns that name every row."
      ])
    for sql in [
      "FROM flights LIMIT 10%", "FROM flights OFFSET 3", "FROM (FROM flights LIMIT 3)",
      "SELECT DISTINCT ON (origin) origin, delay FROM flights",
      "SELECT origin, row_number() OVER () AS n FROM flights",
      "SELECT first(delay) AS f, any_value(origin) AS v FROM flights LIMIT 1",
      "SELECT string_agg(origin, ',') AS s FROM flights",
      "SELECT delay, lag(delay) OVER (PARTITION BY origin) AS l FROM flights",
      "WITH c AS (SELECT wind FROM weather ORDER BY origin LIMIT 1) FROM flights, c",
    ] {
      #expect(try await !warnings(sql).isEmpty, "\(sql)")
    }
    for sql in [
      "SELECT origin, delay FROM flights ORDER BY ALL LIMIT 3",
      "SELECT origin, delay FROM flights ORDER BY delay DESC, origin LIMIT 3",
      "SELECT origin AS o, delay + 1 AS d FROM flights ORDER BY o, delay + 1 LIMIT 3",
      "SELECT origin, delay FROM flights ORDER BY 1, 2 LIMIT 3", "FROM flights LIMIT 0",
      "SELECT max(delay) AS m FROM flights LIMIT 1",
      "FROM flights WHERE EXISTS (SELECT 1 FROM weather LIMIT 1)",
      "SELECT list(delay ORDER BY delay) AS l FROM flights",
      "SELECT origin, row_number() OVER (ORDER BY delay) AS n FROM flights",
      "SELECT origin, sum(delay) OVER (PARTITION BY origin) AS n FROM flights",
    ] {
      #expect(try await warnings(sql).isEmpty, "\(sql)")
    }
  }
}
