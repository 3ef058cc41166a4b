import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing
import TestSupport

@testable import ObjectStorage

@Suite("An output in an object store costs few requests")
struct RequestTests {
  @Test func threeForAPartitionBeyondTheKeptVersion() async throws {
    let lake = try Lake()
    var lease = try await lake.open()
    for run in 1...2 {
      lake.objects.resetCounts()
      var actions: [PublishAction] = []
      for day in 1...24 {
        let staged = try await lake.stage("v\(run)", day, run: RunID(run), lease)
        let replaced = try await lease.token(published: lake.day(day))
        actions.append(.publish(staged: staged, replaced: replaced))
      }
      for (day, action) in zip(1..., actions) {
        try await lease.publish(action, run: RunID(run), partition: lake.day(day))
      }
      try await lease.flush((1...24).map(lake.day))
      var counts: [MemoryRequest: Int] = [
        .beginUpload: 24, .upload: 24, .complete: 24,
        // Once for all partitions that were staged together, so that a successor finds their uploads.
        .write: 1,
        // Of what is published, and of what is kept.
        .list: 2,
      ]
      if run == 2 { counts[.copy] = 24 }
      #expect(lake.objects.counts == counts)
      await lease.release()
      lease = try await lake.open()
    }
  }

  @Test func fewForARunThatFindsNothingToDo() async throws {
    let lake = try Lake()
    await (try await lake.open()).release()
    lake.objects.resetCounts()
    let lease = try await lake.open()
    try await lease.removeStaged(except: [])
    #expect(try await lease.kept().isEmpty)
    await lease.release()
    #expect(lake.objects.counts == [.read: 1, .write: 2, .list: 1, .uploads: 1])
  }

  @Test func oneListingForAThousandKeys() async throws {
    let lake = try Lake()
    for day in 1...2500 { lake.objects.put(Data("x".utf8), at: lake.place(day)) }
    let lease = try await lake.open()
    lake.objects.resetCounts()
    for day in 1...2500 { #expect(try await lease.token(published: lake.day(day)) != nil) }
    #expect(try await lease.files(published: lake.day(9)).count == 1)
    #expect(lake.objects.counts == [.list: 3])
  }
}
