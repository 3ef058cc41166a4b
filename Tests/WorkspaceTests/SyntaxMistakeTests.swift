import Testing

@Suite("Mistakes of syntax")
struct SyntaxMistakeTests {
  @Test
  func `an empty file has no tables`() throws {
    try expectComplaint(
      about: """
        # nothing yet

        """,
      """
      dovetail.yaml:1:1: error: the file has no "tables"
        # nothing yet
        ^
        hint: add tables: with a name for each table, such as flights: { location: data/flights, partitions: { month: int, day: int } }.
      """)
  }

  @Test
  func `a file that is a list is not a workspace`() throws {
    try expectComplaint(
      about: """
        - tables

        """,
      """
      dovetail.yaml:1:1: error: "dovetail.yaml" must be a mapping, not a list
        - tables
        ^
        hint: begin with tables: and jobs:.
      """)
  }

  @Test
  func `an open bracket is found`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: [month

        """,
      """
      dovetail.yaml:2:44: error: this is not YAML: did not find expected ',' or ']' while parsing a flow sequence (line 2)
          a: { location: data/a, partitions: [month
                                                   ^
        hint: check indentation, colons, and the closing of brackets and quotes up to this place.
      """)
  }

  @Test
  func `wrong indentation is found`() throws {
    try expectComplaint(
      about: """
        tables:
          a:
            location: data/a
           partitions: [month]

        """,
      """
      dovetail.yaml:4:4: error: this is not YAML: did not find expected key while parsing a block mapping (line 2)
           partitions: [month]
           ^
        hint: indent this line like the keys that it stands beside; a text that has quotes inside is put in quotes as a whole.
      """)
  }

  @Test
  func `a tab is named`() throws {
    try expectComplaint(
      about: """
        tables:
        \ta: {}

        """,
      """
      dovetail.yaml:2:1: error: a tab stands where YAML expects spaces
         a: {}
        ^
        hint: indent with spaces.
      """)
  }

  @Test
  func `an open quote is found`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: "data/a }

        """,
      """
      dovetail.yaml:2:27: error: this is not YAML: found unexpected end of stream while scanning a quoted scalar (line 2)
          a: { location: "data/a }
                                  ^
        hint: close the quote.
      """)
  }

  @Test
  func `a second document is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        ---
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }

        """,
      """
      dovetail.yaml:4:1: error: a second document begins here
        ---
        ^
        hint: one file holds one document: remove the line ---.
      """)
  }

  @Test
  func `an alias without an anchor is found`() throws {
    try expectComplaint(
      about: """
        tables: *all

        """,
      """
      dovetail.yaml:1:9: error: this is not YAML: found undefined alias
        tables: *all
                ^
        hint: put the text in quotes: without them * begins an alias.
      """)
  }

  @Test
  func `a control character is shown as its code`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: "x\u{1B}[31m" }

        """,
      """
      dovetail.yaml:2:20: error: this is not YAML: control characters are not allowed
          a: { location: "x\\u{1B}[31m" }
                           ^
        hint: remove it, or write it as an escape in double quotes, such as "\\t".
      """)
  }

  @Test
  func `a mapping as a key is found`() throws {
    try expectComplaint(
      about: """
        tables:
          ? [a]
          : { location: x }

        """,
      """
      dovetail.yaml:2:5: error: a key of "tables" is not text
          ? [a]
            ^
        hint: write a plain word.
      """)
  }
}
