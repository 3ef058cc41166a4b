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

  private func mistakes(_ yaml: String) throws -> [String] {
    try TemporaryFolder().mistakes(in: yaml)
  }

  @Test
  func `tables of different grain are joined by the keys that they have in common`() throws {
    for (first, second) in [
      ("{ month: int, day: int }", "{ month: int }"),
      ("{ month: int }", "{ month: int, day: int }"),
      ("{ month: int, day: int }", "{ day: int, Month: int }"), ("{ month: int, day: int }", ""),
    ] {
      #expect(try mistakes(file(first, second)) == [])
    }
    let three = file(
      "{ month: int, day: int }", "{ month: int }", "{ month: int, day: int, hour: int }")
    #expect(try mistakes(three) == [])
  }

  @Test
  func `tables with no key in common are told to have a time, or what the other calls it`() throws {
    let sentence = """
      input b is partitioned by dt, but input a by day -> give both tables a time: (the column with a \
      row's time, as in time: ts), which relates their partitions whatever their keys, or name at the \
      input the keys that it calls differently: b: { table: .., keys: { day: dt } }.
      """
    #expect(try mistakes(file("{ day: date }", "{ dt: date }")) == [sentence])
    let yaml = file("{ day: date }", "{ dt: date }", inputs: "X")
      .replacing("[X]", with: "{ a: a, b: { table: b, keys: { day: dt } } }")
    #expect(try mistakes(yaml) == [])
    #expect(
      try mistakes(file("{ region: string, day: date }", "{ month: int }")) == [
        """
        input b is partitioned by month, but input a by region and day -> give both tables a time: (the \
        column with a row's time, as in time: ts), which relates their partitions whatever their keys.
        """
      ])
    let halfTimed = file("{ day: date }", "{ month: int, year: int }")
      .replacing("day: date }", with: "day: date }, time: ts")
    #expect(
      try mistakes(halfTimed) == [
        """
        input b is partitioned by month and year, but input a by day -> give the table of b a time: (the \
        column with a row's time, as in time: ts), which relates their partitions whatever their keys.
        """
      ])
    let timed = file("{ day: date }", "{ month: int, year: int }")
      .replacing("day: date }", with: "day: date }, time: ts")
      .replacing("year: int }", with: "year: int }, time: ts")
    #expect(try mistakes(timed) == [])
  }

  @Test
  func `a table without partition folders is one partition`() throws {
    for keys in ["", "[]", "{}"] {
      #expect(try mistakes(file("{ day: date }", keys)) == [])
    }
    let hint = """
      add the keys of its folders, outermost first: partitions: { month: int, day: int } if the files \
      are in folders such as month=1/day=31. If they are in one folder, leave partitions: out.
      """
    #expect(
      try mistakes(file("{ day: date }", "~", inputs: "a, a2").replacing(", a2", with: ", b"))
        == ["\"partitions\" must be a mapping or a list, not nothing -> \(hint)"])
  }

  @Test
  func `an output's keys are the first input's, and each hint leads there`() throws {
    let keys = "{ month: int, day: int }"
    #expect(
      try mistakes(file(keys, keys, output: "[region, month]")) == [
        """
        the output is partitioned by "region", but its first input by month and day -> an output has keys of \
        its first input: write partitions: [month, day] or some of them, in any order, or leave partitions: \
        out.
        """
      ])
    #expect(
      try mistakes(file(keys, keys, output: "[dya, month]")) == [
        """
        the output is partitioned by "dya", but its first input by month and day -> did you mean "day"?
        """
      ])
    #expect(
      try mistakes(file(keys, keys, output: "{ month: int }")) == [
        """
        "partitions" must be a list, not a mapping -> write partitions: [month, day], with names of the \
        first input's keys.
        """
      ])
    for output in ["", "[month, day]", "[day, month]", "[DAY, Month]", "[day]", "[]"] {
      #expect(try mistakes(file(keys, keys, output: output)) == [])
    }
  }

  @Test
  func `a job that reads a job is related by that one's keys`() throws {
    let yaml =
      file("{ month: int, day: int }", "{ region: string }", inputs: "b, k") + """
          k: { inputs: [a], sql: SELECT * FROM a, output: { location: out/k } }

        """
    #expect(
      try mistakes(yaml).map { $0.split(separator: " -> ")[0] } == [
        "input k is partitioned by month and day, but input b by region"
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
