import Testing

/// What people write who have not read the guide.
@Suite("Mistakes of newcomers")
struct NewcomerMistakeTests {
  /// Tables `a` with this value, and nothing else.
  private func check(table text: String, _ sentence: String, _ hint: String) throws {
    try MarkedMistake(text, sentence, hint).check(in: "tables:\n  a: \(text)\n")
  }

  @Test
  func `keys that are indented too little are told from names`() throws {
    try expectComplaint(
      about: """
        tables:
          a:
          location: data/a
          partitions: { m: int }

        """,
      """
      dovetail.yaml:2:3: error: "a" must be a mapping, not nothing
          a:
          ^
        hint: write a: { location: data/a, partitions: { month: int, day: int } }, or these keys indented in the lines below.
      dovetail.yaml:3:3: error: "location" is a key of a table, not the name of one
          location: data/a
          ^
        hint: indent it below the name of its table.
      dovetail.yaml:4:3: error: "partitions" is a key of a table, not the name of one
          partitions: { m: int }
          ^
        hint: indent it below the name of its table.
      """)
    try expectComplaint(
      about: """
        tables:
          format: { location: data/a, partitions: { m: int } }
        jobs:
          inputs: [format]
          sql: { inputs: [format], sql: SELECT 1, output: { location: out } }

        """,
      """
      dovetail.yaml:4:3: error: "inputs" is a key of a job, not the name of one
          inputs: [format]
          ^
        hint: indent it below the name of its job.
      """)
  }

  @Test
  func `a value of another shape is shown how it is written`() throws {
    for (text, sentence, hint) in [
      (
        "¦data/a", "\"a\" must be a mapping, not text",
        "write a: { location: data/a, partitions: { month: int, day: int } }, or these keys indented "
          + "in the lines below."
      ),
      (
        "{ location: x, partitions: ¦month }",
        "\"partitions\" must be a mapping or a list, not text",
        "write partitions: { month: int, day: int }."
      ),
      (
        "{ location: x, partitions: [¦{ month: int }] }",
        "every item of \"partitions\" must be text, not a mapping",
        "write partitions: { month: int, day: int }."
      ),
      (
        "{ location: x, partitions: [¦month: int] }",
        "every item of \"partitions\" must be text, not a mapping",
        "write partitions: { month: int, day: int }."
      ),
      (
        "{ location: x, partitions: { ¦month } }", "\"month\" must be text, not nothing",
        "write its type: string, int, bigint, date, timestamp, decimal(precision,scale) or boolean, as "
          + "in month: int."
      ),
      (
        "{ location: x, partitions: [m], columns: ¦[id] }",
        "\"columns\" must be a mapping, not a list", "write columns: { name: VARCHAR }."
      ),
      (
        "{ location: x, partitions: [m], columns: { id: ¦{ x: INT } } }",
        "\"id\" must be text, not a mapping",
        "write its type in SQL, as in id: VARCHAR or \"STRUCT(x INTEGER)\"."
      ),
      (
        "{ location: x, partitions: [m], min_age: ¦[] }",
        "\"min_age\" must be text, not a list", "write min_age: 15m."
      ),
      (
        "{ location: x, partitions: [m], ¦min_age: }",
        "\"min_age\" must be text, not nothing", "leave it out, or write min_age: 15m."
      ),
    ] {
      try check(table: text, sentence, hint)
    }
  }

  @Test
  func `the names that SQL and Python have for types are understood`() throws {
    for (word, type) in [
      ("integer", "int"), ("smallint", "int"), ("long", "bigint"), ("INT64", "bigint"),
      ("varchar", "string"), ("text", "string"), ("str", "string"), ("datetime", "timestamp"),
      ("bool", "boolean"), ("decimal(10)", "decimal(10,2)"),
    ] {
      try check(
        table: "{ location: x, partitions: { k: ¦\(word) } }",
        "partition key k has the unknown type \"\(word)\"", "did you mean \"\(type)\"?")
    }
    for word in ["double", "numeric", "uuid"] {
      try check(
        table: "{ location: x, partitions: { k: ¦\(word) } }",
        "partition key k has the unknown type \"\(word)\"",
        "choose string, int, bigint, date, timestamp, decimal(precision,scale) or boolean.")
    }
  }

  @Test
  func `a location is a folder of this machine, or a place in a bucket`() throws {
    let other = "is neither a path of this machine nor a place in a bucket"
    let remote =
      "use a folder on this machine or a place such as s3://bucket/flights; for any other store, copy the files or mount it."
    let bucket =
      "write s3://, 3 to 63 small letters, digits, dots and hyphens, and the place below it: s3://lake/flights."
    let name = "write each name once with one slash between two of them: s3://lake/flights."
    for (text, problem, hint) in [
      ("hdfs://host/a", other, remote), ("file://host/a", other, remote),
      ("file:///srv/a", other, "write the path alone: /srv/a."),
      ("s3n://lake/a", other, "write s3://lake/a."),
      ("s3://", "does not begin with the name of a bucket", bucket),
      ("s3:///a", "does not begin with the name of a bucket", bucket),
      ("s3://La_ke/a", "does not begin with the name of a bucket", bucket),
      ("s3://lake//a", "has an empty name, . or .. below the bucket", name),
      ("s3://lake/a/../b", "has an empty name, . or .. below the bucket", name),
      (
        "$HOME/a", "begins with a variable, which is not expanded",
        "write the path in full, or relative to this file's folder."
      ),
    ] {
      try check(
        table: "{ location: ¦\"\(text)\", partitions: [m] }", "\"\(text)\" \(problem)", hint)
    }
  }

  @Test
  func `a comma in a text without quotes is explained`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: x, partitions: { m: int } }
        jobs:
          j: { inputs: [a], sql: SELECT x, y FROM a, output: { location: out } }

        """,
      """
      dovetail.yaml:4:36: error: unknown key "y FROM a" in job j
          j: { inputs: [a], sql: SELECT x, y FROM a, output: { location: out } }
                                           ^
        hint: job j may have inputs, output, join, sql, wait, key and limits. A comma inside { } ends a text that is not in quotes.
      """)
  }

  @Test
  func `a colon in a text without quotes is explained`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: x, partitions: { m: int } }
        jobs:
          j:
            inputs: [a]
            sql: SELECT x: y FROM a

        """,
      """
      dovetail.yaml:6:18: error: this is not YAML: mapping values are not allowed in this context
            sql: SELECT x: y FROM a
                         ^
        hint: put the text in quotes if the colon belongs to it; else check the indentation of this line and of the one above.
      """)
  }

  @Test
  func `a misspelled join or sql is one mistake`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: x, partitions: { m: int } }
        jobs:
          j: { inputs: [a], sqll: SELECT 1, output: { location: out } }

        """,
      """
      dovetail.yaml:4:21: error: unknown key "sqll" in job j
          j: { inputs: [a], sqll: SELECT 1, output: { location: out } }
                            ^
        hint: did you mean "sql"?
      """)
  }

  @Test
  func `a table that is read twice needs two names`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: x, partitions: { m: int } }
        jobs:
          j: { inputs: [a, a], join: { on: [id] }, output: { location: out } }
          k: { inputs: { a: a, a_2: a }, join: { on: [id] }, output: { location: out2 } }

        """,
      """
      dovetail.yaml:4:20: error: input "a" is already in line 4
          j: { inputs: [a, a], join: { on: [id] }, output: { location: out } }
                           ^
        hint: give each input a name of its own, as in inputs: { a: table, a_2: table }; names are compared ignoring case.
      """)
  }

  @Test
  func `shapes inside a job are shown`() throws {
    let before = "tables:\n  a: { location: x, partitions: { m: int } }\njobs:\n"
    for (text, sentence, hint) in [
      (
        "  j: ¦[a]", "\"j\" must be a mapping, not a list",
        "write j: and below it, indented, its keys inputs:, join: and output:."
      ),
      (
        "  j: { inputs: ¦a, sql: SELECT 1, output: { location: o } }",
        "\"inputs\" must be a mapping or a list, not text",
        "write inputs: { name: table, name: table }."
      ),
      (
        "  j: { inputs: { a: ¦[a] }, sql: SELECT 1, output: { location: o } }",
        "\"a\" must be text or a mapping, not a list",
        "write the name of one table or job, as in a: a."
      ),
      (
        "  j: { inputs: [a], sql: SELECT 1, output: ¦o }", "\"output\" must be a mapping, not text",
        "write output: { location: out/name }."
      ),
      (
        "  j: { inputs: [a], sql: SELECT 1, output: { location: o }, limits: ¦3 }",
        "\"limits\" must be a mapping, not text", "write limits: { removals: 0.25 }."
      ),
      (
        "  j: { inputs: { a: a, b: a }, join: ¦[id], output: { location: o } }",
        "\"join\" must be a mapping, not a list", "write join: { on: [column] }."
      ),
    ] {
      try MarkedMistake(text, sentence, hint).check(in: "\(before)\(text)\n")
    }
    try MarkedMistake(
      "", "\"jobs\" must be a mapping, not a list",
      "write jobs: with a name for each job, such as joined: { inputs: [a, b], join: { "
        + "on: [id] }, output: { location: out/joined } }."
    ).check(
      in: "tables:\n  a: { location: x, partitions: { m: int } }\njobs: ¦[j]\n")
  }
}
