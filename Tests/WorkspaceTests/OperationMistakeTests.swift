import Testing

@Suite("Mistakes in what an operator sets")
struct OperationMistakeTests {
  /// The lines of a job that has no mistakes; more lines of the job begin at line 9.
  private static let job = """
    tables:
      a: { location: data/a, partitions: { month: int, day: int } }
      b: { location: data/b, partitions: { month: int, day: int } }
    jobs:
      j:
        inputs: [a, b]
        join: { on: [id] }
        output: { location: out/j }

    """

  @Test
  func `a misspelled schema policy is suggested`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { m: int }, schema: lenent }

        """,
      """
      dovetail.yaml:2:58: error: "lenent" is not a known schema policy
          a: { location: data/a, partitions: { m: int }, schema: lenent }
                                                                 ^
        hint: did you mean "lenient"?
      """)
  }

  @Test
  func `an unknown schema policy lists the known ones`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { m: int }, schema: none }

        """,
      """
      dovetail.yaml:2:58: error: "none" is not a known schema policy
          a: { location: data/a, partitions: { m: int }, schema: none }
                                                                 ^
        hint: choose strict, additive or lenient.
      """)
  }

  @Test
  func `record_rows is true or false`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { m: int }, record_rows: yes }

        """,
      """
      dovetail.yaml:2:63: error: record_rows: "yes" is neither true nor false
          a: { location: data/a, partitions: { m: int }, record_rows: yes }
                                                                      ^
        hint: write record_rows: true or record_rows: false.
      """)
  }

  @Test
  func `a key needs a column`() throws {
    try expectComplaint(
      about: Self.job + "    key: []\n",
      """
      dovetail.yaml:9:10: error: "key" is empty
            key: []
                 ^
        hint: leave it out, or write key: [column].
      """)
  }

  @Test
  func `a key column is named once`() throws {
    try expectComplaint(
      about: Self.job + "    key: [id, ID]\n",
      """
      dovetail.yaml:9:15: error: key column "ID" differs only in case from "id" in line 9
            key: [id, ID]
                      ^
        hint: rename or remove one of the two; names are compared ignoring case.
      """)
  }

  @Test
  func `a key column has a name`() throws {
    try expectComplaint(
      about: Self.job + "    key: [id, \"\"]\n",
      """
      dovetail.yaml:9:15: error: "" cannot name a key column
            key: [id, ""]
                      ^
        hint: use letters, digits and _, not beginning with a digit: it becomes a name in SQL.
      """)
  }

  @Test
  func `the partition keys are implied in a key`() throws {
    try expectComplaint(
      about: Self.job + "    key: [Month, id, day]\n",
      """
      dovetail.yaml:9:11: error: key column "Month" is a partition key of the output
            key: [Month, id, day]
                  ^
        hint: remove it here: rows are compared within one partition, so its keys are implied.
      dovetail.yaml:9:22: error: key column "day" is a partition key of the output
            key: [Month, id, day]
                             ^
        hint: remove it here: rows are compared within one partition, so its keys are implied.
      """)
  }

  @Test
  func `what is kept for undo is a duration and a size`() throws {
    try expectComplaint(
      about: Self.job + "    limits: { kept_for: 30, kept_bytes: 0 GB }\n",
      """
      dovetail.yaml:9:25: error: kept_for: "30" is not a duration
            limits: { kept_for: 30, kept_bytes: 0 GB }
                                ^
        hint: write a whole number and s, m, h or d: 90s, 15m, 2h, 1d.
      dovetail.yaml:9:41: error: kept_bytes: "0 GB" is not a size
            limits: { kept_for: 30, kept_bytes: 0 GB }
                                                ^
        hint: write a whole number and MB, MiB, GB, GiB, TB or TiB: 4GiB.
      """)
  }

  @Test
  func `a ceiling lets one partition through`() throws {
    try expectComplaint(
      about: Self.job + "    limits: { max_partitions: 0, max_bytes: many }\n",
      """
      dovetail.yaml:9:31: error: max_partitions: "0" is not a whole number of 1 or more
            limits: { max_partitions: 0, max_bytes: many }
                                      ^
        hint: write 1 or more: 500.
      dovetail.yaml:9:45: error: max_bytes: "many" is not a size
            limits: { max_partitions: 0, max_bytes: many }
                                                    ^
        hint: write a whole number and MB, MiB, GB, GiB, TB or TiB: 4GiB.
      """)
  }

  @Test
  func `an unknown limit lists the known ones`() throws {
    try expectComplaint(
      about: Self.job + "    limits: { cpus: 2 }\n",
      """
      dovetail.yaml:9:15: error: unknown key "cpus" in the limits of job j
            limits: { cpus: 2 }
                      ^
        hint: the limits of job j may have removals, kept_runs, kept_for, kept_bytes, memory, max_partitions and max_bytes.
      """)
  }

  @Test
  func `a hook is a command`() throws {
    try expectComplaint(
      about: Self.job + "hooks: { on_run_finished: ' ' }\n",
      """
      dovetail.yaml:9:27: error: "on_run_finished" is empty
        hooks: { on_run_finished: ' ' }
                                  ^
        hint: leave it out, or write on_run_finished: ./notify.sh.
      """)
  }

  @Test
  func `a hook left without a command is found`() throws {
    try expectComplaint(
      about: Self.job + "hooks:\n  on_run_finished:\n",
      """
      dovetail.yaml:10:3: error: "on_run_finished" must be text, not nothing
          on_run_finished:
          ^
        hint: leave it out, or write on_run_finished: ./notify.sh.
      """)
  }

  @Test
  func `a misspelled hook is suggested`() throws {
    try expectComplaint(
      about: Self.job + "hooks: { on_run_finish: ./notify.sh }\n",
      """
      dovetail.yaml:9:10: error: unknown key "on_run_finish" in the hooks
        hooks: { on_run_finish: ./notify.sh }
                 ^
        hint: did you mean "on_run_finished"?
      """)
  }
}
