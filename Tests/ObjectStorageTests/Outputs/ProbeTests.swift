import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing
import TestSupport

@testable import ObjectStorage

@Suite("A store is tried before an output is published there")
struct ProbeTests {
  private static let lacks: [MemoryObjects.Condition: String] = [
    .writeAbsent: "overwrites an object where a new one was intended (If-None-Match)",
    .writeTag: "overwrites an object other than the intended one (If-Match)",
    .copyTag: "copies an object other than the intended one",
    .completeAbsent: "does not look at If-None-Match when an upload is completed",
    .completeTag: "does not look at If-Match when an upload is completed",
    .validity: "carries out a request after its end",
    .abort: "completes an upload that was aborted",
  ]

  @Test(arguments: MemoryObjects.Condition.allCases)
  func aStoreThatIgnoresAConditionIsRefused(_ condition: MemoryObjects.Condition) async throws {
    guard let lack = Self.lacks[condition] else {
      #expect(condition == .removeTag)
      return
    }
    let lake = try Lake()
    lake.objects.ignored = [condition]
    let error = await #expect(throws: PublishError.self) { _ = try await lake.open() }
    #expect(
      error?.description
        == "Cannot publish to s3://lake/out/fw: the store \(lack), so that two runs could destroy each other's work there "
        + "(outputs need a store with the conditional writes of Amazon S3). The partition stays as it was and stays "
        + "pending; put the cause right, then run again.")
    #expect(lake.objects.keys(in: "lake").isEmpty)
    #expect(lake.objects.openUploads.isEmpty)
    lake.objects.ignored = []
    _ = try await lake.open()
  }

  @Test func anOutputIsTriedOnce() async throws {
    let lake = try Lake()
    await (try await lake.open()).release()
    #expect(
      lake.objects.keys(in: "lake").map(\.text) == [
        "out/.fw.dovetail/lease.json", "out/.fw.dovetail/probe.json",
      ])
    lake.objects.put(nil, at: lake.hidden("lease.json"))
    lake.objects.resetCounts()
    _ = try await lake.open()
    // Uploads of the output, and those of a trial that did not come to its end.
    #expect(lake.objects.counts == [.read: 2, .write: 1, .uploads: 2])
  }

  @Test func whereRemovalsHaveNoConditionTheyLookFirst() async throws {
    let lake = try Lake()
    lake.objects.ignored = [.removeTag]
    let lease = try await lake.open()
    for day in 1...2 { try await lake.publish("v", day, run: 1, lease) }
    let published = try #require(try await lease.token(published: lake.day(1)))
    try await lake.remove(2, run: 2, lease)
    lake.objects.put(Data("theirs".utf8), at: lake.place(1))
    await #expect(throws: PublishError.outputChanged(path: "\(lake.place(1))")) {
      try await lease.publish(.remove(published: published), run: 2, partition: lake.day(1))
    }
    #expect(lake.published == [lake.place(1).key: "theirs"])
  }
}
