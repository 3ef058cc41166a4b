import Foundation
import Testing

/// What the commands say about a predicate that somebody wrote.
extension PredicateCommandTests {
  @Test("diff shows what an edited predicate gains and loses, with files and bytes")
  func diff() async throws {
    let bench = try await late()
    let difference = try await bench.dovetail("predicate", "diff", "day = 4", "--input", "b")
    #expect(
      difference.stdout == """
        + month=1/day=4
        + month=2/day=4
        + month=3/day=4
        - month=2/day=3
        3 gained, 1 lost, 0 in both; selects 3 partitions of 13, 3 files, 15 B.

        """)
  }

  @Test("minimize prints a shorter predicate, and which rules made it")
  func minimize() async throws {
    let bench = try await bench()
    let shorter = try await bench.dovetail(
      "predicate", "minimize", "NOT (day <> 1 AND day <> 2) OR day = 3", "--table", "a")
    #expect(shorter.stdout == "day BETWEEN 1 AND 3\n")
    #expect(shorter.stderr.contains("push NOT down"))
    let known = try await bench.dovetail(
      "predicate", "minimize", "day <= 4", "--known", "--table", "b")
    #expect(known.stdout == "TRUE\n")
    #expect(
      known.stderr
        == "dovetail: this is exact among the 12 partitions known now only; partitions that "
        + "land later may be selected by accident.\n")
    // What describes the partitions known by accident is not taken where it is longer.
    let accident = try await bench.dovetail(
      "predicate", "minimize", "day = 1 OR month = 3", "--known", "--table", "a")
    #expect(accident.stdout.count <= "day = 1 OR month = 3\n".count)
    let british = try await bench.dovetail(
      "predicate", "minimise", "NOT (day <> 1 AND day <> 2) OR day = 3", "--table", "a")
    #expect(british.stdout == shorter.stdout)
  }

  @Test("lint finds the mistake and ends with status 1; notes alone with 0")
  func lint() async throws {
    let bench = try await bench()
    let warned = try await bench.dovetail(
      "predicate", "lint", "month = 'x' OR day = 1", "--table", "a")
    #expect(warned.status == 1)
    #expect(
      warned.stdout == """
        warning: month = 'x'
          'x' is not an int, so that the clause is NULL for every partition. Correct the literal.

        """)
    let noted = try await bench.dovetail(
      "predicate", "lint", "month = 9 OR day = 1", "--table", "a", "--json")
    #expect(noted.status == 0)
    #expect(try JSONValue(noted.stdout)[0]["severity"].text == "note")
    #expect(try JSONValue(noted.stdout)[0]["column"].integer == 1)
    let clean = try await bench.dovetail("predicate", "lint", "day = 1", "--table", "a")
    #expect(clean.stdout == "Nothing odd among 13 partitions of table a.\n")
  }

  @Test("debug answers a script of gdb's words, and stops at a mistake")
  func debug() async throws {
    let bench = try await late()
    let script = """
      partition month=1/day=4
      step
      # a comment only repeats the place
      rs
      break 3 if month = 2
      watch day
      continue
      c
      p month = day
      bt
      c
      fin
      explain
      quit
      never read
      """
    let session = try await bench.dovetail(
      ["predicate", "debug", "month = 2 AND day = 3"], input: script)
    #expect(session.status == 0, Comment(rawValue: session.stderr))
    #expect(
      session.stdout == """
        month=1/day=1
        1: month = 2 AND day = 3
        month=1/day=4
        1: month = 2 AND day = 3
        2: month = 2 is FALSE
          month is 1
        2: month = 2 is FALSE
          month is 1
        1: month = 2 AND day = 3
        breakpoint 1: at clause 3, if month = 2
        1: month = 2 AND day = 3
          watch day: 4
        1: month = 2 AND day = 3 is FALSE
          1 more term was never looked at
          watch day: 4
        month=1/day=4 is not selected
        Breakpoint 1, month=2/day=1
        3: day = 3 is FALSE
          day is 1
          watch day: 1
        month = day is FALSE
        >3:   day = 3 is FALSE
         1: month = 2 AND day = 3
        1: month = 2 AND day = 3 is FALSE
          watch day: 1
        month=2/day=1 is not selected
        There is nothing more in that direction.
        1: month = 2 AND day = 3 is FALSE
          watch day: 1
        month=2/day=1 is not selected: "day = 3" is FALSE, since day is 1.

        """, Comment(rawValue: session.stdout))
    let wrong = try await bench.dovetail(
      ["predicate", "debug", "month = 2", "--json"], input: "step\nstop\nstep\n")
    #expect(wrong.status == 2)
    #expect(wrong.stderr == "")
    let lines = wrong.stdout.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(
      try JSONValue(String(lines[2]))["error"].text
        == "line 2: There is no command \"stop\"; `help` lists them.")
  }

  @Test("a saved predicate is used by its name wherever a predicate is asked for")
  func saved() async throws {
    let bench = try await late()
    let saved = try await bench.dovetail("predicate", "save", "spring", "month = 3", "--table", "a")
    #expect(saved.stdout == "Saved as \(bench.path("predicates/spring.sql")); use it as @spring.\n")
    let list = try await bench.dovetail("predicate", "saved", "--json")
    #expect(list.stdout.contains("\"text\" : \"month = 3\""))
    let partitions = try await bench.dovetail("partitions", "a", "--where", "@spring", "--json")
    #expect(try JSONValue(partitions.stdout).elements.count == 4)
    let rerun = try await bench.dovetail("rerun", "--where", "@spring", "--dry-run", "--json")
    #expect(try JSONValue(rerun.stdout)["units"].elements.count == 4)
    let again = try await bench.dovetail("predicate", "save", "spring", "month = 2", "--table", "a")
    #expect(again.status == 2)
    #expect(again.stderr.contains("replace it with --replace"))
    let replaced = try await bench.dovetail(
      "predicate", "save", "spring", "month = 3", "--table", "a", "--replace")
    #expect(replaced.status == 0)
    try bench.write("predicates/folder.sql/x", "")
    let readable = try await bench.dovetail("predicate", "saved")
    #expect(readable.stdout.contains("@spring"))
    #expect(readable.stderr.contains("folder.sql cannot be read"))
    let wrong = try await bench.dovetail("predicate", "save", "x", "mont = 3", "--table", "a")
    #expect(wrong.status == 2)
    #expect(!bench.exists("predicates/x.sql"))
    let missing = try await bench.dovetail("pending", "--where", "@sprig")
    #expect(missing.status == 2)
    #expect(
      missing.stderr
        == "dovetail: There is no saved predicate \"sprig\". Did you mean \"spring\"? `dovetail "
        + "predicate saved` lists the saved predicates.\n")
  }
}
