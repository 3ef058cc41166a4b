import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing
import TestSupport

@testable import ObjectStorage

@Suite("What others have put into an output's place in an object store is left alone")
struct ForeignTests {
  private func put(_ lake: Lake, _ names: ExactText...) {
    for name in names {
      lake.objects.put(
        Data("by Spark".utf8), at: ObjectPlace(bucket: "lake", key: "out/fw/month=1/day=1/\(name)"))
    }
  }

  @Test func aPartitionOfOtherObjectsIsNeitherReplacedNorRemoved() async throws {
    for names: [ExactText] in [
      ["part-0.parquet"], ["data.parquet", "part-0.parquet"], ["deeper/data.parquet"],
    ] {
      let lake = try Lake()
      for name in names { put(lake, name) }
      let lease = try await lake.open()
      let found = try #require(try await lease.token(published: lake.day(1)))
      let staged = try await lake.stage("ours", 1, run: 1, lease)
      await #expect(
        throws: PublishError.outputChanged(path: "\(lake.place(1))")
      ) {
        try await lease.publish(
          .publish(staged: staged, replaced: nil), run: 1, partition: lake.day(1))
      }
      for action in [
        PublishAction.publish(staged: staged, replaced: found), .remove(published: found),
      ] {
        let error = await #expect(throws: PublishError.self) {
          try await lease.publish(action, run: 1, partition: lake.day(1))
        }
        #expect(
          error?.description
            == "Cannot replace s3://lake/out/fw/month=1/day=1: it holds other objects than data.parquet, which would stay "
            + "beside the new one (move them to another prefix, or give the output a table with `glue:`, where a "
            + "partition may be several objects). The partition stays as it was and stays pending; put the cause right, "
            + "then run again."
        )
        #expect(
          try await lease.recover(action, run: 1, partition: lake.day(1)) == .notDone)
      }
      #expect(lake.published.count == names.count)
      put(lake, "one-more.parquet")
      #expect(
        try await lease.recover(.remove(published: found), run: 1, partition: lake.day(1))
          == .unknown)
    }
  }

  @Test func namesThatReadersDoNotTakeForDataDoNotCount() async throws {
    let lake = try Lake()
    put(lake, "_SUCCESS", ".part-0.crc")
    lake.objects.put(Data(), at: ObjectPlace(bucket: "lake", key: "out/fw/month=1/day=1/"))
    lake.objects.put(
      Data("x".utf8), at: ObjectPlace(bucket: "lake", key: "out/fw2/month=1/day=1/data.parquet"))
    let lease = try await lake.open()
    #expect(try await lease.token(published: lake.day(1)) == nil)
    try await lake.publish("ours", 1, run: 1, lease)
    #expect(try await lease.files(published: lake.day(1)).map(\.path).count == 1)
    try await lake.remove(1, run: 2, lease)
    #expect(lake.published.count == 3)
  }

  @Test func whoWritesBetweenTheLookAndThePublishWins() async throws {
    for hasOld in [false, true] {
      let lake = try Lake()
      let lease = try await lake.open()
      if hasOld { try await lake.publish("old", 1, run: 1, lease) }
      let replaced = try await lease.token(published: lake.day(1))
      let staged = try await lake.stage("ours", 1, run: 2, lease)
      let held = lake.objects.hold(.complete)
      let work = Task {
        try await lease.publish(
          .publish(staged: staged, replaced: replaced), run: 2, partition: lake.day(1))
      }
      await held.arrived()
      lake.objects.put(Data("theirs".utf8), at: lake.place(1))
      held.proceed()
      await #expect(throws: PublishError.outputChanged(path: "\(lake.place(1))")) {
        try await work.value
      }
      #expect(lake.text(lake.place(1)) == "theirs")
      #expect(
        try await lease.recover(
          .publish(staged: staged, replaced: replaced), run: 2, partition: lake.day(1)) == .unknown)
    }
  }

  @Test func anOutputWithoutKeysIsOneObject() async throws {
    let lake = try Lake()
    let output = OutputDefinition(location: lake.output.location, keys: [])
    let whole = Partition(keys: [], values: [])
    let lease = try await lake.outputs().open(output, as: Lake.holder("one"))
    for (text, run) in [("v1", 1), ("v2", 2)] as [(String, RunID)] {
      let folder = try await lease.makeStagingFolder(run: run, partition: whole)
      try Data(text.utf8).write(to: URL(filePath: "\(folder)/a.parquet"))
      let staged = try await lease.seal(run: run, partition: whole)
      let replaced = try await lease.token(published: whole)
      try await lease.publish(
        .publish(staged: staged, replaced: replaced), run: run, partition: whole)
    }
    #expect(lake.published == ["out/fw/data.parquet": "v2"])
    #expect(try await lease.files(published: whole).map(\.path) == ["data.parquet"])
    #expect(try await lease.kept() == [KeptRun(run: 2, partitions: 1, bytes: 2)])
    #expect(try await lease.restage(kept: 2, as: 3, partition: whole) != nil)
  }

  @Test(arguments: ["bucket", "bucket/", "s3a"])
  func anOutputNeedsANameInItsBucket(_ root: String) async throws {
    let lake = try Lake()
    let output = OutputDefinition(
      location: Location(scheme: root == "s3a" ? "s3a" : "s3", root: "\(root)"), keys: [])
    let error = await #expect(throws: PublishError.self) {
      _ = try await lake.outputs().open(output, as: Lake.holder("one"))
    }
    #expect(
      error?.description
        == "Cannot publish to \(output.location): an output needs a name inside its bucket, such as s3://bucket/flights. "
        + "The partition stays as it was and stays pending; put the cause right, then run again.")
  }
}
