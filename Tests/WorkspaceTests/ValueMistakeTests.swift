import Testing
import Workspace

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
  func `a duration without a unit is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { m: int }, min_age: 90 }

        """,
      """
      dovetail.yaml:2:59: error: min_age: "90" is not a duration
          a: { location: data/a, partitions: { m: int }, min_age: 90 }
                                                                  ^
        hint: write a whole number and s, m, h or d: 90s, 15m, 2h, 1d.
      """)
  }

  @Test
  func `the unit of a duration is in lower case, and M is not a minute`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { m: int }, min_age: 1M }

        """,
      """
      dovetail.yaml:2:59: error: min_age: "1M" is not a duration
          a: { location: data/a, partitions: { m: int }, min_age: 1M }
                                                                  ^
        hint: write 1m for minutes. A month has no fixed length: write days, as in 30d.
      """)
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { m: int }, min_age: 36 H }

        """,
      """
      dovetail.yaml:2:59: error: min_age: "36 H" is not a duration
          a: { location: data/a, partitions: { m: int }, min_age: 36 H }
                                                                  ^
        hint: did you mean "36 h"?
      """)
    for text in ["1mo", "1 month", "1Y", "1w", "2ms", "1.5h", "-1h", "h", "1 H h"] {
      #expect(DeclaredQuantity.duration(text) == nil, "\(text)")
    }
    for (text, seconds) in [("90s", 90), ("15m", 900), ("36 h", 129_600), ("1d", 86_400)] {
      #expect(DeclaredQuantity.duration(text) == .seconds(seconds), "\(text)")
    }
  }

  @Test
  func `a duration that overflows is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { m: int }, min_age: 9223372036854775807d }

        """,
      """
      dovetail.yaml:2:59: error: min_age: "9223372036854775807d" is not a duration
          a: { location: data/a, partitions: { m: int }, min_age: 9223372036854775807d }
                                                                  ^
        hint: write a whole number and s, m, h or d: 90s, 15m, 2h, 1d.
      """)
  }

  @Test
  func `a size without a unit is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [id] }
            output: { location: out/j }
            limits: { memory: 4 }

        """,
      """
      dovetail.yaml:9:23: error: memory: "4" is not a size
            limits: { memory: 4 }
                              ^
        hint: write a whole number and MB, MiB, GB, GiB, TB or TiB: 4GiB.
      """)
  }

  @Test
  func `shares and counts out of range are refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [id] }
            output: { location: out/j }
            limits: { removals: 25%, kept_runs: -1 }

        """,
      """
      dovetail.yaml:9:25: error: removals: "25%" is not a share from 0 to 1
            limits: { removals: 25%, kept_runs: -1 }
                                ^
        hint: write a quarter as 0.25; 1 allows everything.
      dovetail.yaml:9:41: error: kept_runs: "-1" is not a whole number
            limits: { removals: 25%, kept_runs: -1 }
                                                ^
        hint: write 0 or more: 3.
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
