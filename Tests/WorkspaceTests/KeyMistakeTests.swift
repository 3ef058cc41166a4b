import Testing

@Suite("Mistakes in keys")
struct KeyMistakeTests {
  @Test
  func `a misspelled key is suggested`() throws {
    try expectComplaint(
      about: """
        tables:
          a:
            locaton: data/a
            partitions: [month]

        """,
      """
      dovetail.yaml:3:5: error: unknown key "locaton" in table a
            locaton: data/a
            ^
        hint: did you mean "location"?
      """)
  }

  @Test
  func `an unknown key lists the known ones`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: [m], owner: me }

        """,
      """
      dovetail.yaml:2:43: error: unknown key "owner" in table a
          a: { location: data/a, partitions: [m], owner: me }
                                                  ^
        hint: table a may have location, partitions, format, columns, time, watch, min_age, schema, record_rows, csv, optional and glue.
      """)
  }

  @Test
  func `a key in the wrong case is suggested`() throws {
    try expectComplaint(
      about: """
        Tables:
          a: { location: data/a, partitions: [m] }

        """,
      """
      dovetail.yaml:1:1: error: unknown key "Tables" in the file
        Tables:
        ^
        hint: did you mean "tables"?
      """)
  }

  @Test
  func `a job without inputs and output names both`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j: { sql: SELECT 1 }

        """,
      """
      dovetail.yaml:5:3: error: job j has no "inputs"
          j: { sql: SELECT 1 }
          ^
        hint: add inputs: { name: table, name: table }.
      dovetail.yaml:5:3: error: job j has no "output"
          j: { sql: SELECT 1 }
          ^
        hint: add output: { location: out/name }.
      """)
  }

  @Test
  func `a join without columns is found`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, b]
            join: { type: left }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:7:5: error: the join of job j has no "on"
            join: { type: left }
            ^
        hint: add on: [column].
      """)
  }

  @Test
  func `an output without a location is found`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [id] }
            output: {}

        """,
      """
      dovetail.yaml:8:5: error: the output of job j has no "location"
            output: {}
            ^
        hint: add location: out/name.
      """)
  }

  @Test
  func `a repeated key is found in every mapping, beside other mistakes`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, "location": data/b, partitions: [m], formt: csv }
          a: { location: data/a, partitions: [m] }

        """,
      """
      dovetail.yaml:2:26: error: key "location" is already in line 2
          a: { location: data/a, "location": data/b, partitions: [m], formt: csv }
                                 ^
        hint: keep one of the two.
      dovetail.yaml:2:63: error: unknown key "formt" in table a
          a: { location: data/a, "location": data/b, partitions: [m], formt: csv }
                                                                      ^
        hint: did you mean "format"?
      dovetail.yaml:3:3: error: table "a" is already in line 2
          a: { location: data/a, partitions: [m] }
          ^
        hint: rename or remove one of the two; names are compared ignoring case.
      """)
  }

  @Test
  func `names that differ only in case are found`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { m: int, M: int }, columns: { x: INT, X: INT } }
          A: { location: data/b, partitions: [m] }

        """,
      """
      dovetail.yaml:2:48: error: partition key "M" differs only in case from "m" in line 2
          a: { location: data/a, partitions: { m: int, M: int }, columns: { x: INT, X: INT } }
                                                       ^
        hint: rename or remove one of the two; names are compared ignoring case.
      dovetail.yaml:2:77: error: column "X" differs only in case from "x" in line 2
          a: { location: data/a, partitions: { m: int, M: int }, columns: { x: INT, X: INT } }
                                                                                    ^
        hint: rename or remove one of the two; names are compared ignoring case.
      dovetail.yaml:3:3: error: table "A" differs only in case from "a" in line 2
          A: { location: data/b, partitions: [m] }
          ^
        hint: rename or remove one of the two; names are compared ignoring case.
      """)
  }

  @Test
  func `a name that SQL could not use is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          2013-flights: { location: data/a, partitions: [m] }

        """,
      """
      dovetail.yaml:2:3: error: "2013-flights" cannot name a table
          2013-flights: { location: data/a, partitions: [m] }
          ^
        hint: use letters, digits and _, not beginning with a digit: it becomes a name in SQL.
      """)
  }

  @Test
  func `a job cannot have a table's name`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          a:
            inputs: [a, b]
            join: { on: [id] }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:5:3: error: job "a" has the name of the table in line 2
          a:
          ^
        hint: rename one of the two: an input that reads this name could mean either. A job's output can be read by the job's name without declaring a table.
      """)
  }

  @Test
  func `an empty key is not a name`() throws {
    try expectComplaint(
      about: """
        tables:
          "": { location: a, partitions: [m] }

        """,
      """
      dovetail.yaml:2:3: error: "" cannot name a table
          "": { location: a, partitions: [m] }
          ^
        hint: use letters, digits and _, not beginning with a digit: it becomes a name in SQL.
      """)
  }
}
