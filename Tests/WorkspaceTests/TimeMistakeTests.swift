import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing
import Workspace

@Suite("Joins by time in dovetail.yaml")
struct TimeMistakeTests {
  private func file(
    quotes: String = "time: ts", inputs: String = "[trades, quotes]",
    transformation: String = "join: { on: [symbol], asof: { tolerance: 15m } }",
    partitions: String = ""
  ) -> String {
    """
    tables:
      trades: { location: in/trades, partitions: { day: date, hour: int }, time: ts }
      quotes: { location: in/quotes, partitions: { day: date, hour: int }\(quotes.isEmpty ? "" : ", ")\(quotes) }
    jobs:
      tca:
        inputs: \(inputs)
        \(transformation)
        output: { location: out/tca\(partitions) }

    """
  }

  private func complaint(_ yaml: String) throws -> String {
    let lines = try TemporaryFolder().complaint(about: yaml).split(separator: "\n")
    return zip(
      lines.filter { $0.contains(": error: ") }, lines.filter { $0.hasPrefix("  hint: ") }
    ).map { sentence, hint in
      sentence.split(separator: ": error: ")[1] + " -> " + hint.dropFirst("  hint: ".count)
    }.joined(separator: "\n")
  }

  private func job(_ yaml: String) throws -> JobDefinition {
    try #require(try TemporaryFolder().load(yaml).jobs.first)
  }

  @Test("a condition stands in the join or at an input, and becomes the job's windows")
  func conditions() throws {
    let asof = try job(file())
    #expect(
      asof.transformation
        == .joinToFirst(
          [
            JoinCondition(
              type: .inner, on: [JoinedColumns(first: "symbol", other: "symbol")],
              time: .asof(direction: .backward, tolerance: .seconds(900), isStrict: false))
          ], select: nil))
    #expect(asof.windows.map(\.description) == ["-0s to +0s", "-15m to +0s"])
    let within = try job(
      file(
        inputs: "{ trades: trades, quotes: { table: quotes, type: full, on: [{ tid: trade_id }], "
          + "within: { after: 30d } } }", transformation: "join: { type: left, on: [symbol] }"))
    #expect(within.windows.map(\.description) == ["-30d to +0s", "-0s to +30d"])
    let plain = try job(file(transformation: "join: { on: [symbol] }"))
    #expect(plain.transformation == .join(type: .inner, on: ["symbol"], select: nil))
    let sql = try job(
      file(
        inputs:
          "{ trades: trades, quotes: { table: quotes, window: { before: 1h }, changes: ignore } }",
        transformation: "sql: SELECT * FROM trades", partitions: ", partitions: [year, month]"))
    #expect(sql.windows.map(\.description) == ["-0s to +0s", "-1h to +0s"])
    #expect(sql.inputs[1].changes == .ignore)
    #expect(sql.output.keys.map { "\($0.name) \($0.type)" } == ["year int", "month int"])
  }

  @Test(
    "what does not fit is said with what to write",
    arguments: [
      (
        ["transformation": "join: { on: [symbol], asof: { direction: backward } }"],
        "asof has no \"tolerance\" -> add tolerance: 15m."
      ),
      (
        ["transformation": "join: { on: [symbol], asof: { tolerance: 15 } }"],
        "tolerance: \"15\" is not a length of time -> write a whole number and ns, us, ms, s, m, h, d or w: "
          + "tolerance: 15m."
      ),
      (
        ["transformation": "join: { on: [symbol], asof: { tolerance: 0s } }"],
        "the tolerance is zero -> write how far the nearest row may be away: tolerance: 15m."
      ),
      (
        ["transformation": "join: { on: [symbol], within: {} }"],
        "\"within\" says neither before nor after -> write within: { before: 0s, after: 30d }."
      ),
      (
        ["transformation": "join: { within: { after: 400d } }"],
        "after: \"400d\" is more than 366 days -> write 366d at most: one new file rebuilds all partitions that "
          + "its window reaches."
      ),
      (
        ["transformation": "join: { type: full, on: [symbol], asof: { tolerance: 1m } }"],
        "an asof join is inner or left, not full -> write type: left to keep rows without a near one, or let the "
          + "other input be the first."
      ),
      (
        ["transformation": "join: { asof: { tolerance: 1m }, within: { after: 1m } }"],
        "a join has both asof and within -> keep asof for the nearest row, or within for all rows near enough."
      ),
      (
        ["quotes": ""],
        "input quotes is joined by time, and its table quotes has no time -> add time: to table quotes: the "
          + "column with a row's time, as in time: ts."
      ),
      (
        ["quotes": "time: { column: ts, zone: Europe/Berln }"],
        "the time zone \"Europe/Berln\" is not known here -> did you mean \"Europe/Berlin\"? Zones have names "
          + "such as Europe/Berlin or UTC."
      ),
      (
        ["quotes": "columns: { ts: BIGINT }, time: ts"],
        "the time column \"ts\" is BIGINT: the unit in which it counts from 1970 is not declared -> write time: { column: "
          + "ts, unit: s }, or ms or us."
      ),
      (
        ["quotes": "columns: { at: TIMESTAMP }, time: ts"],
        "the table has no column \"ts\" -> declared are at."
      ),
      (
        ["quotes": "time: hour"],
        "the time column \"hour\" is a partition key of the table -> name the column of the files that has the "
          + "time of a row."
      ),
      (
        ["quotes": "time: { column: ts, keys: { hour: fortnight } }"],
        "\"fortnight\" says nothing about time for the partition key hour of type int -> write a part, as in "
          + "`hour: day`, or how it is spelled, as in `hour: yyyyMMdd` (yyyy, MM, dd, HH and mm, each once)."
      ),
      (
        ["partitions": ", partitions: [day, minute]"],
        "the partition key minute of the output does not follow from the table trades, which has day, hour -> its "
          + "time is known by the hour only: an output cannot be finer than its first input."
      ),
      (
        ["inputs": "{ trades: trades, quotes: { table: quotes, window: { after: 1h } } }"],
        "input quotes has a window, and the job a join, whose windows follow from asof and within -> remove the "
          + "window, or write sql: instead of join:."
      ),
      (
        ["transformation": "join: { on: [symbol], asof: { tolerance: 1M } }"],
        "tolerance: \"1M\" is not a length of time -> write 1m for minutes. A month has no fixed length: write days, "
          + "as in 30d."
      ),
      (
        ["transformation": "join: { on: [symbol], asof: { tolerance: -15m } }"],
        "tolerance: \"-15m\" is not a length of time -> write a whole number and ns, us, ms, s, m, h, d or w: "
          + "tolerance: 15m."
      ),
      (
        [
          "inputs": "{ trades: { table: trades, window: { after: 1h } }, quotes: quotes }",
          "transformation": "sql: SELECT 1",
        ],
        "input trades is the first one, whose rows are those of the output partition itself -> write the window "
          + "at the other inputs."
      ),
      (
        [
          "inputs": "{ trades: trades, quotes: { table: quotes, type: right }, late: quotes }",
          "transformation": "join: { type: left, on: [{ symbol: sym }] }",
        ],
        "a right join in which inputs have conditions of their own has two inputs, not more -> write type: left, "
          + "or join two inputs per job."
      ),
      (
        ["inputs": "{ trades: { table: trades, type: left }, quotes: quotes }"],
        "input trades is the first one, to which the others are joined -> write the condition at the other "
          + "input."
      ),
      (
        [
          "inputs": "{ trades: trades, quotes: { table: quotes, type: left } }",
          "transformation": "sql: SELECT * FROM trades",
        ],
        "input quotes has a condition of a join, and the job has sql -> write the condition in the SQL, and "
          + "window: here if it needs one."
      ),
      (
        ["inputs": "{ trades: trades, quotes: { table: quotes, keys: { day: dya } } }"],
        "the table of input quotes has no partition key \"dya\" -> did you mean \"day\"?"
      ),
    ] as [([String: String], String)])
  func mistakes(change: [String: String], expected: String) throws {
    let yaml = file(
      quotes: change["quotes"] ?? "time: ts", inputs: change["inputs"] ?? "[trades, quotes]",
      transformation: change["transformation"]
        ?? "join: { on: [symbol], asof: { tolerance: 15m } }",
      partitions: change["partitions"] ?? "")
    #expect(try complaint(yaml) == expected)
  }
}
