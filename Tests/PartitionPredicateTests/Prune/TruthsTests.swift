import PartitionPredicate
import TestSupport
import Testing

@Suite("The truths of a predicate for all partitions")
struct TruthsTests {
  private let keys = [
    PartitionKey(name: "word", type: .string), PartitionKey(name: "n", type: .int),
  ]

  private var table: PartitionTable {
    let words: [PartitionValue] = [.null, .string(""), .string("1"), .string("01"), .string("x")]
    let numbers: [PartitionValue] = [.null, .integer(0), .integer(1), .integer(2)]
    return PartitionTable(
      words.flatMap { word in numbers.map { Partition(keys: keys, values: [word, $0]) } },
      keys: keys)
  }

  @Test(
    "are those of evaluating it for each partition",
    arguments: [
      "n = 1", "n = NULL", "n <> 1 OR word = 'x'", "word = 1", "word = n",
      "NOT (word = 1 AND n > 0)",
      "n IN (1, NULL)", "word IN (1, 'x')", "n IS NULL", "(n = 1) IS TRUE", "n <=> NULL", "NULL",
      "word LIKE '%1' AND n BETWEEN 1 AND 2", "CAST(word AS int) = 1 OR n = 0", "TRUE", "FALSE",
      "n = 0 OR n = 1 OR n = 2", "NOT (n = 0 OR n = 1)", "year(CAST(word AS date)) = 1",
    ])
  func same(text: String) throws {
    let predicate = try PushdownPredicate(text, keys: keys, today: 0)
    let evaluator = PredicateEvaluator(predicate)
    let expected = (0..<table.count).map { evaluator.truth(table.values(at: $0)) }
    let truths = table.truths(of: predicate)
    #expect(Array(truths.isTrue) == expected.indices.filter { expected[$0] == .isTrue })
    #expect(Array(truths.isNull) == expected.indices.filter { expected[$0] == .isNull })
  }

  @Test("thousands of terms over thousands of partitions take no terms times partitions")
  func large() throws {
    let rows: [PartitionValue] = [.null] + (0..<20_000).map { .integer($0) }
    let table = PartitionTable(
      rows.map { Partition(keys: [keys[1]], values: [$0]) }, keys: [keys[1]])
    let text = (0..<20_000).map { "n = \($0 * 2)" }.joined(separator: " OR ")
    let truths = table.truths(of: try PushdownPredicate(text, keys: [keys[1]], today: 0))
    #expect(truths.isTrue.count == 10_000)
    #expect(Array(truths.isNull) == [0])
  }
}
