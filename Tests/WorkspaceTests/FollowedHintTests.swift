import TestSupport
import Testing
import Workspace

/// A newcomer does what a hint says.
///
/// The next state is valid, or the hint has said that nothing in the file helps.
@Suite("Hints that are followed")
struct FollowedHintTests {
  /// A file with the tables `a`, `b` and `c` of these keys, and one job over them.
  private func file(_ keys: String..., inputs: String? = nil, output: String = "") -> String {
    let names = ["a", "b", "c"].prefix(keys.count)
    let tables = zip(names, keys).map {
      "  \($0): { location: data/\($0)\($1.isEmpty ? "" : ", partitions: \($1)") }"
    }
    return """
      tables:
      \(tables.joined(separator: "\n"))
      jobs:
        j:
          inputs: [\(inputs ?? names.joined(separator: ", "))]
          join: { on: [id] }
          output: { location: out/j\(output.isEmpty ? "" : ", partitions: \(output)") }

      """
  }

  /// What is wrong, one line a mistake: the sentence and the hint.
  private func mistakes(_ yaml: String) throws -> [String] {
    let lines = try TemporaryFolder().complaint(about: yaml).split(separator: "\n")
    return zip(
      lines.filter { $0.contains(": error: ") }, lines.filter { $0.hasPrefix("  hint: ") }
    ).map { sentence, hint in
      sentence.split(separator: ": error: ")[1] + " -> " + hint.dropFirst("  hint: ".count)
    }
  }

  private static let rule = "all inputs of a job must have the same partition keys"

  @Test
  func `tables of different grain are said to be out of reach, whatever the output's keys are`()
    throws
  {
    let sentences = [
      """
      input b is partitioned by month, but input a by month and day -> \(Self.rule), and tables of \
      different grain cannot be joined yet. Write the rows of input a anew, partitioned by month only, \
      for example in DuckDB with COPY and PARTITION_BY (month), and read that table instead; or write \
      those of input b by month and day.
      """
    ]
    for output in ["", "[month]", "[month, day]", "[day]", "[mnth]"] {
      #expect(
        try mistakes(file("{ month: int, day: int }", "{ month: int }", output: output))
          == sentences)
    }
    #expect(try mistakes(file("{ month: int }", "{ month: int }")) == [])
    #expect(try mistakes(file("{ month: int, day: int }", "{ day: int, Month: int }")) == [])
    #expect(
      try mistakes(file("{ month: int }", "{ month: int, day: int }")).first?.hasPrefix(
        "input b is partitioned by month and day, but input a by month -> ") == true)
  }

  @Test
  func `keys of different names are said to be out of reach, whatever the output's keys are`()
    throws
  {
    let sentences = [
      """
      input b is partitioned by dt, but input a by day -> \(Self.rule), and keys of different names \
      cannot be joined yet. If input b calls dt what input a calls day, rename the folders of one of \
      the two tables, and then its partitions: here. If the folders have the same names already, \
      correct the partitions: that are misspelled.
      """
    ]
    for output in ["", "[dt]", "[day]", "[day, dt]"] {
      #expect(
        try mistakes(file("{ day: date }", "{ dt: date }", output: output)) == sentences)
    }
    #expect(try mistakes(file("{ day: date }", "{ day: date }")) == [])
    #expect(
      try mistakes(file("{ year: int, day: int }", "{ y: int, d: int }"))[0]
        .contains("If input b calls y and d what input a calls year and day, rename"))
  }

  @Test
  func `keys that have nothing to do with each other ask for another table`() throws {
    #expect(
      try mistakes(file("{ region: string, day: date }", "{ month: int }")) == [
        """
        input b is partitioned by month, but input a by region and day -> \(Self.rule). Write the rows of \
        one of the two anew with the keys of the other, for example in DuckDB with COPY and \
        PARTITION_BY, and read that table instead.
        """
      ])
  }

  @Test
  func `of three inputs each one is compared with the first`() throws {
    let found = try mistakes(
      file("{ month: int, day: int }", "{ month: int }", "{ month: int, day: int, hour: int }"))
    #expect(
      found.map { $0.split(separator: " -> ")[0] } == [
        "input b is partitioned by month, but input a by month and day",
        "input c is partitioned by month, day and hour, but input a by month and day",
      ])
  }

  @Test
  func `a table without partition folders is told how it can be read`() throws {
    let hint = """
      add the keys of its folders, outermost first: partitions: { month: int, day: int } if the files \
      lie in folders such as month=1/day=31. A table without such folders cannot be read yet: move its \
      files into one folder, such as part=all, and add partitions: { part: string }.
      """
    for (keys, sentence) in [
      ("", "table b has no \"partitions\""), ("{}", "\"partitions\" is empty"),
      ("[]", "\"partitions\" is empty"),
      ("~", "\"partitions\" must be a mapping or a list, not nothing"),
    ] {
      #expect(
        try mistakes(file("{ day: date }", keys, inputs: "a, a2").replacing(", a2", with: ", b"))
          == ["\(sentence) -> \(hint)"])
    }
    // The next state is a table that can be read, though not together with one of days.
    #expect(try mistakes(file("{ part: string }", "{ part: string }")) == [])
    #expect(
      try mistakes(file("{ day: date }", "{ part: string }"))[0].contains(
        "Write the rows of one of"))
  }

  @Test
  func `an output's keys are the inputs' keys, and each hint leads there`() throws {
    let keys = "{ month: int, day: int }"
    #expect(
      try mistakes(file(keys, keys, output: "[year, month]")) == [
        """
        the output is partitioned by "year", but its inputs by month and day -> an output has the keys of \
        its inputs: write partitions: [month, day], in any order, or leave partitions: out.
        """
      ])
    #expect(
      try mistakes(file(keys, keys, output: "[day]")) == [
        """
        the output is not partitioned by month, but its inputs are -> several input partitions cannot be \
        put into one output partition yet: write partitions: [day, month], in any order, or leave \
        partitions: out.
        """
      ])
    #expect(
      try mistakes(file(keys, keys, output: "[dya, month]")) == [
        """
        the output is partitioned by "dya", but its inputs by month and day -> did you mean "day"?
        """
      ])
    #expect(
      try mistakes(file(keys, keys, output: "[]")) == [
        """
        "partitions" is empty -> leave it out: the output then has the partition keys of its inputs.
        """
      ])
    #expect(
      try mistakes(file(keys, keys, output: "{ month: int }")) == [
        """
        "partitions" must be a list, not a mapping -> write partitions: [month, day], with the names of \
        the inputs' keys.
        """
      ])
    for output in ["", "[month, day]", "[day, month]", "[DAY, Month]"] {
      #expect(try mistakes(file(keys, keys, output: output)) == [])
    }
  }

  @Test
  func `a job that reads a job is held to that one's keys`() throws {
    let yaml =
      file("{ month: int, day: int }", "{ month: int }", inputs: "b, k") + """
          k: { inputs: [a], sql: SELECT * FROM a, output: { location: out/k } }

        """
    #expect(
      try mistakes(yaml).map { $0.split(separator: " -> ")[0] } == [
        "input k is partitioned by month and day, but input b by month"
      ])
  }

  @Test
  func `what is only a mistake when it is empty may be left out`() throws {
    let yaml = file("{ day: date }", "{ day: date }")
    for (key, hint) in [
      ("key: []", "\"key\" is empty -> leave it out, or write key: [column]."),
      (
        "limits:",
        "\"limits\" must be a mapping, not nothing -> leave it out, or write limits: { "
          + "removals: 0.25 }."
      ),
      (
        "key: [day]",
        "key column \"day\" is a partition key of the output -> remove it here: rows are compared "
          + "within one partition, so its keys are implied."
      ),
    ] {
      #expect(try mistakes(yaml + "    \(key)\n") == [hint])
    }
    #expect(try mistakes(yaml) == [])
  }
}
