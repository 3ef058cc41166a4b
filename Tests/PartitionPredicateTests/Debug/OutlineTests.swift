import Testing

@testable import PartitionPredicate

@Suite("The outline of a predicate")
struct OutlineTests {
  @Test("clauses are numbered in the order of the text, keys and literals are not")
  func numbers() throws {
    let outline = try Fixture.outline("(month = 1 AND NOT day IN (1, 2)) OR month IS NULL")
    #expect(
      outline.clauses.map { "\($0.number) \($0.depth) \(outline.text(of: $0.number))" } == [
        "1 0 (month = 1 AND NOT day IN (1, 2)) OR month IS NULL",
        "2 1 month = 1 AND NOT day IN (1, 2)",
        "3 2 month = 1",
        "4 2 NOT day IN (1, 2)",
        "5 3 day IN (1, 2)",
        "6 1 month IS NULL",
      ])
    #expect(outline.clauses.map(\.parent) == [nil, 1, 2, 2, 4, 1])
    #expect(outline.clauses.map(\.children) == [[2, 6], [3, 4], [], [5], [], []])
    #expect(outline.path(to: 5) == [5, 4, 2, 1])
  }

  @Test("a boolean key or a literal between AND and OR is a clause")
  func conditions() throws {
    let keys = [PartitionKey(name: "late", type: .boolean)]
    let outline = try Fixture.outline("late AND (TRUE OR late = FALSE)", keys: keys)
    #expect(
      outline.clauses.map { outline.text(of: $0.number) } == [
        "late AND (TRUE OR late = FALSE)", "late", "TRUE OR late = FALSE", "TRUE",
        "late = FALSE",
      ])
    #expect(try Fixture.outline("late", keys: keys).clauses.count == 1)
  }

  @Test("calls inside a comparison are clauses")
  func calls() throws {
    let keys = [PartitionKey(name: "day", type: .date)]
    let outline = try Fixture.outline("year(date_add(day, 1)) = 2013", keys: keys)
    #expect(
      outline.clauses.map { outline.text(of: $0.number) } == [
        "year(date_add(day, 1)) = 2013", "year(date_add(day, 1))", "date_add(day, 1)",
      ])
    #expect(outline.clauses.map(\.treeIndex) == [0, 1, 2])
  }

  @Test("the branches of CASE and the terms of a sum are clauses, too")
  func branches() throws {
    let keys = [PartitionKey(name: "month", type: .int)]
    let text = "CASE WHEN month = 1 THEN month + 1 ELSE month END > 1"
    let outline = try Fixture.outline(text, keys: keys)
    #expect(
      outline.clauses.map { outline.text(of: $0.number) } == [
        text, "CASE WHEN month = 1 THEN month + 1 ELSE month END", "month = 1", "month + 1",
      ])
    let partition = Partition(keys: keys, values: [.integer(1)])
    let explanation = PartitionExplanation(outline, partition)
    #expect(
      explanation.sentence(outline) == "month=1 is selected: \"\(text)\" is TRUE, since month is 1."
    )
  }
}
