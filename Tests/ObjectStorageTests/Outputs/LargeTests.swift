import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing
import TestSupport

@testable import ObjectStorage

@Suite("An output in an object store with much in it")
struct LargeTests {
  /// A lake with replaced objects that a run has kept.
  private func lake(keeping count: Int) async throws -> (Lake, any OutputLease) {
    let lake = try Lake()
    for day in 1...count {
      lake.objects.put(
        Data("old".utf8), at: lake.hidden("kept/5/\(lake.day(day).path)/data.parquet"))
    }
    lake.objects.put(Data("other".utf8), at: lake.hidden("kept/50/month=1/day=1/data.parquet"))
    return (lake, try await lake.open())
  }

  private func kept(_ lake: Lake) -> Int {
    lake.objects.keys(in: "lake", prefix: "out/.fw.dovetail/kept/5/").count
  }

  @Test("removes kept versions by the thousand, and no other ones")
  func batches() async throws {
    let (lake, lease) = try await lake(keeping: 2001)
    lake.objects.resetCounts()
    try await lease.removeKept(runs: [5])
    // The last one is alone.
    #expect(lake.objects.counts[.removeSeveral] == 2 && lake.objects.counts[.remove] == 1)
    #expect(kept(lake) == 0)
    #expect(try await lease.kept().map(\.run) == [50])
  }

  @Test("removes them one by one where the store has no such request")
  func oneByOne() async throws {
    let (lake, lease) = try await lake(keeping: 30)
    lake.objects.removesSeveral = false
    lake.objects.resetCounts()
    try await lease.removeKept(runs: [5])
    #expect(lake.objects.counts[.remove] == 30)
    #expect(kept(lake) == 0)
  }

  @Test("goes on later where some could not be removed", arguments: [false, true])
  func failure(removesSeveral: Bool) async throws {
    let (lake, lease) = try await lake(keeping: 30)
    lake.objects.removesSeveral = removesSeveral
    lake.objects.faults.fail(at: 0, of: removesSeveral ? "removeSeveral" : "remove")
    await #expect(throws: PublishError.self) { try await lease.removeKept(runs: [5]) }
    lake.objects.faults.stop()
    #expect(kept(lake) > 0)
    #expect(try await lease.kept().map(\.run) == [50, 5])
    try await lease.removeKept(runs: [5])
    #expect(kept(lake) == 0)
  }

  @Test("removes nothing for a writer that was stopped and overtaken")
  func overtaken() async throws {
    let (lake, lease) = try await lake(keeping: 3)
    let held = lake.objects.hold(.removeSeveral)
    let removal = Task { try await lease.removeKept(runs: [5]) }
    await held.arrived()
    let next = try await lake.overtake()
    held.proceed()
    await #expect(throws: PublishError.self) { try await removal.value }
    #expect(kept(lake) == 3)
    await next.release()
  }

  @Test("keeps and restores in parts what is larger than one request copies")
  func copies() async throws {
    let lake = try Lake()
    lake.objects.largestCopy = 5 << 20
    let lease = try await lake.outputs(partSizes: PartSizes(copied: 5 << 20)).open(
      lake.output, as: Lake.holder("one"))
    let large = String(repeating: "x", count: 11 << 20)
    try await lake.publish(large, 1, run: 1, lease)
    lake.objects.resetCounts()
    try await lake.publish("new", 1, run: 2, lease)
    #expect(lake.objects.counts[.copyPart] == 3 && lake.objects.counts[.copy] == nil)
    let kept = lake.hidden("kept/2/month=1/day=1/data.parquet")
    #expect(lake.text(kept) == large)
    let staged = try #require(try await lease.restage(kept: 2, as: 3, partition: lake.day(1)))
    let replaced = try await lease.token(published: lake.day(1))
    try await lease.publish(
      .publish(staged: staged, replaced: replaced), run: 3, partition: lake.day(1))
    #expect(lake.text(lake.place(1)) == large)
    #expect(lake.objects.openUploads.isEmpty)
  }

  @Test("leaves no upload behind where a copy in parts fails")
  func failedCopy() async throws {
    let lake = try Lake()
    let lease = try await lake.outputs(partSizes: PartSizes(copied: 5 << 20)).open(
      lake.output, as: Lake.holder("one"))
    let large = String(repeating: "x", count: 11 << 20)
    try await lake.publish(large, 1, run: 1, lease)
    lake.objects.faults.fail(at: 1, of: "copyPart")
    await #expect(throws: PublishError.self) {
      try await lake.publish("new", 1, run: 2, lease)
    }
    lake.objects.faults.stop()
    #expect(lake.text(lake.place(1)) == large)
    #expect(lake.objects.openUploads.map(\.place) == [lake.place(1)])
  }
}
