import Testing

@Suite("Mistakes in values")
struct ValueMistakeTests {
  @Test
  func `a misspelled format is suggested`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { m: int }, format: parket }

        """,
      """
      dovetail.yaml:2:58: error: "parket" is not a known format
          a: { location: data/a, partitions: { m: int }, format: parket }
                                                                 ^
        hint: did you mean "parquet"?
      """)
  }

  @Test
  func `an unknown format lists the known ones`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { m: int }, format: avro }

        """,
      """
      dovetail.yaml:2:58: error: "avro" is not a known format
          a: { location: data/a, partitions: { m: int }, format: avro }
                                                                 ^
        hint: choose parquet, csv or json.
      """)
  }

  @Test
  func `a misspelled join type is suggested`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, b]
            join: { type: lft, on: [id] }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:7:19: error: "lft" is not a known join type
            join: { type: lft, on: [id] }
                          ^
        hint: did you mean "left"?
      """)
  }

  @Test
  func `a misspelled key type is suggested`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { m: strin } }

        """,
      """
      dovetail.yaml:2:43: error: partition key m has the unknown type "strin"
          a: { location: data/a, partitions: { m: strin } }
                                                  ^
        hint: did you mean "string"?
      """)
  }

  @Test
  func `an unknown key type lists the known ones`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { m: float64 } }

        """,
      """
      dovetail.yaml:2:43: error: partition key m has the unknown type "float64"
          a: { location: data/a, partitions: { m: float64 } }
                                                  ^
        hint: choose string, int, bigint, date, timestamp, decimal(precision,scale) or boolean.
      """)
  }

  @Test
  func `a table is partitioned by something or by nothing`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: ~ }
          b: { location: data/b, partitions: {} }
          c: { location: data/c, partitions: [] }

        """,
      """
      dovetail.yaml:2:26: error: "partitions" must be a mapping or a list, not nothing
          a: { location: data/a, partitions: ~ }
                                 ^
        hint: add the keys of its folders, outermost first: partitions: { month: int, day: int } if the files are in folders such as month=1/day=31. If they are in one folder, leave partitions: out.
      """)
  }

  @Test
  func `an empty location is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: "", partitions: [m] }

        """,
      """
      dovetail.yaml:2:18: error: the location is empty
          a: { location: "", partitions: [m] }
                         ^
        hint: write a folder, relative to this file's folder or absolute.
      """)
  }

  @Test
  func `a location below ~ is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: ~/data, partitions: [m] }

        """,
      """
      dovetail.yaml:2:18: error: "~/data" begins with ~, which is not expanded
          a: { location: ~/data, partitions: [m] }
                         ^
        hint: write the path in full, or relative to this file's folder.
      """)
  }

  @Test
  func `a location in another store is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: s3a://bucket/a, partitions: [m] }

        """,
      """
      dovetail.yaml:2:18: error: "s3a://bucket/a" is neither a path of this machine nor a place in a bucket
          a: { location: s3a://bucket/a, partitions: [m] }
                         ^
        hint: write s3://bucket/a.
      """)
  }

  @Test
  func `a zero byte in a location is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: "a\\0b", partitions: [m] }

        """,
      """
      dovetail.yaml:2:18: error: "a\\u{0}b" contains a zero byte
          a: { location: "a\\0b", partitions: [m] }
                         ^
        hint: write a folder, relative to this file's folder or absolute.
      """)
  }

  @Test
  func `an output is Parquet only`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [id] }
            output: { location: out/j, format: csv }

        """,
      """
      dovetail.yaml:8:40: error: an output cannot be written as "csv"
            output: { location: out/j, format: csv }
                                               ^
        hint: leave it out, or write format: parquet.
      """)
  }
}
