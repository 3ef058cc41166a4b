import Foundation
import GlueCatalog
import IncrementalJoin
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

@Suite("Publishing through the catalog")
struct PublishTests {
  @Test("creates the table with columns, keys and formats, at a location where nothing lies")
  func table() async throws {
    let lake = try PublishedLake()
    let lease = try await lake.open()
    try await lease.describe(
      run: 1,
      columns: [
        Column(name: "Id", type: "BIGINT"), Column(name: "tags", type: "VARCHAR[]"),
        Column(name: "at", type: "STRUCT(\"x\" DOUBLE, \"y\" DECIMAL(9,2))"),
      ])
    try await lake.publish("v1", 1, run: 1, lease)
    let table = try await lake.catalog.table(PublishedLake.name)
    #expect(table.type == "EXTERNAL_TABLE")
    #expect(table.parameters == ["EXTERNAL": "TRUE", "classification": "parquet"])
    #expect(
      table.keys.map(\.name) == ["month", "day"] && table.keys.map(\.type) == ["int", "int"])
    #expect(table.storage?.location == "s3://lake/out/fw/")
    #expect(
      table.storage?.columns.map { "\($0.name) \($0.type)" } == [
        "id bigint", "tags array<string>", "at struct<x:double,y:decimal(9,2)>",
      ])
    #expect(table.storage?.serde == "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe")
    #expect(lake.objects.keys(in: "lake", prefix: "out/fw/") == [])

    let partition = try #require(lake.catalog.partitions(of: PublishedLake.name).first)
    #expect(partition.values == ["1", "1"])
    #expect(partition.storage?.columns == table.storage?.columns)
    #expect(partition.storage?.inputFormat == table.storage?.inputFormat)
    #expect(partition.parameters["dovetail.run"] == "1" && partition.parameters["totalSize"] == "2")
    let location = try #require(partition.storage?.location)
    #expect(location.exact.begins(with: "s3://lake/out/versions-of-fw/1-"))
    #expect(location.exact.ends(with: "/month=1/day=1/"))
    await lease.release()
  }

  @Test("makes few requests: of 100 partitions one that looks, and one that writes them all")
  func requests() async throws {
    let lake = try PublishedLake()
    let lease = try await lake.open()
    for run in [1, 2] as [RunID] {
      var actions: [PartitionAction] = []
      for day in 1...100 {
        let staged = try await lake.stage("v\(run)", day, run: run, lease)
        let replaced = try await lease.token(published: lake.day(day))
        actions.append(
          PartitionAction(.publish(staged: staged, replaced: replaced), on: lake.day(day)))
      }
      lake.catalog.resetCounts()
      lake.objects.resetCounts()
      #expect(await lease.publish(actions, run: run).allSatisfy { $0 == nil })
      let writes: CatalogRequest = run == 1 ? .createPartitions : .updatePartitions
      #expect(lake.catalog.counts[writes] == 1 && lake.catalog.counts[.batchGet] == 1)
      #expect(lake.catalog.counts[.deletePartitions] == nil)
      #expect(lake.objects.counts.values.reduce(0, +) <= 3)
    }
    let tokens = try await (1...100).asyncMap { try await lease.token(published: lake.day($0)) }
    lake.catalog.resetCounts()
    let removals = zip(1...100, tokens).compactMap { day, token in
      token.map { PartitionAction(.remove(published: $0), on: lake.day(day)) }
    }
    #expect(await lease.publish(removals, run: 3).allSatisfy { $0 == nil })
    #expect(lake.catalog.counts[.deletePartitions] == 4)
    #expect(lake.catalog.partitions(of: PublishedLake.name) == [])
  }

  @Test("is an outcome partition by partition where the catalog refuses some")
  func partialFailures() async throws {
    let lake = try PublishedLake()
    let lease = try await lake.open()
    let actions = try await (1...3).asyncMap { day in
      PartitionAction(
        .publish(staged: try await lake.stage("v1", day, run: 1, lease), replaced: nil),
        on: lake.day(day))
    }
    let busy = EntryFailure(
      values: ["1", "2"], code: "InternalServiceException", message: "Try again.")
    lake.catalog.refuse(["1", "2"], as: busy)
    let errors = await lease.publish(actions, run: 1)
    #expect(errors.map { $0 == nil } == [true, false, true])
    #expect(
      errors[1]?.description
        == "Cannot publish through market.fw: the change of 1, 2 on market.fw failed: Glue answered "
        + "InternalServiceException: Try again. The partition stays as it was and stays pending; put the cause right, "
        + "then run again.")
    #expect((1...3).map { lake.published(lake.day($0)) } == ["v1", nil, "v1"])
    #expect(
      try await lease.recover(actions[1].action, run: 1, partition: lake.day(2)) == .notDone)
    lake.catalog.refuse(["1", "2"], as: nil)
    try await lease.publish(actions[1].action, run: 1, partition: lake.day(2))
    #expect(lake.published(lake.day(2)) == "v1")
  }

  @Test("looks when the catalog refuses something without saying what")
  func unnamedFailures() async throws {
    let lake = try PublishedLake()
    let lease = try await lake.open()
    let actions = try await (1...2).asyncMap { day in
      PartitionAction(
        .publish(staged: try await lake.stage("v1", day, run: 1, lease), replaced: nil),
        on: lake.day(day))
    }
    lake.catalog.refuse(
      ["1", "2"], as: EntryFailure(values: [], code: "InternalServiceException", message: "Oh."))
    let errors = await lease.publish(actions, run: 1)
    #expect(errors.map { $0 == nil } == [true, false])
    #expect(lake.published(lake.day(2)) == nil)
  }

  @Test("looks when an answer is lost, and carries on where the catalog has done it")
  func lostAnswers() async throws {
    let lake = try PublishedLake()
    let lease = try await lake.open()
    try await lake.publish("v0", 1, run: 1, lease)
    for (name, run) in [("createPartitions", 2), ("updatePartitions", 3)] as [(String, RunID)] {
      lake.objects.losses.fail(at: 0, of: name)
      try await lake.publish("v\(run)", 2, run: run, lease)
      lake.objects.losses.stop()
      #expect(lake.published(lake.day(2)) == "v\(run)")
    }
    lake.objects.losses.fail(at: 0, of: "deletePartitions")
    try await lake.remove(2, run: 4, lease)
    #expect(lake.published(lake.day(2)) == nil)
  }

  @Test("shows a reader the old files or the new ones, whichever request fails or loses its answer")
  func everyFault() async throws {
    for isLoss in [false, true] {
      var (step, isDone) = (0, false)
      while !isDone {
        let lake = try PublishedLake()
        let lease = try await lake.open()
        try await lake.publish("old", 1, run: 1, lease)
        try await lake.publish("old", 2, run: 1, lease)
        let actions = [
          PartitionAction(
            .publish(
              staged: try await lake.stage("new", 1, run: 2, lease),
              replaced: try await lease.token(published: lake.day(1))), on: lake.day(1)),
          PartitionAction(
            .remove(published: try #require(try await lease.token(published: lake.day(2)))),
            on: lake.day(2)),
          PartitionAction(
            .publish(staged: try await lake.stage("new", 3, run: 2, lease), replaced: nil),
            on: lake.day(3)),
        ]
        let faults = isLoss ? lake.objects.losses : lake.objects.faults
        faults.fail(at: step)
        let errors = await lease.publish(actions, run: 2)
        isDone = faults.calls.count <= step
        faults.stop()
        let old: [String?] = ["old", "old", nil]
        let new: [String?] = ["new", nil, "new"]
        for (index, error) in errors.enumerated() {
          let comment: Comment = "step \(step), partition \(index + 1), loss \(isLoss)"
          let (now, partition) = (lake.published(lake.day(index + 1)), lake.day(index + 1))
          let state = try await lease.recover(actions[index].action, run: 2, partition: partition)
          #expect(state != .unknown, comment)
          #expect(now == (state == .done ? new : old)[index], comment)
          if error == nil { #expect(state == .done, comment) }
          if state == .notDone {
            try await lease.publish(actions[index].action, run: 2, partition: partition)
          }
          #expect(lake.published(partition) == new[index], comment)
        }
        #expect(try await lease.kept().map(\.partitions) == [2], "step \(step)")
        step += 1
      }
      #expect(step > 5)
    }
  }

  @Test("takes several files a partition, and several parts of a large one's upload")
  func files() async throws {
    let lake = try PublishedLake()
    let lease = try await lake.open()
    let large = String(repeating: "x", count: 9 << 20)
    let staged = try await lake.stage(["a", large], lake.day(1), run: 1, lease)
    try await lease.publish(
      .publish(staged: staged, replaced: nil), run: 1, partition: lake.day(1))
    #expect(lake.published(lake.day(1)) == "a+\(large)")
    let files = try await lease.files(published: lake.day(1))
    #expect(files.map(\.size) == [1, 9 << 20])
    #expect(try await lake.outputs().files(published: lake.day(1), of: lake.output) == files)
  }

  @Test("names a table without keys by its own location, on condition of its version")
  func wholeTable() async throws {
    let lake = try PublishedLake(keys: [])
    let whole = Partition(keys: [], values: [])
    let lease = try await lake.open()
    #expect(await !lake.outputs().isNamed(lake.output))
    var replaced: StoreToken?
    for text in ["v1", "v2"] {
      let run: RunID = text == "v1" ? 1 : 2
      let staged = try await lake.stage([text], whole, run: run, lease)
      try await lease.publish(
        .publish(staged: staged, replaced: replaced), run: run, partition: whole)
      let location = try await lake.catalog.table(PublishedLake.name).storage?.location
      #expect(lake.texts(at: try #require(location)) == text)
      replaced = staged
    }
    #expect(await lake.outputs().isNamed(lake.output))
    let undo = try #require(try await lease.restage(kept: 2, as: 3, partition: whole))
    try await lease.publish(
      .publish(staged: undo, replaced: replaced), run: 3, partition: whole)
    #expect(lake.texts(at: "\(undo)/") == "v1")
    try await lease.publish(.remove(published: undo), run: 4, partition: whole)
    #expect(
      try await lake.catalog.table(PublishedLake.name).storage?.location == "s3://lake/out/fw/")
    #expect(try await lease.files(published: whole) == [])
    #expect(try await lease.kept().map(\.run) == [4, 3, 2])
  }
}

extension Sequence where Element: Sendable {
  /// The results in their order, one after the other.
  func asyncMap<Result>(_ body: (Element) async throws -> Result) async rethrows -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await body(element)) }
    return results
  }
}
