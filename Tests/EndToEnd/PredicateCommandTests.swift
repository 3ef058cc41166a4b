import Foundation
import Testing

/// Every subcommand of `dovetail predicate`, on real files.
@Suite("Predicates on the command line")
struct PredicateCommandTests {
  /// Twelve partitions a table: months 1 to 3, days 1 to 4; `a` has month 2, day 5 too.
  func bench() async throws -> Workbench {
    let bench = try Workbench(
      """
      tables:
        a: { location: data/a, format: csv, partitions: { month: int, day: int }, columns: { id: BIGINT } }
        b: { location: data/b, format: csv, partitions: { month: int, day: int }, columns: { id: BIGINT } }
      jobs:
        j:
          inputs: [a, b]
          join: { type: full, on: [id] }
          output: { location: out/j }
      """)
    for month in 1...3 {
      for day in 1...4 {
        for table in ["a", "b"] { try land(table, month, day, bench) }
      }
    }
    try land("a", 2, 5, bench)
    return bench
  }

  func land(
    _ table: String, _ month: Int, _ day: Int, _ bench: Workbench, file: String = "p"
  ) throws {
    try bench.write("data/\(table)/month=\(month)/day=\(day)/\(file).csv", "id\n1\n")
  }

  /// The workbench after a run and with one late file, of `b`, for month 2, day 3.
  func late() async throws -> Workbench {
    let bench = try await bench()
    let run = try await bench.dovetail("run")
    try #require(run.status == 0, Comment(rawValue: run.stderr))
    try land("b", 2, 3, bench, file: "late")
    return bench
  }

  @Test("show prints the generated predicate, or one's own, in every dialect")
  func show() async throws {
    let bench = try await bench()
    let all = "month BETWEEN 1 AND 3 AND day BETWEEN 1 AND 4) OR (month = 2 AND day = 5"
    for (arguments, text) in [
      (["predicate", "--input", "a"], "(\(all))\n"),
      (
        ["predicate", "show", "--input", "b", "--where", "month=2 and not day>1"],
        "month = 2 AND day <= 1\n"
      ),
      (
        [
          "predicate", "show", "--input", "b", "--where", "month=2 and not day>1",
          "--dialect", "spark",
        ], "month = 2 AND NOT day > 1\n"
      ),
      (
        [
          "predicate", "show", "--input", "b", "--where", "month=2 and not day>1",
          "--dialect", "duckdb",
        ], "\"month\" = 2 AND \"day\" <= 1\n"
      ),
      (
        [
          "predicate", "show", "--input", "b", "--where", "month=2 and not day>1",
          "--dialect", "glue",
        ], "month = 2 AND day <= 1\n"
      ),
      (
        [
          "predicate", "show", "--input", "b", "--where", "month=2 or day=1 and month=1",
          "--dialect", "plain",
        ], "(month=='2') or (day=='1' and month=='1')\n"
      ),
      (["predicate", "show", "--input", "b", "--known"], "TRUE\n"),
    ] {
      let shown = try await bench.dovetail(arguments)
      #expect(shown.status == 0, Comment(rawValue: shown.stderr))
      #expect(shown.stdout == text)
    }
    let refused = try await bench.dovetail(
      "predicate", "show", "--input", "a", "--where", "month IS NULL", "--dialect", "glue")
    #expect(refused.status == 1)
    #expect(refused.stdout == "")
    #expect(
      refused.stderr.hasPrefix(
        "dovetail: An expression of Glue's GetPartitions cannot say \"month IS NULL\": IS NULL always "
          + "returns nothing there"))
  }

  @Test(
    "nothing pending is FALSE in every dialect, never the empty text",
    arguments: [
      "plain", "compact", "spark", "glue", "duckdb",
    ])
  func nothingPending(_ dialect: String) async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    _ = try await bench.dovetail("run")
    let shown = try await bench.dovetail("predicate", "--input", "a", "--dialect", dialect)
    #expect(shown.stdout == (dialect == "glue" ? "k = 0 AND k = 1\n" : "FALSE\n"))
  }

  @Test("explain says which clause decided, and what is pending")
  func explain() async throws {
    let bench = try await late()
    let explained = try await bench.dovetail(
      "predicate", "explain", "month=03/day=2", "month=2/day=3")
    #expect(
      explained.stdout == """
        month=3/day=2 is not selected: "month = 2" is FALSE, since month is 3.
        The partition is not pending: its files are those consumed by run 1.
          FALSE  month = 2 AND day = 3
          FALSE    month = 2  (month is 3)
        month=2/day=3 is selected: "month = 2" is TRUE, since month is 2; "day = 3" is TRUE, since day \
        is 3.
        The partition is pending: b: 1 added.
          TRUE   month = 2 AND day = 3
          TRUE     month = 2  (month is 2)
          TRUE     day = 3  (day is 3)

        """)
    let unknown = try await bench.dovetail(
      "predicate", "explain", "month=9/day=9", "--table", "a", "--where", "month = 9")
    #expect(unknown.stdout.contains("The table a has no such partition.\n"))
    let clauses = try await bench.dovetail("predicate", "explain", "--json")
    let json = try JSONValue(clauses.stdout)
    #expect(json[0]["reached"].integer == 13)
    #expect(json[0]["true"].integer == 1)
    #expect(json[1]["false"].integer == 8)
    #expect(json[1]["decides"].integer == 8)
    #expect(json[2]["reached"].integer == 5)
    #expect(json[2]["decides"].integer == 4)
  }

  @Test("eval lists the partitions, and says where a mistake is")
  func evaluate() async throws {
    let bench = try await bench()
    let selected = try await bench.dovetail(
      "predicate", "eval", "day > 3 AND month < 3", "--table", "a")
    #expect(
      selected.stdout == """
        month=1/day=4
        month=2/day=4
        month=2/day=5
        Selects 3 partitions of 13 (0 are NULL), 3 files, 15 B of table a.

        """)
    let wrong = try await bench.dovetail(
      "predicate", "eval", "day > 3 AND mnth < 3", "--table", "a")
    #expect(wrong.status == 2)
    #expect(
      wrong.stderr == """
        dovetail: There is no partition key `mnth`. Did you mean `month`?
          day > 3 AND mnth < 3
                      ^^^^

        """)
  }

  @Test("eval answers a file of predicates over a scratch table, one object per line, in order")
  func scratch() async throws {
    let bench = try Workbench()
    try bench.write(
      "rows.json", #"[["JFK", "1", "0.50"], ["O'Hare", null, "1"], [null, "02", null]]"#)
    try bench.write(
      "predicates.sql",
      "month = '1'\nshare < 1\nmonht = 1\nstation = 'O\\'Hare' OR month IN (1, 2)\n\nnull\n")
    let answered = try await Command.run(
      Command.dovetail,
      [
        "predicate", "eval", "--keys", "station string, month int, share decimal(5,2)",
        "--partitions", bench.path("rows.json"), "--from", bench.path("predicates.sql"), "--json",
      ])
    #expect(answered.status == 0)
    #expect(
      answered.stdout == #"""
        {"null":[1],"predicate":"month = '1'","true":[0]}
        {"null":[2],"predicate":"share < 1","true":[0]}
        {"column":1,"error":"There is no partition key `monht`. Did you mean `month`?","predicate":"monht = 1"}
        {"null":[],"predicate":"station = 'O\\'Hare' OR month IN (1, 2)","true":[0,1,2]}
        {"column":1,"error":"The predicate is empty, which would mean no filter; write TRUE to select all partitions, or FALSE to select none.","predicate":""}
        {"null":[0,1,2],"predicate":"null","true":[]}

        """#)
  }

  @Test("lines may end as on Windows, a byte order mark is skipped, and keys may be quoted")
  func foreignScratch() async throws {
    let bench = try Workbench()
    try bench.write("predicates.sql", "\u{FEFF}`a, b` = 1\r\n\r\nc IS NULL\r\n")
    let answered = try await Command.run(
      Command.dovetail,
      [
        "predicate", "eval", "--keys", "`a, b` int, `c` decimal( 5 , 2 )", "--partitions",
        "[[1, null]]", "--from", bench.path("predicates.sql"),
      ])
    #expect(answered.status == 0, Comment(rawValue: answered.stderr))
    #expect(
      answered.stdout == """
        `a, b` = 1: TRUE 0; NULL none
        : column 1: The predicate is empty, which would mean no filter; write TRUE to select all \
        partitions, or FALSE to select none.
        c IS NULL: TRUE 0; NULL none

        """)
  }

  @Test(
    "a wrong scratch table is refused with its key or row",
    arguments: [
      ("month int, month string", "[]", "The key month is declared twice; names ignore case."),
      (
        "month integr", "[]",
        "\"month integr\" is not a key: write a name and a type, one of string, int, "
          + "bigint, date, timestamp, decimal(precision,scale) or boolean."
      ),
      ("month int", "[[1, 2]]", "Row 1 has 2 values, and there is 1 key: give one value for each."),
      (
        "month int", "[[1], [\"x\"]]", "Row 2: \"x\" is not a value of the key month, which is int."
      ),
      (
        "month int", "[1]",
        "The rows must be a JSON array of arrays of raw partition values, such as "
          + "[[\"01\", \"3\"], [\"1\", null]]."
      ),
      ("month int", "/nowhere.json", "/nowhere.json cannot be read: No such file or directory."),
    ])
  func wrongScratch(_ keys: String, _ rows: String, _ sentence: String) async throws {
    let refused = try await Command.run(
      Command.dovetail, ["predicate", "eval", "TRUE", "--keys", keys, "--partitions", rows])
    #expect(refused.status == 2)
    #expect(refused.stdout == "")
    #expect(refused.stderr.contains(sentence), Comment(rawValue: refused.stderr))
  }

  @Test("run --where builds only what it selects of what is pending; the rest stays pending")
  func runWhere() async throws {
    let bench = try await bench()
    let plan = try await bench.dovetail("plan", "--where", "month = 2", "--json")
    #expect(try JSONValue(plan.stdout)[0]["units"].elements.count == 5)
    let run = try await bench.dovetail("run", "--where", "month = 2", "--json")
    #expect(try JSONValue(run.stdout)[0]["committed"].integer == 5)
    #expect(try JSONValue(run.stdout)[0]["plan"] == (try JSONValue(plan.stdout)[0]["id"]))
    let pending = try await bench.dovetail("pending", "--json")
    #expect(try JSONValue(pending.stdout).elements.count == 8)
    let spring = try await bench.dovetail("pending", "--where", "month = 3 AND day = 1")
    #expect(spring.stdout == "month=3/day=1  a: 1 added; b: 1 added\n")
    let none = try await bench.dovetail("pending", "--where", "month = 2")
    #expect(
      none.stdout
        == "Job j: nothing is pending of what the predicate selects; 8 others are.\n")
    let rerun = try await bench.dovetail("rerun", "--where", "month = 2 AND day = 1", "--json")
    #expect(try JSONValue(rerun.stdout)[0]["committed"].integer == 1)
    let nothing = try await bench.dovetail("rerun", "--where", "month = 7")
    #expect(nothing.status == 0)
    #expect(
      nothing.stderr.contains("the conditions choose none of the 13 partitions of j."))
    let selected = try await bench.dovetail("partitions", "a", "--where", "-1 > month", "--json")
    #expect(try JSONValue(selected.stdout).elements.isEmpty, Comment(rawValue: selected.stderr))
    let done = try await bench.dovetail("run", "--where", "month = 2")
    #expect(done.stdout == "Job j: nothing to do of what the predicate selects.\n")
    let wrong = try await bench.dovetail("run", "--where", "month = 2 AND")
    #expect(wrong.status == 2)
    #expect(wrong.stdout == "")
  }
}
