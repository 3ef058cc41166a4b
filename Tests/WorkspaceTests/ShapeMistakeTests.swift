import Testing

@Suite("Mistakes in the shape of the file: text, lists and mappings")
struct ShapeMistakeTests {
  @Test
  func `text instead of a mapping is found`() throws {
    try expectComplaint(
      about: """
        tables: data

        """,
      """
      dovetail.yaml:1:9: error: "tables" must be a mapping, not text
        tables: data
                ^
        hint: write tables: with a name for each table, such as flights: { location: data/flights, partitions: { month: int, day: int } }.
      """)
  }

  @Test
  func `a key without a value is found`() throws {
    try expectComplaint(
      about: """
        tables:
          a:
            location:
            partitions:

        """,
      """
      dovetail.yaml:3:5: error: "location" must be text, not nothing
            location:
            ^
        hint: write location: data/name.
      dovetail.yaml:4:5: error: "partitions" must be a mapping or a list, not nothing
            partitions:
            ^
        hint: add the keys of its folders, outermost first: partitions: { month: int, day: int } if the files are in folders such as month=1/day=31. If they are in one folder, leave partitions: out.
      """)
  }

  @Test
  func `a list instead of text is found`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: [data/a], partitions: [m] }

        """,
      """
      dovetail.yaml:2:18: error: "location" must be text, not a list
          a: { location: [data/a], partitions: [m] }
                         ^
        hint: write location: data/name.
      """)
  }

  @Test
  func `text instead of a list is found`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: id }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:7:17: error: "on" must be a list, not text
            join: { on: id }
                        ^
        hint: write on: [column].
      """)
  }

  @Test
  func `a list in a list is found`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [[id]] }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:7:18: error: every item of "on" must be text, not a list
            join: { on: [[id]] }
                         ^
        hint: write on: [column].
      """)
  }

  @Test
  func `an unknown version is refused`() throws {
    try expectComplaint(
      about: """
        version: 2
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }

        """,
      """
      dovetail.yaml:1:10: error: version "2" of this file is not known
        version: 2
                 ^
        hint: write version: 1, or use a newer dovetail.
      """)
  }

  @Test
  func `a repeated key behind an alias is found`() throws {
    try expectComplaint(
      about: """
        tables: { &x a: { location: a, partitions: [m] }, *x : { location: b, partitions: [m] } }

        """,
      """
      dovetail.yaml:1:11: error: key "a" is already in line 1
        tables: { &x a: { location: a, partitions: [m] }, *x : { location: b, partitions: [m] } }
                  ^
        hint: keep one of the two.
      """)
  }

  @Test
  func `a merge key is not known`() throws {
    try expectComplaint(
      about: """
        tables:
          a: &a { location: data/a, partitions: [m] }
          b: { <<: *a, location: data/b }

        """,
      """
      dovetail.yaml:3:8: error: unknown key "<<" in table b
          b: { <<: *a, location: data/b }
               ^
        hint: table b may have location, partitions, format, columns, time, watch, min_age, schema, record_rows, csv, optional and glue.
      """)
  }
}
