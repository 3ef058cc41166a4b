import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import LocalStorage

/// A table in a temporary folder, by default partitioned by month and day.
func table(
  in folder: TemporaryFolder, location: String = "flights", format: DataFormat = .parquet,
  keys: [(String, KeyType)] = [("month", .int), ("day", .int)]
) -> TableDefinition {
  TableDefinition(
    name: "flights", location: "\(folder.path)/\(location)", format: format,
    keys: keys.map { PartitionKey(name: $0.0, type: $0.1) })
}

@Suite("Listing a table")
struct ListingTests {
  let folder: TemporaryFolder
  let storage = LocalStorage()

  init() throws {
    folder = try TemporaryFolder()
  }

  /// The listed files by canonical partition path, and that nothing else was met.
  private func files(_ table: TableDefinition) async -> [ExactText: [ExactText]] {
    let snapshot = await storage.list(table)
    #expect(snapshot.problems == [])
    return Dictionary(
      uniqueKeysWithValues: snapshot.partitions.map { partition, listing in
        (partition.path, listing.version.files.map(\.path))
      })
  }

  @Test("every partition and data file is found, and nothing in empty folders")
  func findsFiles() async throws {
    try folder.write(to: "flights/month=1/day=1/b.parquet")
    try folder.write(to: "flights/month=1/day=1/a.PARQUET")
    try folder.write(to: "flights/month=12/day=31/a.parquet")
    try folder.makeFolder("flights/month=2/day=1")
    #expect(
      await files(table(in: folder)) == [
        "month=1/day=1": ["month=1/day=1/a.PARQUET", "month=1/day=1/b.parquet"],
        "month=12/day=31": ["month=12/day=31/a.parquet"],
      ])
  }

  @Test("a table without partition keys is one partition")
  func unpartitioned() async throws {
    try folder.write(to: "flights/a.parquet")
    #expect(await files(table(in: folder, keys: [])) == [".": ["a.parquet"]])
  }

  @Test("01 and 1 of an int key are one partition with both spellings")
  func mergesSpellings() async throws {
    try folder.write(to: "flights/month=01/day=1/a.parquet")
    try folder.write(to: "flights/month=1/day=1/a.parquet")
    try folder.write(to: "flights/month=1/day=1/b.parquet")
    let snapshot = await storage.list(table(in: folder))
    #expect(snapshot.partitions.count == 1)
    let listing = try #require(snapshot.partitions.values.first)
    #expect(listing.spellings == [["01", "1"], ["1", "1"]])
    #expect(
      listing.version.files.map(\.path) == [
        "month=01/day=1/a.parquet", "month=1/day=1/a.parquet", "month=1/day=1/b.parquet",
      ])
  }

  @Test("two spellings of one instant are one partition of a timestamp key")
  func mergesInstants() async throws {
    try folder.write(to: "flights/ts=2024-05-01 23%3A00%3A00%2B00/a.parquet")
    try folder.write(to: "flights/ts=2024-05-02 01:00:00+02:00/a.parquet")
    try folder.write(to: "flights/ts=2024-05-01T23%3A00%3A00Z/a.parquet")
    let found = await files(table(in: folder, keys: [("ts", .timestamp)]))
    #expect(found.mapValues(\.count) == ["ts=2024-05-01 23%3A00%3A00": 3])
  }

  @Test("01 and 1 of a string key are two partitions")
  func keepsStrings() async throws {
    try folder.write(to: "flights/month=01/a.parquet")
    try folder.write(to: "flights/month=1/a.parquet")
    #expect(
      await files(table(in: folder, keys: [("month", .string)])) == [
        "month=01": ["month=01/a.parquet"], "month=1": ["month=1/a.parquet"],
      ])
  }

  @Test("names of keys compare ignoring case, and the path keeps its spelling")
  func ignoresCase() async throws {
    try folder.write(to: "flights/MONTH=1/Day=2/a.parquet")
    #expect(await files(table(in: folder)) == ["month=1/day=2": ["MONTH=1/Day=2/a.parquet"]])
  }

  @Test("values are percent-decoded, and the path stays as it is")
  func decodes() async throws {
    try folder.write(to: "flights/city=a%2Fb%3D%C3%A9/a.parquet")
    try folder.write(to: "flights/city=50% off/a.parquet")
    let snapshot = await storage.list(table(in: folder, keys: [("city", .string)]))
    #expect(
      Set(snapshot.partitions.keys.map(\.values)) == [[.string("a/b=é")], [.string("50% off")]])
    #expect(
      snapshot.partitions.values.flatMap(\.spellings).sorted { $0[0] < $1[0] }
        == [["50% off"], ["a/b=é"]])
    #expect(
      Set(snapshot.partitions.values.flatMap { $0.version.files.map(\.path) })
        == ["city=a%2Fb%3D%C3%A9/a.parquet", "city=50% off/a.parquet"])
  }

  @Test("the Hive default partition is NULL, of an int key too")
  func null() async throws {
    try folder.write(to: "flights/month=__HIVE_DEFAULT_PARTITION__/a.parquet")
    let snapshot = await storage.list(table(in: folder, keys: [("month", .int)]))
    #expect(snapshot.partitions.keys.map(\.values) == [[.null]])
    #expect(snapshot.partitions.values.first?.spellings == [["__HIVE_DEFAULT_PARTITION__"]])
  }

  @Test("hidden files and folders are left out at every level")
  func leavesOutHidden() async throws {
    try folder.write(to: "flights/_SUCCESS")
    try folder.write(to: "flights/.month=1/day=1/a.parquet")
    try folder.write(to: "flights/_temporary/a.parquet")
    try folder.write(to: "flights/month=1/_day=1/a.parquet")
    try folder.write(to: "flights/month=1/.a.parquet")
    try folder.write(to: "flights/month=1/day=1/_a.parquet")
    try folder.write(to: "flights/month=1/day=1/.a.parquet.crc")
    #expect(await files(table(in: folder)) == [:])
  }

  @Test("a key whose own name begins with _ is not hidden")
  func readsUnderscoreKey() async throws {
    try folder.write(to: "flights/_month=1/a.parquet")
    try folder.write(to: "flights/_month=1/_a.parquet")
    #expect(
      await files(table(in: folder, keys: [("_Month", .int)])) == [
        "_Month=1": ["_month=1/a.parquet"]
      ])
  }

  @Test("nor is one whose value begins with a combining mark")
  func readsMarkAfterUnderscoreKey() async throws {
    try folder.write(to: "flights/_m=\u{301}x/a.parquet")
    #expect(
      await files(table(in: folder, keys: [("_m", .string)]))
        == ["_m=\u{301}x": ["_m=\u{301}x/a.parquet"]])
  }

  @Test(
    "each format has its endings",
    arguments: [
      (DataFormat.parquet, ["a.parquet"]), (.csv, ["a.csv", "a.csv.gz", "a.csv.zst"]),
      (.json, ["a.json", "a.jsonl.gz", "a.ndjson.zst"]),
    ])
  func formats(format: DataFormat, names: [String]) async throws {
    for name in names { try folder.write(to: "flights/month=1/\(name)") }
    let found = await files(table(in: folder, format: format, keys: [("month", .int)]))
    #expect(found == ["month=1": names.map { "month=1/\($0)" }])
  }

  @Test("size, times in nanoseconds and inode are those of the file system")
  func facts() async throws {
    try folder.write("12345", to: "flights/month=1/day=1/a.parquet")
    let file = "\(folder.path)/flights/month=1/day=1/a.parquet"
    try folder.setModified(1_357_000_000_123_456_789, of: "flights/month=1/day=1/a.parquet")
    let before = Int64(Date().timeIntervalSince1970) - 60
    let listed = try #require(
      await storage.list(table(in: folder)).partitions.values.first?.version.files.first)
    #expect(listed.size == 5)
    #expect(listed.modified == 1_357_000_000_123_456_789)
    #expect(listed.changed > before * 1_000_000_000)
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect(listed.inode == (attributes[.systemFileNumber] as? UInt64))
  }

  @Test("links to files, folders and the location are followed")
  func followsLinks() async throws {
    try folder.write("12345", to: "disk/day=1/a.parquet")
    try folder.write("123", to: "disk/.b")
    try folder.makeFolder("real/month=2/day=1")
    try folder.link("flights", to: "real")
    try folder.link("real/month=1", to: "../disk")
    try folder.link("real/month=2/day=1/b.parquet", to: "\(folder.path)/disk/.b")
    #expect(
      await files(table(in: folder)) == [
        "month=1/day=1": ["month=1/day=1/a.parquet"], "month=2/day=1": ["month=2/day=1/b.parquet"],
      ])
    #expect(await storage.list(table(in: folder)).bytes == 8)
  }

  @Test("a loop of links ends at the last key")
  func loop() async throws {
    try folder.write(to: "flights/month=1/day=1/a.parquet")
    try folder.link("flights/month=2", to: ".")
    let problems = await storage.list(table(in: folder)).problems
    #expect(
      problems.map(\.path)
        == ["month=2/month=1", "month=2/month=2"].map {
          "\(folder.path)/flights/\($0)"
        })
  }

  @Test("the instant of a listing is before it began")
  func instant() async throws {
    try folder.write(to: "flights/month=1/day=1/a.parquet")
    let before = Date()
    let snapshot = await storage.list(table(in: folder))
    #expect(snapshot.listedAt >= before)
    #expect(snapshot.listedAt <= Date())
  }

  @Test("the same files give the same version, and a touched one another")
  func version() async throws {
    try folder.write(to: "flights/month=1/day=1/a.parquet")
    // Whether a file is final changes with time alone, and names no other version.
    func versions() async -> [Partition: String] {
      await storage.list(table(in: folder)).partitions.mapValues { "\($0.version.id)" }
    }
    let first = await versions()
    #expect(await versions() == first && first.count == 1)
    try folder.write(to: "flights/month=1/day=1/b.parquet")
    #expect(await versions() != first)
  }

  @Test("a location that was replaced while it was listed makes the listing incomplete")
  func replaced() throws {
    try folder.write(to: "flights/month=1/day=1/a.parquet")
    var meddler = Meddler { [folder] in
      try FileManager.default.moveItem(
        atPath: "\(folder.path)/flights", toPath: "\(folder.path)/old")
      try folder.makeFolder("flights")
    }
    #expect(
      throws: FileStoreError.unreadable(reason: "the folder was replaced while it was listed")
    ) { try storage.list("\(folder.path)/flights", &meddler) }
    var remover = Meddler { [folder] in try folder.remove("old") }
    #expect(throws: FileStoreError.absent) { try storage.list("\(folder.path)/old", &remover) }
  }
}

/// A visitor that does something when it is first asked.
private struct Meddler: FolderVisitor {
  private var act: (() throws -> Void)?
  let prunes = false

  init(_ act: @escaping () throws -> Void) { self.act = act }

  mutating func visit(
    _ entry: FolderEntry, look: () throws(FileStoreError) -> FolderEntry.Target
  ) -> Bool {
    #expect(throws: Never.self) { try act?() }
    act = nil
    return false
  }

  mutating func fail(_ folder: ExactText, _ error: FileStoreError) {}
}
