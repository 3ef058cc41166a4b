import PartitionPredicate
import Testing

@Suite("The evaluator")
struct PredicateEvaluatorTests {
  private let keys = [
    PartitionKey(name: "year", type: .int), PartitionKey(name: "Month", type: .string),
  ]

  private func evaluator(_ text: String, today: Int = 0) throws -> PredicateEvaluator {
    PredicateEvaluator(try PushdownPredicate(text, keys: keys, today: today))
  }

  private func truth(_ text: String, _ year: Int64? = 2013, _ month: String? = "01") throws -> Truth
  {
    let values: [PartitionValue] = [
      year.map { .integer($0) } ?? .null, month.map { .string($0) } ?? .null,
    ]
    return try evaluator(text).truth(values)
  }

  @Test("AND, OR and NOT are Kleene's")
  func logic() throws {
    let words = ["TRUE", "FALSE", "NULL = 1"]
    let truths = [Truth.isTrue, .isFalse, .isNull]
    let rank: [Truth: Int] = [.isFalse: 0, .isNull: 1, .isTrue: 2]
    for (left, leftTruth) in zip(words, truths) {
      for (right, rightTruth) in zip(words, truths) {
        let pair = [leftTruth, rightTruth]
        let least = pair.min { rank[$0, default: 0] < rank[$1, default: 0] }
        let greatest = pair.max { rank[$0, default: 0] < rank[$1, default: 0] }
        #expect(try truth("\(left) AND \(right)") == least)
        #expect(try truth("\(left) OR \(right)") == greatest)
      }
    }
    #expect(try words.map { try truth("NOT \($0)") } == [.isFalse, .isTrue, .isNull])
  }

  @Test("the most common trap: a string key spelled 01 equals the number 1, but not the text 1")
  func spelling() throws {
    #expect(try truth("month = 1") == .isTrue)
    #expect(try truth("month = '1'") == .isFalse)
    #expect(try truth("month IN (1)") == .isFalse)
    #expect(try truth("year = '2013.0'") == .isTrue)
  }

  @Test("a literal that is not a value of the key's type makes the comparison NULL")
  func unreadableLiteral() throws {
    #expect(try truth("year = 'abc'") == .isNull)
    #expect(try truth("year IN (2012, NULL)") == .isNull)
    #expect(try truth("year NOT IN (2013, NULL)") == .isFalse)
    #expect(try truth("year BETWEEN 2014 AND NULL") == .isFalse)
  }

  @Test(
    "an integer and a decimal literal of many places compare as numbers, as in Spark",
    arguments: [
      ("year > 0.33333333333333333333333333333", true),
      ("year <= 2013.00000000000000000000000000001", true),
      ("year < 2013.00000000000000000000000000001", true),
      ("year > 2013.00000000000000000000000000001", false),
      ("2013.00000000000000000000000000001 > year", true),
      ("2013.00000000000000000000000000001 <= year", false),
      ("year >= -0.00000000000000000000000000000000000001", true),
      ("year NOT BETWEEN .00000000000000000000000000000000000001 AND 2013.0", false),
      ("0.5 BETWEEN 0.10000000000000000000000000000000000000 AND year", true),
    ])
  func longDecimals(_ text: String, _ expected: Bool) throws {
    #expect(try truth(text) == (expected ? .isTrue : .isFalse))
    #expect(try truth(text, nil) == .isNull)
  }

  @Test("a string and a decimal compare as doubles")
  func doubles() throws {
    #expect(try truth("month = 1.0") == .isTrue)
    #expect(try truth("month < 1.5", 2013, "NaN") == .isFalse)
    #expect(try truth("month > 1.5", 2013, "NaN") == .isTrue)
    #expect(try truth("month > 1.5", 2013, " -Infinity") == .isFalse)
    #expect(try truth("month = 1.5", 2013, "1.5d") == .isTrue)
    #expect(try truth("month = 0.5", 2013, ".5") == .isTrue)
    #expect(try truth("month = 5.0", 2013, "-5.e0") == .isFalse)
    #expect(try truth("month = 1.5", 2013, "0x1.8p0") == .isTrue)
    #expect(try truth("month = 1.5", 2013, "abc") == .isNull)
    #expect(try truth("month <=> 1.5", 2013, "abc") == .isFalse)
  }

  @Test("the day of current_date is the predicate's")
  func today() throws {
    let evaluator = try evaluator("month = current_date", today: 15_706)
    #expect(evaluator.truth([.null, .string("2013-01-01")]) == .isTrue)
    #expect(evaluator.truth([.null, .string("2013-01-02")]) == .isFalse)
  }

  @Test("a pattern that is no literal and wrong makes LIKE and RLIKE NULL")
  func computedPatterns() throws {
    #expect(try truth("'x' LIKE month", 2013, "x\\") == .isNull)
    #expect(try truth("'x' RLIKE month", 2013, "(") == .isNull)
    #expect(try truth("'x' RLIKE month", 2013, "^x") == .isTrue)
  }

  @Test("a partition is selected whatever the order and case of its keys, when it has them all")
  func selects() throws {
    let evaluator = try evaluator("year = 2013 AND month = 1")
    let other = [
      PartitionKey(name: "month", type: .string), PartitionKey(name: "YEAR", type: .int),
    ]
    #expect(evaluator.selects(Partition(keys: keys, values: [.integer(2013), .string("01")])))
    #expect(evaluator.selects(Partition(keys: other, values: [.string("01"), .integer(2013)])))
    #expect(!evaluator.selects(Partition(keys: keys, values: [.null, .string("01")])))
    #expect(!evaluator.selects(Partition(keys: [other[0]], values: [.string("01")])))
  }

  @Test("every node has a value, also those that are no conditions")
  func nodes() throws {
    let evaluator = try evaluator("year(month) = 2013 AND year IS NOT NULL")
    let values: [PartitionValue] = [.null, .string("2013-01-01")]
    let terms = evaluator.predicate.root.children
    #expect(evaluator.value(of: terms[0], values) == .boolean(true))
    #expect(evaluator.value(of: terms[0].children[0], values) == .integer(2013))
    #expect(evaluator.value(of: terms[1], values) == .boolean(false))
    #expect(evaluator.truth(values) == .isFalse)
  }
}
