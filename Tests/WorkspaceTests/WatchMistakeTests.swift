import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing
import Workspace

@Suite("What is watched, in dovetail.yaml")
struct WatchMistakeTests {
  private func file(_ table: String) -> String {
    """
    tables:
      a: { location: in/a, \(table) }

    """
  }

  @Test("a length of time or a predicate over the table's own keys is a watch")
  func watches() throws {
    func watch(_ table: String) throws -> TableWatch? {
      try TemporaryFolder().load(file(table)).tables.first?.watch
    }
    #expect(try watch("partitions: { day: date }") == nil)
    #expect(
      try watch("partitions: { day: date }, time: ts, watch: 90d")
        == .lately(.seconds(90 * 86_400)))
    let keys = [PartitionKey(name: "day", type: .date)]
    #expect(
      try watch("partitions: { day: date }, watch: \"day >= date '2026-01-01'\"")
        == .selected(try PushdownPredicate("day >= date '2026-01-01'", keys: keys, today: 0)))
  }

  @Test(
    "a mistake is told at its place",
    arguments: [
      (
        "partitions: { day: date }, watch: 90d", 58,
        "watch: 90d asks when partitions end, and table a has no time",
        "add time: with the column of a row's time, or write a predicate over its keys."
      ),
      (
        "partitions: { city: string }, time: ts, watch: 90d", 71,
        "watch: 90d asks when partitions end, and no key of table a tells",
        "say under keys: of its time: what its keys mean, or write a predicate over them."
      ),
      (
        "partitions: { day: date }, time: ts, watch: 90 days", 68,
        "watch: \"90 days\" is not a length of time",
        "write a whole number and s, m, h, d or w: watch: 90d."
      ),
      (
        "partitions: { day: date }, time: ts, watch: 3M", 68,
        "watch: \"3M\" is not a length of time",
        "write 3m for minutes. A month has no fixed length: write days, as in 30d."
      ),
      (
        "partitions: { day: date }, watch: \"daz = date '2026-01-01'\"", 59,
        "watch: There is no partition key `daz`", "did you mean `day`?"
      ),
    ])
  func mistakes(_ table: String, column: Int, sentence: String, hint: String) throws {
    let complaint = try TemporaryFolder().complaint(about: file(table))
    #expect(complaint.contains(":2:\(column): error: \(sentence)\n"), "\(complaint)")
    #expect(complaint.contains("hint: \(hint)"), "\(complaint)")
  }
}
