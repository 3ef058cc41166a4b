import Testing

@Suite("Mistakes in what a job joins")
struct JoinMistakeTests {
  @Test
  func `a join needs two inputs`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: { left: a }
            join: { on: [id] }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:6:13: error: job j joins only one input
            inputs: { left: a }
                    ^
        hint: a join needs two inputs; for one, write sql:.
      """)
  }

  @Test
  func `a join needs a column`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [] }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:7:17: error: "on" is empty
            join: { on: [] }
                        ^
        hint: write on: [column].
      """)
  }

  @Test
  func `a join column is named once`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [id, ID] }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:7:22: error: join column "ID" differs only in case from "id" in line 7
            join: { on: [id, ID] }
                             ^
        hint: rename or remove one of the two; names are compared ignoring case.
      """)
  }

  @Test
  func `a join column that the declared columns lack is found`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: [m], columns: { origin: VARCHAR } }
          b: { location: data/b, partitions: [m], columns: { x: INTEGER } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [origim] }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:7:18: error: input a has no column "origim" to join on
            join: { on: [origim] }
                         ^
        hint: did you mean "origin"?
      dovetail.yaml:7:18: error: input b has no column "origim" to join on
            join: { on: [origim] }
                         ^
        hint: name a column that every input has. If the files have origim, declare it in the columns: of the table that b reads.
      """)
  }

  @Test
  func `an output partition column that an input lacks is found`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [id] }
            output: { location: out/j, partitions: [month, day, hour] }

        """,
      """
      dovetail.yaml:8:57: error: the partition key hour of the output does not follow from the table a, which has month, day
            output: { location: out/j, partitions: [month, day, hour] }
                                                                ^
        hint: with a `time:` of the table, coarser parts of its time follow from its keys.
      """)
  }

  @Test
  func `a misspelled output partition column is suggested`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [id] }
            output: { location: out/j, partitions: [mnth, day] }

        """,
      """
      dovetail.yaml:8:45: error: the output is partitioned by "mnth", but its first input by month and day
            output: { location: out/j, partitions: [mnth, day] }
                                                    ^
        hint: did you mean "month"?
      """)
  }

  @Test
  func `inputs with different keys are explained`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { region: string } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [id] }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:6:17: error: input b is partitioned by region, but input a by month and day
            inputs: [a, b]
                        ^
        hint: give both tables a time: (the column with a row's time, as in time: ts), which relates their partitions whatever their keys.
      """)
  }

  @Test
  func `key types that differ are named`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int } }
          b: { location: data/b, partitions: { month: string } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [id] }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:6:17: error: partition key month is string in input b, but int in input a
            inputs: [a, b]
                        ^
        hint: declare the key with one type in both tables; types say which values are equal. Folders that spell one value differently, such as 20240131 and 2024-01-31, have to be renamed.
      """)
  }

  @Test
  func `an output partition column is named once`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [id] }
            output: { location: out/j, partitions: [month, day, day] }

        """,
      """
      dovetail.yaml:8:57: error: partition key "day" is already in line 8
            output: { location: out/j, partitions: [month, day, day] }
                                                                ^
        hint: rename or remove one of the two; names are compared ignoring case.
      """)
  }
}
