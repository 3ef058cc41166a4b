import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing
import Workspace

/// Each hint is pinned, and what it says to write is a valid file.
@Suite("Hints of joins by time that are followed")
struct TimeHintTests {
  private static let day = ", partitions: { day: date }"

  /// A file of tables, by name with what stands behind the location, and one job.
  private func file(_ tables: [(String, String)], _ job: String, more: String = "") -> String {
    let declared = tables.map { "  \($0): { location: in/\($0)\($1) }" }
    return """
      tables:
      \(declared.joined(separator: "\n"))
      jobs:
        j: { \(job) }
      \(more)
      """
  }

  private func mistakes(_ yaml: String) throws -> [String] {
    try TemporaryFolder().mistakes(in: yaml)
  }

  private func job(_ yaml: String) throws -> JobDefinition {
    try #require(try TemporaryFolder().load(yaml).jobs.last)
  }

  @Test("an input of columns only has the join's time, unless it says none")
  func none() throws {
    let tables = [
      ("trades", "\(Self.day), time: ts"), ("quotes", "\(Self.day), time: ts"), ("fees", Self.day),
    ]
    func yaml(_ fees: String, join: String = "on: [symbol], asof: { tolerance: 15m }") -> String {
      file(
        tables,
        "inputs: { trades: trades, quotes: quotes, fees: \(fees) }, join: { \(join) }, output: { location: out/j }"
      )
    }
    let sentence =
      "input fees is joined by time, and its table fees has no time -> add time: to table fees: the "
    let column = "column with a row's time, as in time: ts."
    for fees in ["{ table: fees, on: [venue] }", "fees"] {
      #expect(
        try mistakes(yaml(fees)) == [
          sentence + column + " If fees is joined by columns only, write asof: none at this input."
        ])
    }
    #expect(
      try mistakes(yaml("fees", join: "on: [symbol], within: { after: 1h }")) == [
        sentence + column + " If fees is joined by columns only, write within: none at this input."
      ])
    // There would be nothing left to join on.
    #expect(try mistakes(yaml("fees", join: "asof: { tolerance: 15m }")) == [sentence + column])
    for none in ["asof: none", "within: none", "asof: none, within: none"] {
      let job = try job(yaml("{ table: fees, on: [venue], \(none) }"))
      let asof = TimeCondition.asof(
        direction: .backward, tolerance: .seconds(900), isStrict: false)
      #expect(
        job.transformation
          == .joinToFirst(
            [
              JoinCondition(
                type: .inner, on: [JoinedColumns(first: "symbol", other: "symbol")], time: asof),
              JoinCondition(
                type: .inner, on: [JoinedColumns(first: "venue", other: "venue")], time: nil),
            ], select: nil))
    }
    let within = try job(yaml("{ table: quotes, asof: none, within: { after: 1h } }"))
    #expect(within.windows[2].description == "-0s to +1h")
    #expect(
      try mistakes(yaml("{ table: fees, asof: none }", join: "asof: { tolerance: 1m }")) == [
        "nothing says how input fees is joined -> write on: [column], asof: or within: in the join, or at this "
          + "input."
      ])
  }

  @Test("a join that keeps rows of the other input names the keys that it lacks")
  func outerRenames() throws {
    func yaml(_ orders: String, _ payments: String, input: String = "", type: String = "full")
      -> String
    {
      file(
        [
          ("orders", ", partitions: \(orders), time: ts"),
          ("payments", ", partitions: \(payments), time: ts"),
        ],
        "inputs: { orders: orders, payments: { table: payments\(input) } }, join: { type: \(type), on: [id], "
          + "within: { after: 30d } }, output: { location: out/j }")
    }
    func sentence(_ type: String, _ key: String, has keys: String) -> String {
      "a \(type) join keeps unmatched rows of input payments, but it is not clear in which output partition: "
        + "the partition key \(key) of the output does not follow from the table payments, which has \(keys) -> "
    }
    let ways = "write type: left or inner, or let this input be the first one."
    for type in ["full", "right"] {
      #expect(
        try mistakes(yaml("{ order_date: date }", "{ pay_date: date }", type: type)) == [
          sentence(type, "order_date", has: "pay_date")
            + "write keys: { order_date: pay_date } at this input if they are the same; else \(ways)"
        ])
      #expect(
        try mistakes(
          yaml(
            "{ order_date: date }", "{ pay_date: date }", input: ", keys: { order_date: pay_date }",
            type: type)) == [])
    }
    let (two, others) = ("{ region: string, order_date: date }", "{ reg: string, pay_date: date }")
    #expect(
      try mistakes(yaml(two, others, input: ", keys: { region: reg }")) == [
        sentence("full", "order_date", has: "reg, pay_date")
          + "write keys: { region: reg, order_date: pay_date } at this input if they are the same; else \(ways)"
      ])
    #expect(
      try mistakes(yaml(two, others, input: ", keys: { region: reg, order_date: pay_date }")) == [])
    // No key of the payments says a day, or two do.
    #expect(
      try mistakes(yaml("{ order_date: date }", "{ year: int, month: int }")) == [
        sentence("full", "order_date", has: "year, month") + ways
      ])
    #expect(
      try mistakes(yaml("{ order_date: date }", "{ pay_date: date, due_date: date }")) == [
        sentence("full", "order_date", has: "pay_date, due_date") + ways
      ])
  }

  @Test("an output by time needs a first input whose keys say it")
  func outputs() throws {
    func yaml(_ readings: String, output: String = "[day]") -> String {
      file(
        [("readings", readings)],
        "inputs: [readings], sql: SELECT * FROM readings, output: { location: out/j, partitions: \(output) }"
      )
    }
    let sentence =
      "the partition key day of the output does not follow from the table readings, which has "
    for time in ["", ", time: ts"] {
      #expect(
        try mistakes(yaml(time)) == [
          sentence
            + "no partition keys -> nothing says which of its files belong to one day: give the table "
            + "partitions, or let the output have none, with `partitions: []`."
        ])
      #expect(try mistakes(yaml(time, output: "[]")) == [])
    }
    #expect(
      try mistakes(yaml(", partitions: [dt], time: ts")) == [
        sentence
          + "dt -> none of its keys says when its rows happen: say it under `keys:` of its `time:`, as in "
          + "`keys: { <key>: yyyyMMdd }`."
      ])
    #expect(
      try mistakes(
        yaml(
          ", partitions: [dt], time: { column: ts, keys: { dt: yyyyMMdd } }",
          output: "[year, month, day]")) == [])
  }

  @Test("a length of spans divides a day")
  func lengths() throws {
    func yaml(_ length: String) -> String {
      file(
        [
          (
            "a",
            ", partitions: { slot: timestamp }, time: { column: ts, keys: { slot: \(length) } }"
          )
        ],
        "inputs: [a], sql: SELECT * FROM a, output: { location: out/j }")
    }
    for length in ["7m", "25h", "2d"] {
      #expect(
        try mistakes(yaml(length)) == [
          "the partition key slot begins spans of \(length), and a day is not a multiple of that -> write a length that "
            + "divides a day, as in `slot: 15m`."
        ])
    }
    for length in ["hour", "0s", "15"] {
      #expect(
        try mistakes(yaml(length)) == [
          "\"\(length)\" is not a length for the spans of the timestamp key slot -> write one, "
            + "as in `slot: 15m`; a day has to be a multiple of it."
        ])
    }
    for length in ["15m", "24h", "1d"] { #expect(try mistakes(yaml(length)) == []) }
  }

  @Test(
    "a time may be any whole number",
    arguments: ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"])
  func wholeNumbers(type: String) throws {
    for type in [type, "U\(type)"] {
      let columns = file(
        [("a", "\(Self.day), columns: { ts: \(type) }, time: { column: ts, unit: s }")],
        "inputs: [a], sql: SELECT * FROM a, output: { location: out/j }")
      #expect(try mistakes(columns) == [])
    }
  }

  @Test("the output of a job gets a time as a table of its own")
  func outputOfJob() throws {
    func yaml(_ input: String, table: String = "") -> String {
      file(
        [("trades", "\(Self.day), time: ts"), ("quotes", "\(Self.day), time: ts")],
        "inputs: [quotes], sql: SELECT * FROM quotes, output: { location: out/clean }",
        more: "  k: { inputs: [trades, \(input)], join: { on: [id], asof: { tolerance: 1m } }, "
          + "output: { location: out/k } }\n"
      ).replacing("jobs:", with: "\(table)jobs:")
    }
    #expect(
      try mistakes(yaml("j")) == [
        "input j is joined by time, and the output of job j has no time -> declare a table at its location with the "
          + "column of a row's time, and read that one: j_table: { location: out/clean, partitions: { day: date }, "
          + "time: ts }."
      ])
    let table = "  j_table: { location: out/clean, partitions: { day: date }, time: ts }\n"
    #expect(try mistakes(yaml("j_table", table: table)) == [])
    #expect(
      try mistakes(yaml("j_table", table: table.replacing(", time: ts", with: ""))) == [
        "input j_table is joined by time, and its table j_table has no time -> add time: to table j_table: the column "
          + "with a row's time, as in time: ts."
      ])
  }
}
