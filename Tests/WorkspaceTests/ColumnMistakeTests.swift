import Testing

@Suite("Mistakes in columns and expressions")
struct ColumnMistakeTests {
  @Test
  func `a partition key among the columns is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { m: int }, columns: { M: INTEGER } }

        """,
      """
      dovetail.yaml:2:61: error: column "M" is a partition key of the table
          a: { location: data/a, partitions: { m: int }, columns: { M: INTEGER } }
                                                                    ^
        hint: remove it here: the values of a partition key come from the folders' names.
      """)
  }

  @Test
  func `a type that YAML cuts at its comma is named whole`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { m: decimal(5,2), d: int }, columns: { s: STRUCT(a INTEGER, b DECIMAL(18,3)), t: INTEGER } }

        """,
      """
      dovetail.yaml:2:43: error: the comma cuts "decimal(5,2)" into pieces
          a: { location: data/a, partitions: { m: decimal(5,2), d: int }, columns: { s: STRUCT(a INTEGER, b DECIMAL(18,3)), t: INTEGER } }
                                                  ^
        hint: put it in quotes: "decimal(5,2)".
      dovetail.yaml:2:81: error: the comma cuts "STRUCT(a INTEGER,b DECIMAL(18,3))" into pieces
          a: { location: data/a, partitions: { m: decimal(5,2), d: int }, columns: { s: STRUCT(a INTEGER, b DECIMAL(18,3)), t: INTEGER } }
                                                                                        ^
        hint: put it in quotes: "STRUCT(a INTEGER,b DECIMAL(18,3))".
      """)
  }

  @Test
  func `an expression that YAML cuts at its comma is named whole`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [id], select: [a.id, round(a.x, 2)] }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:7:38: error: the comma cuts "round(a.x,2)" into pieces
            join: { on: [id], select: [a.id, round(a.x, 2)] }
                                             ^
        hint: put it in quotes: "round(a.x,2)".
      """)
  }
}
