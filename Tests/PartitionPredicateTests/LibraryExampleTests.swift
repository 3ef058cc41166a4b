import Foundation
import PartitionPredicate
import Testing

@Suite("The example of docs/predicate-library.md")
struct LibraryExampleTests {
  @Test("compiles, and gives what its comments say")
  func example() throws {
    let keys = [
      PartitionKey(name: "month", type: .int), PartitionKey(name: "day", type: .int),
    ]
    let known = try ["month=1/day=30", "month=1/day=31", "month=2/day=1"].map {
      try Partition(path: $0, keys: keys)
    }
    // A text that people wrote is read, bound to the keys and applied.
    let written = try PushdownPredicate("month = 1 AND day > 30", keys: keys, today: 0)
    let selected = written.filter(known)  // month=1/day=31
    // Partitions become the shortest text that selects them and no others, whatever lands later.
    let wanted = PushdownPredicate.compact(Array(known.dropFirst()), keys: keys)
    let spark = try wanted.text(.compact)  // (month = 1 AND day = 31) OR (month = 2 AND day = 1)
    let glue = try wanted.texts(.glue)  // the expressions of as many calls of GetPartitions
    #expect(selected.map(\.path) == ["month=1/day=31"])
    #expect(spark == "(month = 1 AND day = 31) OR (month = 2 AND day = 1)")
    #expect(glue == ["month = 1 AND day = 31", "month = 2 AND day = 1"])
  }

  @Test("is in the document as it is here, line by line")
  func document() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let text = try String(
      contentsOf: folder.appending(path: "../../docs/predicate-library.md"), encoding: .utf8)
    let block = try #require(
      text.split(separator: "```swift\n").last?.split(separator: "```").first)
    let here = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
      .split(separator: "\n").map { $0.drop { $0 == " " } }
    let lines = block.split(separator: "\n").map { $0.drop { $0 == " " } }
    #expect(lines.count > 12)
    for line in lines { #expect(here.contains(line), "\(line)") }
  }
}
