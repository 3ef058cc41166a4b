import TestSupport
import Testing

@testable import PartitionPredicate

@Suite("A Hive path")
struct HivePathTests {
  @Test(
    "the characters that Hive encodes are encoded",
    arguments: [
      ("a b", "a b"), ("a/b", "a%2Fb"), ("50%", "50%25"), ("k=v", "k%3Dv"), ("é", "é"),
      ("10:30", "10%3A30"), ("\n\u{7f}\u{1}", "%0A%7F%01"),
      ("\"#%'*/:=?\\^{[]", "%22%23%25%27%2A%2F%3A%3D%3F%5C%5E%7B%5B%5D"), ("", ""),
      ("}<>|;,.&+~", "}<>|;,.&+~"),
    ])
  func encoding(_ text: String, _ encoded: String) {
    #expect(HivePath.encode(text) == encoded)
    #expect(HivePath.decode(encoded) == text)
  }

  @Test("paths are ordered as their partitions are")
  func order() throws {
    let keys = [
      PartitionKey(name: "month", type: .int), PartitionKey(name: "day", type: .date),
      PartitionKey(name: "site", type: .string),
    ]
    let months: [PartitionValue] = [.null, .integer(-3), .integer(0), .integer(9), .integer(10)]
    let days: [PartitionValue] = [.null, .date(days: 0), .date(days: 15_750)]
    let sites: [PartitionValue] = [
      .null, .string(""), .string("a/b"), .string("a=1"), .string("é"),
    ]
    let partitions = months.flatMap { month in
      days.flatMap { day in sites.map { Partition(keys: keys, values: [month, day, $0]) } }
    }.sorted()
    let paths = partitions.map(\.path)
    #expect(paths.shuffled().sorted(by: HivePath.precedes) == paths)
    #expect(HivePath.precedes("k=01", "k=1"))
    #expect(!HivePath.precedes("k=1", "k=1"))
    #expect(HivePath.precedes("k=9", "k=9/l=1"))
  }

  @Test(
    "any encoded byte is decoded, and a lone percent sign stands for itself",
    arguments: [
      ("a%20b", "a b"), ("%c3%A9", "é"), ("%", "%"), ("%2", "%2"), ("%zz", "%zz"), ("%%41", "%A"),
      ("100%", "100%"), ("%41", "A"), ("%4", "%4"),
    ])
  func decoding(_ encoded: String, _ text: String) {
    #expect(HivePath.decode(encoded) == text)
  }

  @Test("a folder is split at its first equals sign")
  func splitting() throws {
    let parts = try #require(HivePath.split("na%3Dme=a=b%2F"))
    #expect(parts.name == "na=me")
    #expect(parts.value == "a=b/")
    #expect(HivePath.split("month") == nil)
  }

  @Test("a value that begins with a combining character is split off")
  func combining() throws {
    let parts = try #require(HivePath.split("name=\u{301}x"))
    #expect(parts.name == "name")
    #expect(parts.value == "\u{301}x")
  }

  @Test("random text survives encoding, alone and in a partition's path")
  func roundTrip() throws {
    var random = SeededGenerator()
    let keys = [
      PartitionKey(name: "a=/b", type: .string), PartitionKey(name: "c", type: .string),
    ]
    for _ in 0..<2_000 {
      let (first, second) = (text(using: &random), text(using: &random))
      #expect(HivePath.decode(HivePath.encode(first)) == first, "seed \(random.seed)")
      #expect(!HivePath.encode(first).utf8.contains(UInt8(ascii: "/")), "seed \(random.seed)")
      let partition = Partition(keys: keys, values: [.string(first), .string(second)])
      let read = try Partition(path: partition.path, keys: keys)
      #expect(read == partition, "seed \(random.seed)")
    }
  }

  private func text(using random: inout SeededGenerator) -> String {
    // Alphabets: what is encoded, ASCII, combining and joining characters, everything.
    let ranges: [ClosedRange<UInt32>] = [
      0x01...0x2f, 0x20...0x7f, 0x300...0x30f, 0x600...0x605, 0x200b...0x200f, 0x1f1e6...0x1f1ff,
      0x80...0xd7ff,
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      let range = ranges[Int.random(in: 0..<ranges.count, using: &random)]
      if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
