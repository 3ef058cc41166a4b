import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing
import TestSupport

@testable import ObjectStorage

@Suite("A writer that was stopped and overtaken publishes nothing any more")
struct FenceTests {
  /// What the first writer does: a new partition, one that is replaced, one that is removed.
  private static func work(_ lake: Lake, _ lease: any OutputLease) async {
    _ = try? await lake.publish("new", 1, run: 2, lease)
    _ = try? await lake.publish("replaced", 2, run: 2, lease)
    try? await lake.remove(3, run: 2, lease)
  }

  private static func prepared() async throws -> Lake {
    let lake = try Lake()
    let lease = try await lake.open()
    for day in 2...3 { try await lake.publish("old", day, run: 1, lease) }
    await lease.release()
    return lake
  }

  @Test("stopped at any of its requests, whatever its own clock says")
  func stoppedAnywhere() async throws {
    let count = try await {
      let lake = try await Self.prepared()
      let lease = try await lake.open()
      lake.objects.resetCounts()
      await Self.work(lake, lease)
      #expect(lake.published.values.sorted() == ["new", "replaced"])
      return lake.objects.counts.values.reduce(0, +)
    }()
    #expect(count > 10)
    for stop in 0..<count {
      let lake = try await Self.prepared()
      let lease = try await lake.open()
      let held = lake.objects.hold(nil, after: stop)
      let work = Task { await Self.work(lake, lease) }
      await held.arrived()

      let next = try await lake.overtake()
      let settled = lake.published
      try await lake.publish("ours", 9, run: 3, next)
      held.proceed()
      await work.value
      var expected = settled
      expected[lake.place(9).key] = "ours"
      #expect(lake.published == expected, "stopped at request \(stop)")
      await lake.expectOvertaken { try await lease.removeStaged(except: []) }

      // And nothing of it is left.
      try await next.removeStaged(except: [])
      #expect(lake.objects.openUploads.isEmpty)
      await next.release()
    }
  }

  @Test("not even when it goes on to stage, and its successor brings the old content back")
  func equalTags() async throws {
    let lake = try await Self.prepared()
    let lease = try await lake.open()
    let old = try await lease.token(published: lake.day(2))
    let staged = try await lake.stage("stale", 2, run: 2, lease)
    let held = lake.objects.hold(.complete)
    let publish = Task {
      try await lease.publish(
        .publish(staged: staged, replaced: old), run: 2, partition: lake.day(2))
    }
    await held.arrived()
    let next = try await lake.overtake()
    try await lake.publish("other", 2, run: 3, next)
    try await lake.publish("old", 2, run: 4, next)
    #expect(try await next.token(published: lake.day(2)) == old)
    held.proceed()
    await lake.expectOvertaken { try await publish.value }
    #expect(lake.text(lake.place(2)) == "old")
  }

  @Test("nor an upload that it begins after its successor has aborted all")
  func lateUpload() async throws {
    let lake = try await Self.prepared()
    let lease = try await lake.open()
    _ = try await lease.token(published: lake.day(1))
    let next = try await lake.overtake()
    let staged = try await lake.stage("late", 1, run: 2, lease)
    await lake.expectOvertaken {
      try await lease.publish(
        .publish(staged: staged, replaced: nil), run: 2, partition: lake.day(1))
    }
    #expect(lake.text(lake.place(1)) == nil)
    try await next.removeStaged(except: [])
    #expect(lake.objects.openUploads.isEmpty)
  }

  @Test("and does not sweep away what its successor has staged")
  func lateSweep() async throws {
    let lake = try await Self.prepared()
    let lease = try await lake.open()
    let next = try await lake.overtake()
    let staged = try await lake.stage("next", 1, run: 3, next)
    await lake.expectOvertaken { try await lease.removeStaged(except: []) }
    #expect(lake.objects.openUploads.count == 1)
    try await next.publish(
      .publish(staged: staged, replaced: nil), run: 3, partition: lake.day(1))
  }

  @Test("and only uploads below the output's own keys are aborted")
  func othersUploads() async throws {
    let lake = try await Self.prepared()
    let client: any ObjectClient = lake.objects
    var others: [ObjectUpload] = []
    for key: ExactText in ["out/fw2/x", "out/f", "other/fw/x", "out/fw.parquet"] {
      others.append(
        try await client.beginUpload(to: ObjectPlace(bucket: "lake", key: key), metadata: [:]))
    }
    others.append(
      try await client.beginUpload(
        to: ObjectPlace(bucket: "elsewhere", key: "out/fw/month=1/data.parquet"), metadata: [:]))
    _ = try await client.beginUpload(to: lake.place(7), metadata: [:])
    let lease = try await lake.open()
    _ = try await lake.stage("x", 1, run: 2, lease)
    #expect(lake.objects.openUploads.count == others.count + 2)
    let next = try await lake.overtake()
    #expect(Set(lake.objects.openUploads) == Set(others))
    _ = try await client.beginUpload(to: lake.place(7), metadata: [:])
    try await next.removeStaged(except: [])
    #expect(Set(lake.objects.openUploads) == Set(others))
  }
}
