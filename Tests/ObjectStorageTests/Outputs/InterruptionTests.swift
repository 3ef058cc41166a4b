import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing
import TestSupport

@testable import ObjectStorage

/// What a run does to day 1, while day 2 has to stay as it is.
enum Change: CaseIterable {
  case new
  case replaced
  case removed
  /// The content that run 1 has kept comes back.
  case undone

  var before: String? { self == .new ? nil : "old" }
  var after: String? {
    switch self {
    case .new, .replaced: "new"
    case .removed: nil
    case .undone: "older"
    }
  }

  /// Publishes what is there before.
  func prepare(_ lake: Lake) async throws {
    let lease = try await lake.open()
    try await lake.publish("neighbor", 2, run: 1, lease)
    if self == .undone { try await lake.publish("older", 1, run: 1, lease) }
    if self != .new { try await lake.publish("old", 1, run: 2, lease) }
    await lease.release()
  }

  /// Stages what is to be published.
  func stage(_ lake: Lake, _ lease: any OutputLease) async throws -> PublishAction {
    let day = lake.day(1)
    let published = try await lease.token(published: day)
    switch self {
    case .removed: return .remove(published: try #require(published))
    case .undone:
      let staged = try await lease.restage(kept: 2, as: 3, partition: day)
      return .publish(staged: try #require(staged), replaced: published)
    case .new, .replaced:
      return .publish(
        staged: try await lake.stage("new", 1, run: 3, lease), replaced: published)
    }
  }
}

@Suite("Wherever a publish into an object store is interrupted, the partition is old or new")
struct InterruptionTests {
  /// How a writer is interrupted at one of its requests.
  enum Interruption: CaseIterable {
    /// It is killed before the request arrives.
    case killedBefore
    /// It is killed when the request was carried out, before it has the answer.
    case killedAfter
    /// The request is carried out, and its answer is lost.
    case lostAnswer
    /// The request fails.
    case failure

    func begin(_ objects: MemoryObjects, at index: Int) {
      switch self {
      case .killedBefore: objects.faults.fail(at: index, isLast: true)
      case .killedAfter:
        objects.losses.fail(at: index)
        objects.faults.fail(at: index + 1, isLast: true)
      case .lostAnswer: objects.losses.fail(at: index)
      case .failure: objects.faults.fail(at: index)
      }
    }

    var isDeath: Bool { self == .killedBefore || self == .killedAfter }
  }

  @Test(arguments: Change.allCases, Interruption.allCases)
  func atAnyRequest(_ change: Change, _ interruption: Interruption) async throws {
    var index = 0
    var isInterrupted = true
    while isInterrupted {
      let lake = try Lake()
      try await change.prepare(lake)
      let note: Comment = "\(change), \(interruption) at request \(index)"
      var lease = try await lake.open()
      let action = try await change.stage(lake, lease)

      lake.objects.resetCounts()
      interruption.begin(lake.objects, at: index)
      var failure: (any Error)?
      do {
        try await lease.publish(action, run: 3, partition: lake.day(1))
      } catch {
        failure = error
      }
      isInterrupted = lake.objects.counts.values.reduce(0, +) > index
      lake.objects.faults.stop()
      lake.objects.losses.stop()
      if interruption.isDeath, isInterrupted { lease = try await lake.overtake("one") }

      var state = try await lease.recover(action, run: 3, partition: lake.day(1))
      #expect(state != .unknown, note)
      if failure == nil { #expect(state == .done, note) }
      #expect(lake.text(lake.place(1)) == (state == .done ? change.after : change.before), note)
      #expect(lake.text(lake.place(2)) == "neighbor", note)
      #expect(try await lease.recover(action, run: 3, partition: lake.day(1)) == state, note)
      if state == .notDone {
        #expect(try await !lease.kept().contains { $0.run == 3 }, note)
        let again = try await change.stage(lake, lease)
        try await lease.publish(again, run: 3, partition: lake.day(1))
        state = try await lease.recover(again, run: 3, partition: lake.day(1))
        #expect(state == .done, note)
        #expect(lake.text(lake.place(1)) == change.after, note)
      }
      let kept = lake.text(lake.hidden("kept/3/month=1/day=1/data.parquet"))
      #expect(kept == change.before, note)
      try await lease.removeStaged(except: [])
      #expect(lake.objects.openUploads.isEmpty, note)
      #expect(
        lake.objects.keys(in: "lake", prefix: "out/.fw.dovetail/staging/").isEmpty, note)
      await lease.release()
      #expect(try await lake.open("next").token(published: lake.day(2)) != nil, note)
      index += 1
    }
    #expect(index > (change == .new ? 1 : 2))
  }

  @Test("a removal in doubt keeps the lease until nobody can carry it out any more")
  func doubtfulRemoval() async throws {
    let lake = try Lake()
    let lease = try await lake.open()
    try await lake.publish("v", 1, run: 1, lease)
    lake.objects.failure = .lost(reason: "no answer")
    lake.objects.faults.fail(at: 0, of: "remove")
    try await lake.remove(1, run: 2, lease)
    // The first request may still come; the second has removed the object.
    #expect(lake.text(lake.place(1)) == nil)
    await lease.release()
    #expect(await lake.outputs().holder(of: lake.output) == Lake.holder("one"))
    #expect(try await lake.overtake().token(published: lake.day(1)) == nil)
  }

  @Test("a completion in doubt cannot be carried out after the look")
  func doubtfulCompletion() async throws {
    let lake = try Lake()
    let lease = try await lake.open()
    let staged = try await lake.stage("v", 1, run: 1, lease)
    lake.objects.failure = .lost(reason: "no answer")
    lake.objects.faults.fail(at: 0, of: "complete")
    let error = await #expect(throws: PublishError.self) {
      try await lease.publish(
        .publish(staged: staged, replaced: nil), run: 1, partition: lake.day(1))
    }
    #expect(
      error?.description
        == "Cannot publish s3://lake/out/fw/month=1/day=1/data.parquet: the store's answer did not come (no answer), so that "
        + "the write may have been carried out. The partition stays as it was and stays pending; put the cause right, "
        + "then run again.")
    #expect(lake.objects.openUploads.isEmpty)
    // Its file is still here.
    #expect(try await lease.token(staged: 1, partition: lake.day(1)) == staged)
  }

  @Test("a marker whose answer is lost is written")
  func lostMarker() async throws {
    let lake = try Lake()
    let lease = try await lake.open()
    for job in ["first", "second"] {
      let owner = OutputOwner(
        job: job, ledger: "l", workspace: "/w", location: "s3://lake/out/fw", run: 1, since: Date())
      // After the lease was confirmed.
      lake.objects.losses.fail(at: 1, of: "write")
      try await lease.claim(owner)
      #expect(lake.objects.losses.places(of: "write")[1].hasSuffix("owner.json"))
      lake.objects.losses.stop()
      #expect(try await lake.outputs().owner(of: lake.output)?.job == job)
    }
  }

  @Test("what a cancelled run has begun, it publishes")
  func cancelled() async throws {
    let lake = try Lake()
    let lease = try await lake.open()
    try await lake.publish("old", 1, run: 1, lease)
    let staged = try await lake.stage("new", 1, run: 2, lease)
    let work = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      let replaced = try await lease.token(published: lake.day(1))
      try await lease.publish(
        .publish(staged: staged, replaced: replaced), run: 2, partition: lake.day(1))
      await lease.release()
    }
    try await work.value
    #expect(lake.text(lake.place(1)) == "new")
    #expect(await lake.outputs().holder(of: lake.output) == nil)
  }
}
