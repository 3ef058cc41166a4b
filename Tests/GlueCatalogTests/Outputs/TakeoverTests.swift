import Foundation
import GlueCatalog
import IncrementalJoin
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

@Suite("An output in a catalog that has no conditions")
struct TakeoverTests {
  @Test("is taken over once no request of the holder before can be carried out any more")
  func waiting() async throws {
    let lake = try PublishedLake()
    _ = try await lake.open("one")
    // The lease is over, but not what its holder may have signed within it.
    for seconds in [61.0, 290] {
      lake.wait(seconds)
      let error = await #expect(throws: PublishError.self) { _ = try await lake.open("two") }
      guard case .locked? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
    lake.wait(10)
    await (try await lake.open("two")).release()
  }

  @Test(
    "is not taken over earlier from a process of this machine that was killed",
    arguments: [false, true])
  func killed(waits: Bool) async throws {
    let lake = try PublishedLake()
    _ = try await lake.open("one")
    // The lease names this process; another start says that it is one that has ended.
    let place = ObjectPlace(bucket: "lake", key: "out/.fw.dovetail/lease.json")
    let lease = try #require(lake.objects.content(of: place))
    var record = try #require(try JSONSerialization.jsonObject(with: lease) as? [String: Any])
    var process = try #require(record["process"] as? [String: Any])
    process["started"] = "1"
    record["process"] = process
    lake.objects.put(try JSONSerialization.data(withJSONObject: record), at: place)
    let outputs = lake.outputs("two", takenOverAfter: waits ? .seconds(300) : .zero)
    if waits {
      await #expect(throws: PublishError.self) {
        _ = try await outputs.open(lake.output, as: PublishedLake.holder("two"))
      }
      lake.wait(361)
    }
    await (try await outputs.open(lake.output, as: PublishedLake.holder("two"))).release()
  }

  @Test("refuses the batch of a writer that was stopped before it was carried out")
  func stopped() async throws {
    let lake = try PublishedLake()
    let first = try await lake.open("one")
    try await lake.publish("v1", 1, run: 1, first)
    let old = try await first.token(published: lake.day(1))
    let staged = try await lake.stage("late", 1, run: 2, first)
    let held = lake.catalog.hold(.updatePartitions)
    let partition = lake.day(1)
    let publish = Task {
      try await first.publish(
        .publish(staged: staged, replaced: old), run: 2, partition: partition)
    }
    await held.arrived()

    lake.wait(400)
    let second = try await lake.open("two")
    #expect(
      try await second.recover(
        .publish(staged: staged, replaced: old), run: 2, partition: lake.day(1)) == .notDone)
    held.proceed()
    await #expect(throws: PublishError.self) { try await publish.value }
    #expect(lake.published(lake.day(1)) == "v1")
    await #expect(throws: PublishError.self) {
      try await first.publish(
        .publish(staged: staged, replaced: old), run: 2, partition: lake.day(1))
    }
    #expect(lake.published(lake.day(1)) == "v1")
    await second.release()
  }

  @Test(
    "refuses the change of the table of a writer that was stopped before it was carried out",
    arguments: [true, false])
  func stoppedAtTable(hasKeys: Bool) async throws {
    let lake = try PublishedLake(keys: hasKeys ? StoredOutput.keys : [])
    let partition = hasKeys ? lake.day(1) : Partition(keys: [], values: [])
    let first = try await lake.open("one")
    try await first.describe(run: 1, columns: [Column(name: "x", type: "INTEGER")])
    let old = try await lake.stage(["v1"], partition, run: 1, first)
    try await first.publish(
      .publish(staged: old, replaced: nil), run: 1, partition: partition)
    let before = try await lake.catalog.table(PublishedLake.name)
    if hasKeys {
      try await first.describe(run: 2, columns: [Column(name: "x", type: "BIGINT")])
    } else {
      try await first.describe(run: 2, columns: [Column(name: "x", type: "INTEGER")])
    }
    let staged = try await lake.stage(["late"], partition, run: 2, first)
    let held = lake.catalog.hold(.updateTable)
    let publish = Task {
      try await first.publish(
        .publish(staged: staged, replaced: old), run: 2, partition: partition)
    }
    await held.arrived()
    lake.wait(400)
    let second = try await lake.open("two")
    held.proceed()
    await #expect(throws: PublishError.self) { try await publish.value }
    // It has the version that was read, and comes too late all the same.
    #expect(try await lake.catalog.table(PublishedLake.name) == before)
    await second.release()
  }

  @Test("keeps what an answer that is missing may have published, and does not call it undone")
  func doubt() async throws {
    let lake = try PublishedLake()
    let lease = try await lake.open()
    try await lake.publish("v1", 1, run: 1, lease)
    let old = try #require(try await lease.token(published: lake.day(1)))
    let action = PublishAction.publish(
      staged: try await lake.stage("v2", 1, run: 2, lease), replaced: old)
    // It is carried out after Glue has given up to answer, and nothing is told meanwhile.
    let before = lake.catalog.partitions(of: PublishedLake.name)
    lake.objects.losses.fail(at: 0, of: "updatePartitions")
    let held = lake.catalog.hold(.batchGet)
    let partition = lake.day(1)
    let publish = Task { try await lease.publish(action, run: 2, partition: partition) }
    await held.arrived()
    let later = lake.catalog.hold(.batchGet)
    held.proceed()
    await later.arrived()
    let carriedOut = lake.catalog.partitions(of: PublishedLake.name)
    for entry in before { lake.catalog.put(entry, entry.values, of: PublishedLake.name) }
    later.proceed()
    await #expect(throws: PublishError.self) { try await publish.value }
    lake.objects.losses.stop()

    let error = await #expect(throws: PublishError.self) {
      try await lease.recover(action, run: 2, partition: partition)
    }
    #expect(error.map { "\($0)".contains("may still carry it out") } == true)
    try await lease.removeStaged(except: [])
    for entry in carriedOut { lake.catalog.put(entry, entry.values, of: PublishedLake.name) }
    #expect(lake.published(partition) == "v2")
    #expect(try await lease.recover(action, run: 2, partition: partition) == .done)
  }

  @Test("tells what the catalog names and no run has published")
  func foreignEntries() async throws {
    let lake = try PublishedLake()
    let lease = try await lake.open()
    var published: [Partition: [DataFile]] = [:]
    for day in 1...3 {
      try await lake.publish("v1", day, run: 1, lease)
      published[lake.day(day)] = try await lease.files(published: lake.day(day))
    }
    #expect(try await lease.foreignEntries(among: published) == [])
    await lease.release()
    lake.replace(lake.day(1), "theirs")
    lake.replace(lake.day(2), nil)
    lake.replace(lake.day(9), "theirs")
    lake.catalog.put(
      CatalogPartition(values: ["01", "x"], storage: StorageDescriptor(location: "s3://lake/q/")),
      ["01", "x"], of: PublishedLake.name)
    let next = try await lake.open()
    let foreignEntries = try await next.foreignEntries(among: published)
    #expect(
      foreignEntries == [
        ForeignCatalogEntry(
          partition: lake.day(1), place: "s3://lake/by-hand/month=1/day=1", name: "month=1/day=1"),
        ForeignCatalogEntry(partition: lake.day(2), place: nil, name: "month=1/day=2"),
        ForeignCatalogEntry(
          partition: lake.day(9), place: "s3://lake/by-hand/month=1/day=9", name: "month=1/day=9"),
        ForeignCatalogEntry(partition: nil, place: "s3://lake/q", name: "01, x"),
      ])
  }
}
