import Foundation
import GlueCatalog
import IncrementalJoin
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

/// Partitions that others have published: as Spark and Glue name files and places.
@Suite("A partition that another program has published through the catalog")
struct ForeignVersionTests {
  /// Puts files where the catalog then has day 1.
  private func put(_ names: [ExactText], at location: String, in lake: PublishedLake) throws {
    let place = try #require(Location(url: location.exact))
    for name in names {
      // `folder` adds the slash where there is none.
      lake.objects.put(Data(name.text.utf8), at: ObjectPlace(place.folder(name)))
    }
    lake.catalog.put(
      CatalogPartition(values: ["1", "1"], storage: StorageDescriptor(location: location)),
      ["1", "1"], of: PublishedLake.name)
  }

  private func lake() async throws -> (PublishedLake, any OutputLease) {
    let lake = try PublishedLake()
    let lease = try await lake.open()
    // The first publish creates the table.
    try await lake.publish("other", 2, run: 1, lease)
    await lease.release()
    return (lake, try await lake.open())
  }

  @Test("has the files that readers take, whatever their names end in")
  func names() async throws {
    let (lake, lease) = try await lake()
    try put(
      ["part-00000-1f0c", "part-00001.snappy.parquet", "data.parq", "_SUCCESS", ".part.crc"],
      at: "s3://lake/theirs/", in: lake)
    let files = try await lake.outputs().files(published: lake.day(1), of: lake.output)
    #expect(
      files.map(\.path)
        == ["data.parq", "part-00000-1f0c", "part-00001.snappy.parquet"].map {
          "s3://lake/theirs/\($0)"
        })
    #expect(try await lease.files(published: lake.day(1)) == files)
    // An undo brings back all of them.
    let theirs = try #require(try await lease.token(published: lake.day(1)))
    let staged = try await lake.stage("ours", 1, run: 2, lease)
    try await lease.publish(
      .publish(staged: staged, replaced: theirs), run: 2, partition: lake.day(1))
    #expect(lake.published(lake.day(1)) == "ours")
    let restaged = try await lease.restage(kept: 2, as: 3, partition: lake.day(1))
    #expect(restaged == theirs)
    #expect(try await lease.files(staged: 3, partition: lake.day(1)) == files)
  }

  @Test(
    "is found and named alike under all of Hadoop's names of S3, and below empty names",
    arguments: [
      ("s3a://lake/theirs/k", "s3://lake/theirs/k"), ("s3n://lake/theirs/k/", "s3://lake/theirs/k"),
      ("s3://lake/their//data/k/", "s3://lake/their//data/k"),
      ("s3a://lake/a//b", "s3://lake/a//b"),
    ])
  func places(_ location: String, _ token: String) async throws {
    let (lake, lease) = try await lake()
    // The same names without the empty one are another place.
    lake.objects.put(
      Data("another".utf8), at: ObjectPlace(bucket: "lake", key: "their/data/k/x.parquet"))
    try put(["x.parquet"], at: location, in: lake)
    let files = try await lease.files(published: lake.day(1))
    #expect(files.map(\.path.text) == ["\(token)/x.parquet"])
    #expect(try await lease.token(published: lake.day(1)) == StoreToken(token.exact))
    let known = [
      lake.day(1): files, lake.day(2): try await lease.files(published: lake.day(2)),
    ]
    #expect(try await lease.foreignEntries(among: known) == [])

    let old = StoreToken(token.exact)
    let staged = try await lake.stage("ours", 1, run: 2, lease)
    let action = PublishAction.publish(staged: staged, replaced: old)
    #expect(try await lease.recover(action, run: 2, partition: lake.day(1)) == .notDone)
    try await lease.publish(action, run: 2, partition: lake.day(1))
    let back = try #require(try await lease.restage(kept: 2, as: 3, partition: lake.day(1)))
    try await lease.publish(
      .publish(staged: back, replaced: staged), run: 3, partition: lake.day(1))
    #expect(
      lake.catalog.locations(of: PublishedLake.name)["1/1"] == "\(token)/")
    #expect(lake.published(lake.day(1)) == "x.parquet")
  }

  @Test("is of the output's table under all of Hadoop's names of S3", arguments: ["s3a", "s3n"])
  func table(_ scheme: String) async throws {
    let lake = try PublishedLake()
    let key = { CatalogColumn(name: $0, type: "int") }
    lake.catalog.put(
      CatalogTable(
        name: PublishedLake.name, keys: [key("month"), key("day")],
        storage: StorageDescriptor(
          location: "\(scheme)://lake/out/fw/",
          serde: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe")))
    let lease = try await lake.open()
    try await lake.publish("v1", 1, run: 1, lease)
    #expect(lake.published(lake.day(1)) == "v1")
  }
}
