import Testing

@Suite("Mistakes in jobs")
struct JobMistakeTests {
  @Test
  func `a job needs join or sql`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, b]
            output: { location: out/j }

        """,
      """
      dovetail.yaml:5:3: error: job j has neither join nor sql
          j:
          ^
        hint: add join: { on: [column] }, or sql: with one SELECT over the inputs' names.
      """)
  }

  @Test
  func `a job cannot have both join and sql`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [id] }
            sql: SELECT * FROM a
            output: { location: out/j }

        """,
      """
      dovetail.yaml:8:5: error: job j has both join and sql
            sql: SELECT * FROM a
            ^
        hint: keep one of the two.
      """)
  }

  @Test
  func `sql cannot be empty`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a]
            sql: " "
            output: { location: out/j }

        """,
      """
      dovetail.yaml:7:10: error: "sql" is empty
            sql: " "
                 ^
        hint: write sql: with one SELECT over the inputs' names.
      """)
  }

  @Test
  func `a job needs an input`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: {}
            sql: SELECT 1
            output: { location: out/j }

        """,
      """
      dovetail.yaml:6:13: error: "inputs" is empty
            inputs: {}
                    ^
        hint: write inputs: { name: table, name: table }.
      """)
  }

  @Test
  func `a misspelled table is suggested`() throws {
    try expectComplaint(
      about: """
        tables:
          flights: { location: data/a, partitions: [m] }
          weather: { location: data/b, partitions: [m] }
        jobs:
          j:
            inputs: [flihgts, weather]
            join: { on: [id] }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:6:14: error: there is no table or job "flihgts"
            inputs: [flihgts, weather]
                     ^
        hint: did you mean "flights"?
      """)
  }

  @Test
  func `an unknown table lists the declared names`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: { left: a, right: customers }
            join: { on: [id] }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:6:31: error: there is no table or job "customers"
            inputs: { left: a, right: customers }
                                      ^
        hint: declared are a and b.
      """)
  }

  @Test
  func `a job that reads its own output is found`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, j]
            join: { on: [id] }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:6:17: error: job j reads its own output
            inputs: [a, j]
                        ^
        hint: a job cannot read what it writes: change this input, or the location of the output.
      """)
  }

  @Test
  func `a circle of jobs is named`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          x: { inputs: [a, z], join: { on: [id] }, output: { location: out/x } }
          y: { inputs: [a, x], join: { on: [id] }, output: { location: out/y } }
          z: { inputs: [a, y], join: { on: [id] }, output: { location: out/z } }

        """,
      """
      dovetail.yaml:5:20: error: the jobs wait for each other: x -> z -> y -> x
          x: { inputs: [a, z], join: { on: [id] }, output: { location: out/x } }
                           ^
        hint: let one of these inputs read a table that no job of the circle writes.
      """)
  }

  @Test
  func `an input name is used once`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: { x: a, X: b }
            join: { on: [id] }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:6:21: error: input "X" differs only in case from "x" in line 6
            inputs: { x: a, X: b }
                            ^
        hint: give each input a name of its own, as in inputs: { X: table, X_2: table }; names are compared ignoring case.
      """)
  }

  @Test
  func `without any table there is nothing to read`() throws {
    try expectComplaint(
      about: """
        tables: {}
        jobs:
          j:
            inputs: [a]
            sql: SELECT 1
            output: { location: out/j }

        """,
      """
      dovetail.yaml:1:9: error: "tables" is empty
        tables: {}
                ^
        hint: write tables: with a name for each table, such as flights: { location: data/flights, partitions: { month: int, day: int } }.
      dovetail.yaml:4:14: error: there is no table or job "a"
            inputs: [a]
                     ^
        hint: declare it below tables:.
      """)
  }
}
