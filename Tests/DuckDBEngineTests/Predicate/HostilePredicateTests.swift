import PartitionPredicate
import TestSupport
import Testing

@testable import DuckDBEngine

@Suite("Predicates over hostile text, as a real engine reads them")
struct HostilePredicateTests {
  private let key = PartitionKey(name: "k", type: .string)

  @Test("every dialect of SQL selects exactly the one partition, however alike the others look")
  func values() async throws {
    var random = SeededGenerator()
    let texts = HostileText.distinct(80, using: &random)
    let table = try await PredicateTable(texts.map { [.string($0)] }, keys: [key])
    let all = texts.map { Partition(keys: [key], values: [.string($0)]) }
    for (index, partition) in all.enumerated() {
      for predicate in [
        PushdownPredicate.compact([partition], keys: [key]),
        .compact([partition], among: all, keys: [key]), .plain([partition], keys: [key]),
      ] {
        for text in try [predicate.text(.duckdb)] + GluePrinter().expressions(predicate) {
          let selected = try await table.selected(text)
          #expect(selected == [index], "\(text.debugDescription), seed \(random.seed)")
        }
      }
    }
    let some = Array(all.dropFirst(30))
    let predicate = PushdownPredicate.compact(some, among: all, keys: [key])
    #expect(
      try await table.selected(predicate.text(.duckdb)) == Set(30..<80), "seed \(random.seed)")
    var union: Set<Int> = []
    for expression in try GluePrinter().expressions(predicate) {
      union.formUnion(try await table.selected(expression))
    }
    #expect(union == Set(30..<80), "seed \(random.seed)")
  }

  @Test("a list in a predicate of somebody else keeps values of two forms apart")
  func list() async throws {
    let table = try await PredicateTable(
      ["\u{E9}", "e\u{301}", "x"].map { [.string($0)] }, keys: [key])
    let predicate = try PushdownPredicate(
      "k IN ('\u{E9}', 'e\u{301}')", keys: [key], today: 0)
    #expect(try await table.selected(predicate.text(.duckdb)) == [0, 1])
    var union: Set<Int> = []
    for expression in try GluePrinter().expressions(predicate) {
      union.formUnion(try await table.selected(expression))
    }
    #expect(union == [0, 1])
  }

  @Test("a pattern with its escapes selects exactly the one")
  func patterns() async throws {
    var random = SeededGenerator()
    let texts = HostileText.distinct(60, using: &random)
    let table = try await PredicateTable(texts.map { [.string($0)] }, keys: [key])
    for (index, text) in texts.enumerated() {
      let pattern = text.unicodeScalars.reduce(into: "") { pattern, scalar in
        if "%_\\".unicodeScalars.contains(scalar) { pattern += "\\" }
        pattern.unicodeScalars.append(scalar)
      }
      let source = "k LIKE \(PartitionValue.string(pattern).literalText)"
      let predicate = try PushdownPredicate(source, keys: [key], today: 0)
      let selected = try await table.selected(predicate.text(.duckdb))
      #expect(selected == [index], "\(text.debugDescription), seed \(random.seed)")
    }
  }
}
