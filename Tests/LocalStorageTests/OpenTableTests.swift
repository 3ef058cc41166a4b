import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import LocalStorage

@Suite("A location that belongs to a table of Delta, Iceberg or Hudi")
struct OpenTableTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// The problems of a listing, by path below the temporary folder.
  private func problems(
    _ location: String, keys: [(String, KeyType)] = [("day", .int)], isOutput: Bool = false
  ) async -> [String: ListingProblem.Kind] {
    let table = table(in: folder, location: location, keys: keys)
    let snapshot = await LocalStorage().list(
      TableDefinition(
        name: table.name, location: table.location, format: table.format, keys: table.keys,
        isOutput: isOutput))
    if snapshot.failure != nil { #expect(snapshot.partitions.isEmpty) }
    return Dictionary(
      uniqueKeysWithValues: snapshot.problems.map {
        (String($0.path.text.dropFirst(folder.path.count + 1)), $0.kind)
      })
  }

  @Test("is refused by name, whatever its keys, and nothing else is said of it")
  func root() async throws {
    for (name, file, sign, format) in [
      ("a", "_delta_log/00000000000000000000.json", "_delta_log", OpenTableFormat.delta),
      ("b", ".hoodie/hoodie.properties", ".hoodie", .hudi),
      ("c", "metadata/v1.metadata.json", "metadata/v1.metadata.json", .iceberg),
      ("d", "metadata/version-hint.text", "metadata/version-hint.text", .iceberg),
      ("e", "metadata/00000-5f.metadata.json", "metadata/00000-5f.metadata.json", .iceberg),
      ("f", "metadata/v2.gz.metadata.json", "metadata/v2.gz.metadata.json", .iceberg),
      ("g", "metadata/v2.metadata.json.gz", "metadata/v2.metadata.json.gz", .iceberg),
    ] {
      try folder.write(to: "\(name)/\(file)")
      try folder.write(to: "\(name)/day=1/a.parquet")
      try folder.write(to: "\(name)/data/day=1/a.parquet")
      try folder.write(to: "\(name)/notes.txt")
      for keys in [[("day", KeyType.int)], [], [("data", .string), ("day", .int)]] {
        #expect(await problems(name, keys: keys) == [name: .openTable(format, sign: sign)])
      }
    }
  }

  @Test("is refused where the sign is a link to a folder")
  func link() async throws {
    try folder.write(to: "a/day=1/a.parquet")
    try folder.makeFolder("log")
    try folder.link("a/_delta_log", to: "../log")
    #expect(await problems("a") == ["a": .openTable(.delta, sign: "_delta_log")])
  }

  @Test("is refused where the table lies in one of its partitions")
  func inside() async throws {
    try folder.write(to: "a/table=x/day=1/a.parquet")
    try folder.write(to: "a/table=y/day=1/a.parquet")
    try folder.makeFolder("a/table=y/_delta_log")
    #expect(
      await problems("a", keys: [("table", .string), ("day", .int)])
        == ["a/table=y": .openTable(.delta, sign: "_delta_log")])
  }

  @Test("is refused where it is a partition of the table, or Iceberg's folder data")
  func below() async throws {
    try folder.write(to: "a/_delta_log/0.json")
    try folder.write(to: "a/year=1/month=1/day=1/a.parquet")
    let delta = ListingProblem.Kind.openTable(.delta, sign: "_delta_log")
    #expect(await problems("a/year=1/month=1") == ["a": delta])
    #expect(await problems("a/year=1/month=1/day=1", keys: []) == ["a": delta])
    try folder.write(to: "b/metadata/v1.metadata.json")
    try folder.write(to: "b/data/year=1/day=1/a.parquet")
    let iceberg = ListingProblem.Kind.openTable(.iceberg, sign: "metadata/v1.metadata.json")
    #expect(await problems("b/data", keys: [("year", .int), ("day", .int)]) == ["b": iceberg])
    #expect(await problems("b/data/year=1") == ["b": iceberg])
    try folder.link("c", to: "b/data/year=1")
    #expect(await problems("c").map(\.value) == [iceberg])
    try folder.write(to: "d/2024/day=1/.hoodie_partition_metadata")
    try folder.write(to: "d/2024/day=1/a.parquet")
    #expect(
      await problems("d/2024")
        == ["d/2024/day=1": .openTable(.hudi, sign: ".hoodie_partition_metadata")])
  }

  @Test("is not one that only lies somewhere below such a table")
  func unrelated() async throws {
    try folder.makeFolder("a/_delta_log")
    try folder.makeFolder("a/.hoodie")
    try folder.write(to: "a/metadata/v1.metadata.json")
    try folder.write(to: "a/workspace/flights/day=1/a.parquet")
    try folder.write(to: "a/workspace/data/day=1/a.parquet")
    #expect(await problems("a/workspace/flights") == [:])
    #expect(await problems("a/workspace/data") == [:])
  }

  @Test("is not known by a name alone")
  func noSign() async throws {
    try folder.makeFolder("a/metadata")
    try folder.write(to: "a/data/day=1/a.parquet")
    #expect(await problems("a/data") == [:])
    try folder.write(to: "a/metadata/orders.metadata.json")
    try folder.write(to: "a/metadata/.metadata.json")
    try folder.write(to: "a/metadata/v1.json")
    #expect(await problems("a/data") == [:])
    try folder.write(to: "b/metadata=1/a.parquet")
    try folder.write(to: "b/_delta_log")
    try folder.write(to: "b/.hoodie")
    #expect(await problems("b", keys: [("metadata", .int)]) == [:])
    try folder.makeFolder("c/metadata")
    #expect(
      await problems("c") == [
        "c/metadata": .unexpectedFolder(key: PartitionKey(name: "day", type: .int))
      ])
  }

  @Test("is never a job's own output")
  func output() async throws {
    try folder.makeFolder("a/_delta_log")
    try folder.write(to: "a/day=1/a.parquet")
    #expect(await problems("a", isOutput: true) == [:])
  }

  @Test("is told from a table with one in it that is not read anyway")
  func beside() async throws {
    try folder.write(to: "a/day=1/a.parquet")
    try folder.makeFolder("a/orders/_delta_log")
    try folder.write(to: "a/day=1/old/metadata/v1.metadata.json")
    #expect(
      await problems("a") == [
        "a/orders": .otherTable(.delta, sign: "_delta_log"),
        "a/day=1/old": .otherTable(.iceberg, sign: "metadata/v1.metadata.json"),
      ])
  }
}
