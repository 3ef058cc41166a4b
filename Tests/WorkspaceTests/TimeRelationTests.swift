import IncrementalJoin
import TestSupport
import Testing
import Workspace

@Suite("How inputs of other keys, and conditions of several inputs, are declared")
struct TimeRelationTests {
  @Test("a time that is a mistake is not missing too")
  func mistakenTime() throws {
    try expectComplaint(
      about: """
        tables:
          trades: { location: in/trades, partitions: { day: date }, time: ts }
          quotes: { location: in/quotes, partitions: { day: date }, time: { column: ts, zone: Mars } }
        jobs:
          tca:
            inputs: [trades, quotes]
            join: { on: [symbol], asof: { tolerance: 15m } }
            output: { location: out/tca }

        """,
      """
      dovetail.yaml:3:87: error: the time zone "Mars" is not known here
          quotes: { location: in/quotes, partitions: { day: date }, time: { column: ts, zone: Mars } }
                                                                                              ^
        hint: zones have names such as Europe/Berlin or UTC.
      """)
  }

  @Test("a first input without a time is said once, however many are joined to it")
  func firstWithoutTime() throws {
    try expectComplaint(
      about: """
        tables:
          trades: { location: in/trades, partitions: { day: date } }
          quotes: { location: in/quotes, partitions: { day: date }, time: ts }
          rates: { location: in/rates, partitions: { day: date }, time: ts }
        jobs:
          tca:
            inputs: [trades, quotes, rates]
            join: { asof: { tolerance: 15m } }
            output: { location: out/tca }

        """,
      """
      dovetail.yaml:7:14: error: input trades is joined by time, and its table trades has no time
            inputs: [trades, quotes, rates]
                     ^
        hint: add time: to table trades: the column with a row's time, as in time: ts.
      """)
  }

  @Test("a misspelled condition is not missing too")
  func misspelledCondition() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: in/a, partitions: { day: date } }
          b: { location: in/b, partitions: { day: date } }
        jobs:
          j:
            inputs: [a, b]
            join: { onn: [id] }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:7:13: error: unknown key "onn" in the join of job j
            join: { onn: [id] }
                    ^
        hint: did you mean "on"?
      """)
  }

  @Test("an item of on is one column or one pair of columns")
  func noPair() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: in/a, partitions: { day: date } }
          b: { location: in/b, partitions: { day: date } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [{ id: a_id, part: a_part }] }
            output: { location: out/j }
          k:
            inputs: [a, b]
            join: { on: [id, { id: "" }] }
            output: { location: out/k }

        """,
      """
      dovetail.yaml:7:18: error: a mapping in "on" must be one pair of columns
            join: { on: [{ id: a_id, part: a_part }] }
                         ^
        hint: write one pair per item, the first input's column in front: on: [{ id: order_id }].
      dovetail.yaml:11:22: error: "" cannot name a join column
            join: { on: [id, { id: "" }] }
                             ^
        hint: use letters, digits and _, not beginning with a digit: it becomes a name in SQL.
      """)
  }

  @Test("the type of a renamed key is compared with that of the key it stands for")
  func renamedType() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: in/a, partitions: { region: string, day: date } }
          b: { location: in/b, partitions: { reg: int, day: date } }
        jobs:
          j:
            inputs: { a: a, b: { table: b, keys: { region: reg } } }
            join: { on: [id] }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:6:33: error: partition key region is int in input b, but string in input a
            inputs: { a: a, b: { table: b, keys: { region: reg } } }
                                        ^
        hint: declare the key with one type in both tables; types say which values are equal. Folders that spell one value differently, such as 20240131 and 2024-01-31, have to be renamed.
      """)
  }

  @Test("keys of time may have one name and two types, whatever the name is")
  func keysOfTime() throws {
    let yaml = """
      tables:
        a: { location: in/a, partitions: { dt: date }, time: ts }
        b: { location: in/b, partitions: [dt], time: { column: ts, keys: { dt: yyyyMMdd } } }
      jobs:
        j:
          inputs: [a, b]
          join: { on: [id] }
          output: { location: out/j }

      """
    let job = try #require(try TemporaryFolder().load(yaml).jobs.first)
    #expect(job.output.keys == job.inputs[0].table.keys)
  }

  @Test("a type that stands at an input is the place of what it does not allow")
  func placeOfType() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: in/a, partitions: { region: string, day: date } }
          b: { location: in/b, partitions: { day: date } }
        jobs:
          j:
            inputs: { a: a, b: { table: b, type: full } }
            join: { on: [id] }
            output: { location: out/j }

        """,
      """
      dovetail.yaml:6:42: error: a full join keeps unmatched rows of input b, but it is not clear in which output partition: the partition key region of the output does not follow from the table b, which has day
            inputs: { a: a, b: { table: b, type: full } }
                                                 ^
        hint: write type: left or inner, or let this input be the first one.
      """)
  }
}
