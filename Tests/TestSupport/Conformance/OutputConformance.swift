import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing

/// What is done to day 1 while day 2 has to stay as it is.
private enum Interrupted: CaseIterable {
  case new
  case replaced
  case removed

  var newText: String? { self == .removed ? nil : "new" }
  var oldText: String? { self == .new ? nil : "old" }

  /// Prepares what run 2 has done just before its publish.
  func prepare(_ output: StoredOutput, _ lease: any OutputLease) async throws -> PublishAction {
    try await output.publish("neighbor", 2, run: 1, lease)
    let old = self == .new ? nil : try await output.publish("old", 1, run: 1, lease)
    if self == .removed, let old { return .remove(published: old) }
    return .publish(staged: try await output.stage("new", 1, run: 2, lease), replaced: old)
  }
}

extension Conformance<StoredOutput> {
  /// What every store of outputs does.
  public static var output: [Conformance] { publishing + keeping + interrupted + holding }

  private static var publishing: [Conformance] {
    [
      Conformance(
        "what is staged is what is published, under the same token, and readers see it then"
      ) { it in
        let lease = try await it.open()
        let staged = try await it.stage("v1", 1, run: 1, lease)
        #expect(try await lease.token(staged: 1, partition: it.day(1)) == staged)
        #expect(try await it.published(1) == nil)
        #expect(try await lease.token(published: it.day(1)) == nil)
        #expect(try await lease.files(published: it.day(1)) == [])
        let files = try await lease.files(staged: 1, partition: it.day(1))
        #expect(files.count == 1 && files[0].size == 2)
        #expect(files[0].path.ends(with: "month=1/day=1/data.parquet"))
        let paths = try await it.store.stagedFiles(of: it.output, run: 1, partition: it.day(1))
        #expect(paths.map(it.read) == ["v1"])

        let action = PublishAction.publish(staged: staged, replaced: nil)
        try await lease.publish(action, run: 1, partition: it.day(1))
        try await lease.flush([it.day(1)])
        #expect(try await it.published(1) == "v1")
        #expect(try await lease.token(published: it.day(1)) == staged)
        #expect(try await lease.token(staged: 1, partition: it.day(1)) == nil)
        #expect(try await lease.files(staged: 1, partition: it.day(1)) == [])
        let published = try await lease.files(published: it.day(1))
        #expect(published.map(\.path) == files.map(\.path))
        #expect(
          PartitionVersion(files: published).id == PartitionVersion(files: files).id)
        #expect(try await it.store.files(published: it.day(1), of: it.output) == published)
      },
      Conformance("the next publish replaces all of a partition and nothing of another one") { it in
        let lease = try await it.open()
        try await it.publish("v1", 1, run: 1, lease)
        try await it.publish("other", 2, run: 1, lease)
        let first = try await lease.token(published: it.day(1))
        try await it.publish("v2", 1, run: 2, lease)
        #expect(try await it.published(1) == "v2")
        #expect(try await it.published(2) == "other")
        #expect(try await lease.token(published: it.day(1)) != first)
        #expect(try await lease.files(published: it.day(1)).count == 1)
      },
      Conformance("staging again begins anew") { it in
        let lease = try await it.open()
        let folder = try await lease.makeStagingFolder(run: 1, partition: it.day(1))
        try it.write("half", "\(folder)/half.parquet")
        _ = try await it.stage("v1", 1, run: 1, lease)
        #expect(try await lease.files(staged: 1, partition: it.day(1)).count == 1)
      },
      Conformance(
        "nothing is published over what somebody else has put there, or from what is not staged"
      ) { it in
        let lease = try await it.open()
        try await it.publish("v1", 1, run: 1, lease)
        let old = try await lease.token(published: it.day(1))
        let staged = try await it.stage("v2", 1, run: 2, lease)
        let other = StoreToken("\(staged)0")
        for action in [
          PublishAction.publish(staged: staged, replaced: nil),
          .publish(staged: staged, replaced: other),
          .publish(staged: other, replaced: old), .remove(published: other),
        ] {
          let error = await #expect(throws: PublishError.self) {
            try await lease.publish(action, run: 2, partition: it.day(1))
          }
          guard case .outputChanged? = error else {
            Issue.record("\(action): \(String(describing: error))")
            continue
          }
          #expect(try await it.published(1) == "v1")
          #expect(try await lease.token(staged: 2, partition: it.day(1)) == staged)
        }
      },
    ]
  }

  private static var keeping: [Conformance] {
    [
      Conformance("what a run replaces or removes is kept, and can be staged again") { it in
        let lease = try await it.open()
        try await it.publish("v1", 1, run: 1, lease)
        try await it.publish("v2", 1, run: 2, lease)
        try await it.remove(1, run: 3, lease)
        #expect(try await it.published(1) == nil)
        #expect(try await lease.files(published: it.day(1)) == [])
        let kept = [
          KeptRun(run: 3, partitions: 1, bytes: 2), KeptRun(run: 2, partitions: 1, bytes: 2),
        ]
        #expect(try await lease.kept() == kept)
        #expect(try await it.store.kept(of: it.output) == kept)
        #expect(try await lease.kept(run: 2, partition: it.day(1)) != nil)
        #expect(try await lease.kept(run: 1, partition: it.day(1)) == nil)
        // Readers without the lease find the files, and no other partition's.
        for (run, size) in [(1, nil), (2, 2), (3, 2)] as [(RunID, Int64?)] {
          let files = try await it.store.keptFiles(of: it.output, run: run, partition: it.day(1))
          #expect(files?.files.map(\.size) == size.map { [$0] })
          #expect(
            try await it.store.keptFiles(of: it.output, run: run, partition: it.day(2)) == nil)
        }
        #expect(try await lease.restage(kept: 1, as: 4, partition: it.day(1)) == nil)

        let staged = try #require(try await lease.restage(kept: 2, as: 4, partition: it.day(1)))
        let action = PublishAction.publish(staged: staged, replaced: nil)
        try await lease.publish(action, run: 4, partition: it.day(1))
        #expect(try await it.published(1) == "v1")
        // It stays until it is swept.
        #expect(try await lease.kept() == kept)
        try await lease.removeKept(runs: [2])
        #expect(try await lease.kept().map(\.run) == [3])
        #expect(try await it.published(1) == "v1")
      },
      Conformance("what is staged is removed but for the runs that wait") { it in
        let lease = try await it.open()
        try await it.publish("v1", 1, run: 1, lease)
        let waiting = try await it.stage("a", 1, run: 2, lease)
        _ = try await it.stage("b", 2, run: 3, lease)
        try await lease.removeStaged(except: [2])
        #expect(try await lease.token(staged: 2, partition: it.day(1)) == waiting)
        #expect(try await lease.token(staged: 3, partition: it.day(2)) == nil)
        try await lease.removeStaged(except: [])
        #expect(try await lease.token(staged: 2, partition: it.day(1)) == nil)
        #expect(try await it.published(1) == "v1")
      },
    ]
  }

  private static var interrupted: [Conformance] {
    [
      Conformance("killed after any step, a partition is old or new, and recovery says which") {
        it in
        for kind in Interrupted.allCases {
          var (steps, isKilled) = (0, true)
          while isKilled {
            var lease = try await it.open()
            let action = try await kind.prepare(it, lease)
            isKilled = try await it.publishAndDie(action, 2, it.day(1), steps, lease)
            if !isKilled { await lease.release() }
            lease = try await it.open()
            let answer = try await lease.recover(action, run: 2, partition: it.day(1))
            for _ in 1...3 {
              #expect(answer != .unknown, "\(kind), \(steps) steps")
              #expect(try await it.published(1) == (answer == .done ? kind.newText : kind.oldText))
              #expect(try await it.published(2) == "neighbor")
              #expect(try await lease.recover(action, run: 2, partition: it.day(1)) == answer)
              try await lease.flush([it.day(1)])
            }
            if !isKilled { #expect(answer == .done) }
            // What was not done can be done now, as after a rollback.
            if answer == .notDone {
              try await lease.publish(action, run: 2, partition: it.day(1))
              #expect(try await it.published(1) == kind.newText)
            }
            #expect(
              try await lease.kept().contains { $0.run == 2 } == (kind != .new),
              "\(kind), \(steps) steps")
            for day in 1...2 {
              if try await it.published(day) != nil { try await it.remove(day, run: 9, lease) }
            }
            try await lease.removeStaged(except: [])
            try await lease.removeKept(runs: try await lease.kept().map(\.run))
            await lease.release()
            steps += 1
          }
          #expect(steps > 1)
        }
      },
      Conformance(
        "what somebody else has put in the place of a partition is unknown, and left alone"
      ) { it in
        for kind in Interrupted.allCases {
          let lease = try await it.open()
          let action = try await kind.prepare(it, lease)
          if kind != .new {
            try await it.replace(it.day(1), nil)
            #expect(try await lease.recover(action, run: 2, partition: it.day(1)) == .unknown)
          }
          try await it.replace(it.day(1), "by hand")
          #expect(try await lease.recover(action, run: 2, partition: it.day(1)) == .unknown)
          #expect(try await it.published(1) == "by hand")
          for day in 1...2 { try await it.remove(day, run: 9, lease) }
          try await lease.removeStaged(except: [])
          try await lease.removeKept(runs: [1, 2, 9])
          await lease.release()
        }
      },
      Conformance("a token that a ledger has kept names the same content to the next process") {
        it in
        var lease = try await it.open()
        let old = try await it.publish("old", 1, run: 1, lease)
        let staged = try await it.stage("new", 1, run: 2, lease)
        let stored = [old, staged].map { StoreToken(ExactText("\($0)")) }
        await lease.release()
        lease = try await it.open()
        #expect(try await lease.token(published: it.day(1)) == stored[0])
        #expect(try await lease.token(staged: 2, partition: it.day(1)) == stored[1])
        let action = PublishAction.publish(staged: stored[1], replaced: stored[0])
        #expect(try await lease.recover(action, run: 2, partition: it.day(1)) == .notDone)
        try await lease.publish(action, run: 2, partition: it.day(1))
        #expect(try await it.published(1) == "new")
      },
    ]
  }

  private static var holding: [Conformance] {
    [
      Conformance("one writer holds an output, and is named to others, until it gives it up") {
        it in
        #expect(await it.store.holder(of: it.output) == nil)
        let lease = try await it.open()
        #expect(await it.store.holder(of: it.output) == StoredOutput.holder)
        let error = await #expect(throws: PublishError.self) { _ = try await it.open() }
        guard case .locked(it.output.location, StoredOutput.holder, _)? = error else {
          Issue.record("\(String(describing: error))")
          return
        }
        await lease.release()
        await lease.release()
        #expect(await it.store.holder(of: it.output) == nil)
        let next = try await it.open()
        await lease.release()
        #expect(await it.store.holder(of: it.output) == StoredOutput.holder)
        await next.release()
      },
      Conformance("a writer that has given up the output changes nothing any more") { it in
        var lease = try await it.open()
        try await it.publish("v1", 1, run: 1, lease)
        let published = try #require(try await lease.token(published: it.day(1)))
        await lease.release()
        let overtaken = lease
        for change in [
          { _ = try await $0.makeStagingFolder(run: 2, partition: it.day(1)) },
          { try await $0.publish(.remove(published: published), run: 2, partition: it.day(1)) },
          { try await $0.removeStaged(except: []) }, { try await $0.removeKept(runs: [1]) },
        ] as [(any OutputLease) async throws -> Void] {
          await #expect(throws: PublishError.self) { try await change(overtaken) }
        }
        lease = try await it.open()
        #expect(try await it.published(1) == "v1")
      },
      Conformance("the marker says whose the output is, and the last one counts") { it in
        let lease = try await it.open()
        #expect(try await it.store.owner(of: it.output) == nil)
        for job in ["first", "second"] {
          let owner = OutputOwner(
            job: job, ledger: "a-ledger", workspace: "/ws", location: "/out", run: 7,
            since: Date(timeIntervalSinceReferenceDate: 700_000_000.25))
          try await lease.claim(owner)
          #expect(try await it.store.owner(of: it.output) == owner)
        }
      },
      Conformance("there is room to stage, as far as the store knows") { it in
        let lease = try await it.open()
        #expect(try await lease.freeSpace().map { $0 > 0 } ?? true)
      },
    ]
  }
}
