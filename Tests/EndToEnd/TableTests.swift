import Foundation
import Testing

@Suite("Tables and their columns")
struct TableTests {
  /// Two CSV tables; one has the name of a subcommand, one a column that YAML would misread.
  private func bench() throws -> Workbench {
    let bench = try Workbench(
      """
      tables:
        a: { location: data/a, format: csv, partitions: { k: int } }
        widen: { location: data/b, format: csv, partitions: { k: int } }
      jobs:
        j:
          inputs: [a, widen]
          join: { type: inner, on: [id] }
          output: { location: out/j }
      """)
    try bench.write("data/a/k=1/p.csv", "id,v\n1,2\n2,3\n")
    try bench.write("data/b/k=1/p.csv", "id,no,\"it's \"\"x\"\": #1\",\u{200B}z\n1,x,y,w\n")
    return bench
  }

  private func columns(_ arguments: String..., in bench: Workbench) async throws -> String {
    let finished = try await bench.dovetail(["tables"] + arguments + ["--columns"])
    #expect(finished.status == 0, Comment(rawValue: finished.stderr))
    return finished.stdout
  }

  @Test("are listed, all or one, also one whose name is a subcommand's")
  func list() async throws {
    let bench = try bench()
    func tables(_ arguments: String...) async throws -> [String?] {
      let finished = try await bench.dovetail(["tables"] + arguments + ["--json"])
      #expect(finished.status == 0, Comment(rawValue: finished.stderr))
      return try JSONValue(finished.stdout).elements.map { $0["table"].text }
    }
    #expect(try await tables() == ["a", "widen"])
    #expect(try await tables("A") == ["a"])
    #expect(try await tables("list", "widen") == ["widen"])
    let unknown = try await bench.dovetail("tables", "b")
    #expect(unknown.status == 2)
    #expect(unknown.stderr.contains("There is no table \"b\"."))
  }

  @Test(
    "are shown with their guessed columns before the first run, and with who pinned them after it")
  func pinning() async throws {
    let bench = try bench()
    #expect(
      try await columns("a", in: bench) == """
          a:
            columns:
              id: BIGINT  # guessed now from 1 file, not pinned yet
              v: BIGINT   # guessed now from 1 file, not pinned yet

        """)
    let plan = try await bench.dovetail("plan")
    #expect(
      plan.stdout.contains(
        """
        Table a: a run pins its columns, with types guessed from 1 file. For dovetail.yaml they would be:
          a:
            columns:
              id: BIGINT
              v: BIGINT

        """))
    let shape = try await bench.json("plan")
    #expect(
      shape[0]["seenColumns"][0].keys == ["columns", "files", "guessed", "optional", "table"])
    #expect(shape[0]["types"] == .string("spark"))
    #expect(shape[0]["conversions"] == .array([]))
    let run = try await bench.dovetail("run")
    let warning = """
      dovetail: warning: Types of columns of table a are guessed from 1 file, and this run pins them once a \
      partition is built: `dovetail tables --columns` shows them in the form of `columns:` in \
      dovetail.yaml.

      """
    #expect(run.stderr.contains(warning))
    let account = try await bench.json("lineage", "--run", "1")
    #expect(
      account["log"].elements.contains {
        $0["level"].text == "warning" && $0["text"].text?.contains("Types of columns") == true
      })
    let pinned = try await columns("a", in: bench)
    let instant = /\d{4}-\d\d-\d\d \d\d:\d\d/
    #expect(
      pinned.replacing(instant, with: "THEN") == """
          a:
            columns:
              id: BIGINT  # pinned by run 1 of \(NSUserName()), THEN
              v: BIGINT   # pinned by run 1 of \(NSUserName()), THEN

        """)
    let answer = try await bench.json("tables", "a", "--columns")
    #expect(answer[0]["columns"][0].keys == ["at", "name", "run", "source", "type", "user"])
    #expect(answer[0]["files"].integer == 0)
    let again = try await bench.dovetail("rerun", "k=1")
    #expect(!again.stderr.contains("warning"))
    let output = try await columns("j", in: bench)
    #expect(output.contains("      id: BIGINT  ") && output.contains("# seen now in 1 file\n"))
  }

  @Test("are pinned by a run that has built a partition, and not by one in which all of them fail")
  func pinnedAfterSuccess() async throws {
    let bench = try bench()
    // The file of another table: with it, every other file lacks a column.
    try bench.write("data/a/k=1/a.csv", "id,v,amount\n1,2,3\n")
    #expect(try await bench.run(status: 1)[0]["failed"].elements.count == 1)
    #expect(try await columns("a", in: bench).contains("not pinned yet"))
    try bench.remove("data/a/k=1/a.csv")
    try await bench.run()
    #expect(
      try await columns("a", in: bench).split(separator: "\n").dropFirst(2).allSatisfy {
        $0.contains("# pinned by run 2 of ")
      })
  }

  @Test("are pinned by a run that only stages, and not by one that has no rows to read")
  func pinnedWhenKept() async throws {
    let bench = try bench()
    try bench.remove("data/b/k=1")
    try bench.write("data/b/k=2/p.csv", "id,no\n1,x\n")
    #expect(try await bench.run()[0]["committed"].integer == 2)
    #expect(try await columns("a", in: bench).contains("not pinned yet"))
    try bench.write("data/b/k=1/p.csv", "id,no\n1,x\n")
    _ = try await bench.json("run", "--stage-only")
    #expect(try await columns("a", in: bench).contains("# pinned by run 2 of "))
  }

  @Test("are printed as dovetail.yaml reads them, whatever the names are")
  func pasting() async throws {
    let bench = try bench()
    let shown = try await columns(in: bench)
    #expect(shown.contains(#"      'it''s "x": #1': VARCHAR  # guessed"#))
    #expect(shown.contains(#"      "\u200Bz": VARCHAR "#))
    #expect(shown.contains(#"      "no": VARCHAR "#))
    let found = try await bench.json("tables", "--columns")
    let declared = shown.split(separator: "\n")
      .map { line in
        guard line.hasPrefix("  "), !line.hasPrefix("   ") else { return String(line) }
        let (name, folder) = line.contains("widen") ? ("widen", "b") : ("a", "a")
        return """
            \(name):
              location: data/\(folder)
              format: csv
              partitions: { k: int }
          """
      }
    try bench.write("dovetail.yaml", "tables:\n\(declared.joined(separator: "\n"))\njobs: {}\n")
    let read = try await bench.json("tables", "--columns")
    #expect(read.elements.count == 2)
    for (table, before) in zip(read.elements, found.elements) {
      #expect(table["columns"].elements.map { $0["source"].text }.allSatisfy { $0 == "declared" })
      #expect(
        table["columns"].elements.map { [$0["name"], $0["type"]] }
          == before["columns"].elements.map { [$0["name"], $0["type"]] })
    }
  }

  @Test("without files, or with one that cannot be read, do not hide the others")
  func unreadable() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    let plan = try await bench.dovetail("plan")
    #expect(
      plan.stdout.contains(
        "Table a: a run pins its columns, as 1 file has them. For dovetail.yaml they would be:\n"))
    try bench.truncate("data/a/k=1/part.parquet")
    let broken = try await bench.dovetail("tables", "--columns")
    #expect(broken.status == 1)
    #expect(broken.stderr.contains("data/a/k=1/part.parquet"))
    #expect(broken.stdout.contains("      id: BIGINT   # seen now in 1 file, not pinned yet\n"))
    try bench.remove("data/a/k=1")
    #expect(
      try await columns("a", in: bench) == """
          a:
            # no file has shown its columns yet

        """)
  }

  @Test("get a wider type for a pinned column, and nothing is pending because of it")
  func widening() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.land("a/k=1", "SELECT 1 AS id, 1.5::DECIMAL(10,2) AS amount")
    try await bench.land("b/k=1", "SELECT 1 AS id, 2 AS y")
    let early = try await bench.dovetail("tables", "widen", "a", "amount", "DECIMAL(12,2)")
    #expect(early.status == 2)
    #expect(early.stderr.contains("are not pinned yet"))
    #expect(!bench.exists(".dovetail/ledger.sqlite"))
    try await bench.run()
    let facts = try bench.facts("out/j")
    let narrow = try await bench.dovetail("tables", "widen", "a", "amount", "INTEGER")
    #expect(narrow.status == 2)
    let wider = try await bench.dovetail("tables", "widen", "a", "AMOUNT", "DECIMAL(12,2)")
    #expect(wider.status == 0, Comment(rawValue: wider.stderr))
    #expect(
      wider.stdout == """
        a.amount is DECIMAL(12,2) now; files of DECIMAL(10,2) are still read, and nothing is pending \
        because of it.

        """)
    let columns = try await bench.json("tables", "a", "--columns")
    let amount = columns[0]["columns"][1]
    #expect(amount["type"].text == "DECIMAL(12,2)")
    #expect(amount["user"].text == NSUserName() && !amount.keys.contains("run"))
    #expect(try await bench.pending() == [])
    let idle = try await bench.run()
    #expect(!idle[0].keys.contains("run"))
    #expect(try bench.facts("out/j") == facts)
    let again = try await bench.json("tables", "widen", "a", "amount", "DECIMAL(12,2)")
    #expect(again.keys == ["column", "from", "table", "to"])
  }

  @Test("that are declared, or are an output, are not widened")
  func declared() async throws {
    let bench = try Workbench(Workbench.pair(table: ", columns: { id: BIGINT, v: BIGINT }"))
    for table in ["a", "j"] {
      let refused = try await bench.dovetail("tables", "widen", table, "v", "HUGEINT")
      #expect(refused.status == 2)
      #expect(refused.stderr.hasPrefix("dovetail: ") && refused.stdout == "")
    }
  }
}
