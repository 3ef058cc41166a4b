import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing
import TestSupport

@testable import ObjectStorage

@Suite("One writer at a time holds the lease of an output")
struct LeaseTests {
  private func record(_ lake: Lake) throws -> LeaseRecord {
    let content = try #require(lake.objects.content(of: lake.hidden("lease.json")))
    return try JSONDecoder().decode(LeaseRecord.self, from: content)
  }

  @Test func aLeaseIsTakenWhenItWasGivenUpOrHasExpiredByTheStoresClock() async throws {
    let lake = try Lake()
    let first = try await lake.open()
    #expect(try record(lake).token == 1)
    lake.objects.now += 1799
    await #expect(
      throws: PublishError.locked(
        location: lake.output.location, by: Lake.holder("one"), freeAfter: .seconds(2))
    ) { _ = try await lake.open("two") }
    #expect(await lake.outputs("two").holder(of: lake.output) == Lake.holder("one"))
    lake.objects.now += 3600
    #expect(await lake.outputs("two").holder(of: lake.output) == nil)
    let second = try await lake.open("two")
    #expect(try record(lake).token == 2)
    await first.release()
    #expect(await lake.outputs().holder(of: lake.output) == Lake.holder("two"))
    await second.release()
    let third = try await lake.open()
    #expect(try record(lake).token == 3)
    await third.release()
  }

  @Test func ofManyAtOnceOneGetsIt() async throws {
    let lake = try Lake()
    await (try await lake.open()).release()
    let held = try await withThrowingTaskGroup(of: (any OutputLease)?.self) { group in
      for machine in 1...8 {
        group.addTask {
          do {
            return try await lake.open("machine \(machine)")
          } catch PublishError.locked { return nil }
        }
      }
      var held: [any OutputLease] = []
      for try await lease in group { if let lease { held.append(lease) } }
      return held
    }
    #expect(held.count == 1)
  }

  @Test func aHolderWhoseProcessHasEndedOnThisMachineKeepsNobodyOut() async throws {
    let current = try #require(ProcessIdentity.current)
    // Foundation's Process also waits for stores that other tests start at that moment, which inherit its socket.
    var process: pid_t = 0
    let words = [strdup("/bin/sh"), strdup("-c"), strdup("exit 0"), nil]
    defer { for word in words { free(word) } }
    try #require(posix_spawn(&process, "/bin/sh", nil, nil, words, nil) == 0)
    try #require(waitpid(process, nil, 0) == process)
    func identity(
      boot: ExactText? = nil, namespace: ExactText? = nil, process: Int32? = nil,
      started: ExactText? = nil
    ) -> ProcessIdentity {
      ProcessIdentity(
        boot: boot ?? current.boot, namespace: namespace ?? current.namespace,
        process: process ?? current.process, started: started ?? current.started)
    }
    for (holder, isFree) in [
      (current, false), (identity(process: process), true),
      (identity(boot: "x", process: process), false),
      (identity(namespace: "x", process: process), false),
      (identity(started: "1"), true),
    ] {
      let lake = try Lake()
      let lease = try await lake.open()
      _ = try await lake.stage("x", 1, run: 1, lease)
      var record = try record(lake)
      record.process = holder
      lake.objects.put(record.encoded(), at: lake.hidden("lease.json"))
      if isFree {
        _ = try await lake.open("two")
        #expect(lake.objects.openUploads.isEmpty)
      } else {
        await #expect(throws: PublishError.self) { _ = try await lake.open("two") }
      }
    }
  }

  @Test func aLeaseIsRenewedWhileItIsUsed() async throws {
    let lake = try Lake()
    let lease = try await lake.outputs(
      lasting: .seconds(60), renewedAfter: .milliseconds(1)
    )
    .open(lake.output, as: Lake.holder("one"))
    for _ in 1...3 {
      // What arrives next was made from what the store's clock showed before.
      lake.objects.now += 40
      for _ in 1...3 {
        let held = lake.objects.hold(.write)
        await held.arrived()
        held.proceed()
      }
      // A busy machine adds to the minute what it has waited.
      #expect(try record(lake).until > lake.objects.now + 59)
    }
    await #expect(throws: PublishError.self) { _ = try await lake.open("two") }
    await lease.release()
    lake.objects.resetCounts()
    _ = try await lake.open("two")
  }

  @Test func anOvertakenWriterIsToldSoByEveryCall() async throws {
    let lake = try Lake()
    let lease = try await lake.open()
    try await lake.publish("v1", 1, run: 1, lease)
    let published = try #require(try await lease.token(published: lake.day(1)))
    let next = try await lake.overtake()
    let owner = OutputOwner(
      job: "j", ledger: "l", workspace: "/w", location: "s3://lake/out/fw", run: 1, since: Date())
    try await next.claim(owner)
    await lake.expectOvertaken { try await lease.claim(owner) }
    for change in [
      { _ = try await $0.makeStagingFolder(run: 2, partition: lake.day(1)) },
      { _ = try await $0.seal(run: 2, partition: lake.day(1)) },
      { try await $0.publish(.remove(published: published), run: 2, partition: lake.day(1)) },
      {
        _ = try await $0.recover(.remove(published: published), run: 2, partition: lake.day(1))
      },
      { _ = try await $0.restage(kept: 1, as: 2, partition: lake.day(1)) },
      { try await $0.removeStaged(except: []) }, { try await $0.removeKept(runs: [1]) },
      { try await $0.claim(owner) },
    ] as [(any OutputLease) async throws -> Void] {
      await lake.expectOvertaken { try await change(lease) }
    }
    await lease.release()
    #expect(await lake.outputs().holder(of: lake.output) == Lake.holder("two"))
  }

  @Test func aLeaseWhoseWritesHaveNoAnswerIsKnownByALook() async throws {
    for write in 0...2 {
      let lake = try Lake()
      await (try await lake.open()).release()
      lake.objects.losses.fail(at: write, of: "write")
      let lease = try await lake.open()
      _ = try await lake.stage("x", 1, run: 1, lease)
      try await lake.publish("v", 2, run: 1, lease)
      await lease.release()
      #expect(await lake.outputs().holder(of: lake.output) == nil)
      #expect(try record(lake).token == 2)
      #expect(lake.text(lake.place(2)) == "v")
    }
  }

  @Test func aLeaseObjectThatIsNoneIsLeftAlone() async throws {
    let lake = try Lake()
    lake.objects.put(Data("hello".utf8), at: lake.hidden("lease.json"))
    let error = await #expect(throws: PublishError.self) { _ = try await lake.open() }
    #expect(
      error?.description
        == "Cannot read the lock s3://lake/out/.fw.dovetail/lease.json: The store's answer to read "
        + "s3://lake/out/.fw.dovetail/lease.json cannot be read: it does not say who writes the output (while nobody does, "
        + "remove it). The partition stays as it was and stays pending; put the cause right, then run again."
    )
  }
}
