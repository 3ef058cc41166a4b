import Testing

@testable import PartitionPredicate

@Suite("Why a partition is selected or not")
struct ExplanationTests {
  private func sentence(_ text: String, _ month: Int64?, _ day: Int64?) throws -> String {
    let outline = try Fixture.outline(text)
    return PartitionExplanation(outline, Fixture.partition(month, day)).sentence(outline)
  }

  @Test("the clause of an AND that is FALSE decides")
  func killedBy() throws {
    #expect(
      try sentence("month = 2 AND day BETWEEN 4 AND 10", 12, 31)
        == "month=12/day=31 is not selected: \"month = 2\" is FALSE, since month is 12.")
    #expect(
      try sentence("month = 2 AND day BETWEEN 4 AND 10", 2, 31)
        == "month=2/day=31 is not selected: \"day BETWEEN 4 AND 10\" is FALSE, since day is 31.")
  }

  @Test("the alternative of an OR that is TRUE decides, with all its clauses")
  func selectedBy() throws {
    #expect(
      try sentence("(month = 1 AND day = 31) OR (month = 2 AND day = 1)", 2, 1)
        == "month=2/day=1 is selected: \"month = 2\" is TRUE, since month is 2; \"day = 1\" is TRUE, "
        + "since day is 1.")
  }

  @Test("NULL is told apart from FALSE")
  func null() throws {
    #expect(
      try sentence("month = 2 OR day = 1", nil, 4)
        == "month=__HIVE_DEFAULT_PARTITION__/day=4 is not selected (the predicate is NULL, which "
        + "selects nothing): \"month = 2\" is NULL, since month is NULL.")
    #expect(
      try sentence("NOT (month = 2)", 2, 4)
        == "month=2/day=4 is not selected: \"month = 2\" is TRUE, since month is 2.")
  }

  @Test("a constant predicate decides alone")
  func constant() throws {
    #expect(
      try sentence("FALSE", 2, 4)
        == "month=2/day=4 is not selected: FALSE selects no partition.")
    #expect(
      try sentence("TRUE", 2, 4) == "month=2/day=4 is selected: TRUE selects every partition.")
    #expect(
      try sentence("month = 3 OR TRUE", 2, 4)
        == "month=2/day=4 is selected: TRUE decides for every partition.")
    #expect(
      try sentence("month = 2 AND 1 = 2", 2, 4)
        == "month=2/day=4 is not selected: \"1 = 2\" is FALSE for every partition.")
  }

  @Test("of many alternatives the nearest misses are shown, the others counted")
  func nearest() throws {
    let text = (1...9).map { "(month = \($0) AND day = \($0))" }.joined(separator: " OR ")
    let outline = try Fixture.outline(text)
    let explanation = PartitionExplanation(outline, Fixture.partition(7, 8))
    #expect(explanation.omitted == 6)
    #expect(
      explanation.deciding.map { outline.text(of: $0.clause) } == [
        "month = 1", "day = 7", "month = 8",
      ])
    #expect(explanation.lines.map(\.depth) == [0, 1, 2, 1, 2, 1, 2])
    #expect(
      explanation.sentence(outline)
        == "month=7/day=8 is not selected: \"month = 1\" is FALSE, since month is 7; \"day = 7\" is "
        + "FALSE, since day is 8; \"month = 8\" is FALSE, since month is 7; and so for 6 more "
        + "alternatives.")
  }

  @Test("an edited predicate's gains and losses are told apart")
  func difference() throws {
    let known = [1, 2, 3].flatMap { month in [1, 2].map { day in Fixture.partition(month, day) } }
    let difference = SelectionDifference(
      from: try PushdownPredicate("month = 1", keys: Fixture.keys, today: 0),
      to: try PushdownPredicate("day = 2 AND month <= 2", keys: Fixture.keys, today: 0),
      among: known)
    #expect(difference.common.map(\.path) == ["month=1/day=2"])
    #expect(difference.gained.map(\.path) == ["month=2/day=2"])
    #expect(difference.lost.map(\.path) == ["month=1/day=1"])
  }
}
