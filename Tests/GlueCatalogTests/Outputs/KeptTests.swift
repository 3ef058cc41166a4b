import Foundation
import GlueCatalog
import IncrementalJoin
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

@Suite("Replaced versions that a catalog has named")
struct KeptTests {
  @Test("are named again by an undo, and nothing is copied")
  func undo() async throws {
    let lake = try PublishedLake()
    let lease = try await lake.open()
    let first = try await lake.publish("v1", 1, run: 1, lease)
    let second = try await lake.publish("v2", 1, run: 2, lease)
    let versions = lake.versions
    let staged = try #require(try await lease.restage(kept: 2, as: 3, partition: lake.day(1)))
    #expect(staged == first)
    try await lease.publish(
      .publish(staged: staged, replaced: second), run: 3, partition: lake.day(1))
    #expect(lake.published(lake.day(1)) == "v1" && lake.versions == versions)
    // What the undo brought back stays when nothing keeps it any more.
    lake.wait(4000)
    try await lease.removeKept(runs: [2, 3])
    #expect(lake.published(lake.day(1)) == "v1" && lake.versions.count == 1)
  }

  @Test(
    "go once no reader can have asked for them: an hour after they were replaced, or as the output says",
    arguments: [nil, Duration.seconds(7200)])
  func grace(_ grace: Duration?) async throws {
    let lake = try PublishedLake(grace: grace)
    let seconds = (grace ?? .seconds(3600)) / .seconds(1)
    var lease = try await lake.open()
    for run in 1...3 as ClosedRange<Int64> {
      try await lake.publish("v\(run)", 1, run: RunID(run), lease)
    }
    try await lease.removeKept(runs: [2, 3])
    #expect(try await lease.kept() == [])
    #expect(lake.versions.count == 3)
    await lease.release()
    lake.wait(seconds - 1)
    lease = try await lake.open("two")
    try await lease.removeStaged(except: [])
    #expect(lake.versions.count == 3)
    await lease.release()
    lake.wait(2)
    lease = try await lake.open("three")
    try await lease.removeStaged(except: [])
    #expect(lake.versions.count == 1 && lake.published(lake.day(1)) == "v3")
    await lease.release()
    #expect(lake.objects.keys(in: "lake", prefix: "out/.fw.dovetail/kept/") == [])
  }

  @Test("of others are never removed: only the catalog's entry was replaced")
  func others() async throws {
    let lake = try PublishedLake()
    let lease = try await lake.open()
    try await lake.publish("v1", 2, run: 1, lease)
    lake.replace(lake.day(1), "theirs")
    let staged = try await lake.stage("v2", 1, run: 2, lease)
    let theirs = StoreToken("s3://lake/by-hand/month=1/day=1")
    try await lease.publish(
      .publish(staged: staged, replaced: theirs), run: 2, partition: lake.day(1))
    #expect(try await lease.kept() == [KeptRun(run: 2, partitions: 1, bytes: 6)])
    lake.wait(4000)
    try await lease.removeKept(runs: [2])
    #expect(lake.objects.keys(in: "lake", prefix: "by-hand/").count == 1)
    #expect(lake.published(lake.day(1)) == "v2")
  }

  @Test("and what a killed run has staged are told apart: only what nobody names goes")
  func strays() async throws {
    let lake = try PublishedLake()
    var lease = try await lake.open()
    try await lake.publish("old", 1, run: 1, lease)
    await lease.release()
    lease = try await lake.open()
    try await lake.publish("new", 1, run: 2, lease)
    try await lake.stage("never published", 2, run: 2, lease)
    try await lake.stage("waits", 3, run: 3, lease)
    // The process ends here; another machine takes over.
    lake.wait(3600)
    let next = try await lake.open("two")
    try await next.removeStaged(except: [3])
    #expect(lake.versions.count == 3)
    #expect(lake.published(lake.day(1)) == "new")
    #expect(try await next.token(staged: 2, partition: lake.day(2)) == nil)
    let waiting = try #require(try await next.token(staged: 3, partition: lake.day(3)))
    try await next.publish(
      .publish(staged: waiting, replaced: nil), run: 3, partition: lake.day(3))
    #expect(lake.published(lake.day(3)) == "waits")
    try await next.removeStaged(except: [])
    await next.release()
    #expect(lake.versions.count == 3)
    #expect(lake.objects.keys(in: "lake", prefix: "out/.fw.dovetail/staging/") == [])
  }
}
