import TestSupport
import Testing

@testable import PartitionPredicate

@Suite("Expressions for GetPartitions that ask for too much rather than too little")
struct GlueCoveringTests {
  private func covering(_ source: String, most: Int = 5) throws -> [String]? {
    GluePrinter().covering(
      try PushdownPredicate(source, keys: GluePrinterTests.keys, today: 15_750), most: most)
  }

  @Test(
    "a clause that Glue cannot say is left out",
    arguments: [
      ("month = 1 AND order = 2", ["month = 1"]), ("month = 1 OR order = 2", nil),
      ("month = 1 AND flag", ["month = 1"]), ("month IS NULL", nil),
      ("month IS NULL AND year = '2013'", ["year = '2013'"]),
      ("month IS NOT NULL", nil), ("month = 1 AND day IS NOT NULL", ["month = 1"]),
      ("NOT (month <=> 1) AND year = '2013'", ["year = '2013'"]),
      ("upper(year) = 'X' OR month = 1", nil), ("TRUE", nil), ("FALSE", []), ("month = NULL", []),
      ("month = 1", ["month = 1"]),
    ])
  func leavingOut(_ source: String, _ written: [String]?) throws {
    #expect(try covering(source) == written)
  }

  @Test func `many prefixes are put together into few expressions`() throws {
    let terms = (1...145).map { "(year = '\(1900 + $0)' AND month = \($0 % 12 + 1))" }
    let source = terms.joined(separator: " OR ")
    let one = try #require(try covering(source, most: 1000))
    #expect(one.count == 145)
    let few = try #require(try covering(source))
    #expect(few.count <= 5)
    #expect(few.allSatisfy { $0.utf16.count <= GluePrinter.limit })
    #expect(few.joined(separator: " OR ").exact.parts(separatedBy: "(").count == 145)
  }

  @Test(
    "partitions that are named one by one are listed",
    arguments: [
      ("a = 'x' AND b = 1", ["a=x/b=1"]),
      ("a IN ('x', 'y') AND b IN (1, 2)", ["a=x/b=1", "a=x/b=2", "a=y/b=1", "a=y/b=2"]),
      ("a = 'x' AND (b = 1 OR b IS NULL)", ["a=x/b=__HIVE_DEFAULT_PARTITION__", "a=x/b=1"]),
      ("a = 'x' AND b = 1 AND a = 'y'", []), ("FALSE", []), ("a = 'x'", nil),
      ("a = 'x' AND b > 1", nil), ("TRUE", nil), ("a = 1 AND b = 1", nil),
      ("a IN ('1', '2', '3', '4') AND b IN (1, 2, 3)", nil),
    ] as [(String, [ExactText]?)])
  func listing(_ source: String, _ paths: [ExactText]?) throws {
    let keys = [PartitionKey(name: "a", type: .string), PartitionKey(name: "b", type: .int)]
    let predicate = try PushdownPredicate(source, keys: keys, today: 0)
    #expect(predicate.listedPartitions(limit: 10)?.map(\.path) == paths)
  }
}
