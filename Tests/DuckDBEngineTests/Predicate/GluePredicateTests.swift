import PartitionPredicate
import TestSupport
import Testing

@testable import DuckDBEngine

/// Glue's expressions are DuckDB's SQL, too, where the columns have the keys' types.
@Suite("Glue's expressions select what their predicate selects")
struct GluePredicateTests {
  private let keys = [
    PartitionKey(name: "site", type: .string), PartitionKey(name: "day", type: .date),
    PartitionKey(name: "slot", type: .int),
    PartitionKey(name: "share", type: .decimal(precision: 5, scale: 2)),
  ]

  private var domain: [[PartitionValue]] {
    let sites: [PartitionValue] = ["x", "it's", "\u{1F600}"].map { .string($0) } + [.null]
    let shares: [PartitionValue] = [.decimal(unscaled: 150, scale: 2), .null]
    return sites.flatMap { site in
      (0..<15).flatMap { day in
        (0..<12).flatMap { slot in
          shares.map { [site, .date(days: day * 2), .integer(Int64(slot * 100_000)), $0] }
        }
      }
    }
  }

  @Test("sets of partitions that need many expressions")
  func sets() async throws {
    let domain = domain.filter { !$0.contains(.null) }
    let table = try await PredicateTable(domain, keys: keys)
    var random = SeededGenerator()
    for round in 1...6 {
      let density = Double(round) / 7
      let chosen = Set(
        domain.indices.filter { _ in Double.random(in: 0..<1, using: &random) < density })
      let partitions = chosen.map { Partition(keys: keys, values: domain[$0]) }
      for predicate in [
        PushdownPredicate.plain(partitions, keys: keys),
        PushdownPredicate.compact(partitions, keys: keys),
      ] {
        let expressions = try GluePrinter().expressions(predicate)
        #expect(expressions.count >= 3)
        var union: Set<Int> = []
        for expression in expressions {
          #expect(expression.utf16.count <= GluePrinter.limit)
          let selected = try await table.selected(expression)
          #expect(union.isDisjoint(with: selected), "seed \(random.seed)")
          union.formUnion(selected)
        }
        #expect(union == chosen, "seed \(random.seed)")
      }
    }
  }

  @Test("random predicates with NOT, lists and ranges")
  func random() async throws {
    let domain = domain
    let table = try await PredicateTable(domain, keys: keys)
    var random = SeededGenerator()
    for _ in 0..<400 {
      let source = text(depth: 4, &random)
      let predicate = try PushdownPredicate(source, keys: keys, today: 0)
      let expressions = try GluePrinter().expressions(predicate)
      var union: Set<Int> = []
      for expression in expressions {
        #expect(expression.utf16.count <= GluePrinter.limit)
        union.formUnion(try await table.selected(expression))
      }
      let evaluator = PredicateEvaluator(predicate)
      let chosen = domain.indices.filter { evaluator.truth(domain[$0]) == .isTrue }
      #expect(union == Set(chosen), "seed \(random.seed): \(source)\n\(expressions)")
    }
  }

  private func text(depth: Int, _ random: inout SeededGenerator) -> String {
    guard depth > 0, Int.random(in: 0..<4, using: &random) > 0 else { return clause(&random) }
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return "NOT (\(text(depth: depth - 1, &random)))"
    case let choice:
      return (0..<Int.random(in: 2...3, using: &random))
        .map { _ in "(\(text(depth: depth - 1, &random)))" }
        .joined(separator: choice < 3 ? " AND " : " OR ")
    }
  }

  private func clause(_ random: inout SeededGenerator) -> String {
    let not = Bool.random(using: &random) ? "NOT " : ""
    let sign = ["=", "!=", "<", "<=", ">", ">="].randomElement(using: &random) ?? "="
    let slots = (0..<Int.random(in: 1...5, using: &random)).map { _ in
      "\(Int.random(in: -1...12, using: &random) * 100_000)"
    }
    let day = "DATE '1970-01-\(String(Int.random(in: 10...31, using: &random)))'"
    return [
      "slot \(sign) \(slots[0])", "slot \(not)IN (\(slots.joined(separator: ", ")))",
      "slot \(not)BETWEEN \(slots[0]) AND \(slots.last ?? "NULL")", "day \(sign) \(day)",
      "day \(not)BETWEEN \(day) AND DATE '1970-01-20'", "site \(not)LIKE '_t%'",
      "site \(sign) 'it\\'s'", "site \(not)IN ('x', 'y', '\u{1F600}')", "share \(sign) 1.5",
      "slot = NULL", "share != NULL", "slot IN (0, NULL)",
    ].randomElement(using: &random) ?? "FALSE"
  }
}
