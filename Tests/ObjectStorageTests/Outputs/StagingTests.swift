import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing
import TestSupport

@testable import ObjectStorage

@Suite("What is staged for an object store is an upload that nobody sees")
struct StagingTests {
  @Test func aRunOnAnotherMachinePublishesWhatOneHasOnlyStaged() async throws {
    let lake = try Lake()
    var lease = try await lake.open()
    let staged = try await lake.stage("waiting", 1, run: 1, lease)
    _ = try await lake.stage("also waiting", 2, run: 1, lease)
    #expect(
      lake.objects.keys(in: "lake").map(\.text) == [
        "out/.fw.dovetail/lease.json", "out/.fw.dovetail/probe.json",
      ])
    await lease.release()

    lease = try await lake.open("two")
    try await lease.removeStaged(except: [1])
    #expect(try await lease.token(staged: 1, partition: lake.day(1)) == staged)
    #expect(try await lease.files(staged: 1, partition: lake.day(2)).map(\.size) == [12])
    lake.objects.resetCounts()
    try await lease.publish(
      .publish(staged: staged, replaced: nil), run: 1, partition: lake.day(1))
    #expect(lake.objects.counts[.upload] == nil)
    #expect(lake.published == [lake.place(1).key: "waiting"])
    await lease.release()

    lease = try await lake.open("three")
    #expect(try await lease.token(staged: 1, partition: lake.day(1)) == nil)
    #expect(try await lease.token(staged: 1, partition: lake.day(2)) != nil)
    try await lease.removeStaged(except: [])
    #expect(lake.objects.openUploads.isEmpty)
    await lease.release()
    #expect(lake.objects.content(of: lake.hidden("staging/1.json")) == nil)
  }

  @Test func whatATakeoverAbortsIsUploadedAgainWhereItsFileIs() async throws {
    for machine in ["one", "two"] {
      let lake = try Lake()
      let lease = try await lake.open()
      let staged = try await lake.stage("waiting", 1, run: 1, lease)
      await lease.release()
      _ = try await lake.open()  // Killed.
      let next = try await lake.overtake(machine)
      #expect(lake.objects.openUploads.isEmpty)
      let found = try await next.token(staged: 1, partition: lake.day(1))
      #expect(found == (machine == "one" ? staged : nil))
      guard found != nil else { continue }
      try await next.publish(
        .publish(staged: staged, replaced: nil), run: 1, partition: lake.day(1))
      #expect(lake.text(lake.place(1)) == "waiting")
    }
  }

  @Test func theObjectSaysWhoPublishedIt() async throws {
    let lake = try Lake()
    let lease = try await lake.open()
    let keys = [PartitionKey(name: "region", type: .string)]
    let partition = Partition(keys: keys, values: [.string("Zürich %/é")])
    let folder = try await lease.makeStagingFolder(run: 7, partition: partition)
    try Data("x".utf8).write(to: URL(filePath: "\(folder)/a.parquet"))
    let staged = try await lease.seal(run: 7, partition: partition)
    try await lease.publish(.publish(staged: staged, replaced: nil), run: 7, partition: partition)
    let client: any ObjectClient = lake.objects
    let metadata = try await client.head(
      ObjectPlace(bucket: "lake", key: "out/fw/\(partition.path)/data.parquet")
    ).metadata
    #expect(metadata["dovetail-run"] == "7" && metadata["dovetail-token"] == "1")
    #expect(metadata.values.allSatisfy { $0.utf8.allSatisfy { 0x20...0x7E ~= $0 } })
    #expect(metadata["dovetail-partition"]?.removingPercentEncoding?.exact == partition.path)
  }

  @Test func largeFilesGoInParts() async throws {
    let lake = try Lake()
    let lease = try await lake.outputs(partSizes: PartSizes(uploaded: 5 << 20)).open(
      lake.output, as: Lake.holder("one"))
    let folder = try await lease.makeStagingFolder(run: 1, partition: lake.day(1))
    lake.objects.resetCounts()
    let content = Data(count: 5 << 20) + Data("end".utf8)
    try content.write(to: URL(filePath: "\(folder)/a.parquet"))
    let staged = try await lease.seal(run: 1, partition: lake.day(1))
    #expect(lake.objects.counts[.upload] == 2)
    try await lease.publish(
      .publish(staged: staged, replaced: nil), run: 1, partition: lake.day(1))
    #expect(lake.objects.content(of: lake.place(1)) == content)
    #expect(staged.text.ends(with: "-2"))
  }

  @Test(arguments: [0, 2])
  func aPartitionOfNoFileOrOfManyIsRefused(_ count: Int) async throws {
    let lake = try Lake()
    let lease = try await lake.open()
    let folder = try await lease.makeStagingFolder(run: 1, partition: lake.day(1))
    for number in 0..<count {
      try Data("x".utf8).write(to: URL(filePath: "\(folder)/\(number).parquet"))
    }
    let error = await #expect(throws: PublishError.self) {
      _ = try await lease.seal(run: 1, partition: lake.day(1))
    }
    #expect(
      error?.description
        == "Cannot publish to s3://lake/out/fw/month=1/day=1/data.parquet the folder \(folder): it holds \(count) files, "
        + "and a partition of an output in an object store is one. The partition stays as it was and stays pending; "
        + "put the cause right, then run again.")
    #expect(lake.objects.openUploads.isEmpty)
  }

  @Test func twoOutputsDoNotSweepEachOthersFiles() async throws {
    let lake = try Lake()
    let store = lake.outputs()
    let other = OutputDefinition(
      location: Location(scheme: "s3", root: "lake/out/other"), keys: StoredOutput.keys)
    let leases = [
      try await store.open(lake.output, as: Lake.holder("one")),
      try await store.open(other, as: Lake.holder("one")),
    ]
    for lease in leases { _ = try await lake.stage("x", 1, run: 1, lease) }
    try await leases[1].removeStaged(except: [])
    #expect(
      try store.stagedFiles(of: lake.output, run: 1, partition: lake.day(1)).count == 1)
    #expect(try store.stagedFiles(of: other, run: 1, partition: lake.day(1)).isEmpty)
    #expect(lake.objects.openUploads.map(\.place) == [lake.place(1)])
  }
}
