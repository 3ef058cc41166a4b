import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import ObjectStorage

/// Code that blocks in Swift's own pool while it waits for requests.
struct RequestThreadTests {
  @Test("writers that occupy the whole pool do not wait for each other", .timeLimit(.minutes(15)))
  func writers() async throws {
    let store = MemoryObjects()
    let count = 2 * ProcessInfo.processInfo.activeProcessorCount
    try await withThrowingDiscardingTaskGroup { group in
      for number in 1...count {
        group.addTask { @concurrent in
          let machine = try Machine(store, place: ObjectPlace(bucket: "lake", key: "\(number)"))
          try machine.remote.open().build(["day=1"])
        }
      }
    }
    // Two snapshots, and five changes.
    #expect(store.keys(in: "lake").count == 7 * count)
  }

  @Test("what is asked for reaches no thread of the pool", .timeLimit(.minutes(15)))
  func pool() async throws {
    let count = 2 * ProcessInfo.processInfo.activeProcessorCount
    let hops = Hops()
    try await withThrowingDiscardingTaskGroup { group in
      for _ in 1...count {
        group.addTask { @concurrent in
          let thread = try RequestThread()
          for _ in 1...100 {
            try thread.wait {
              await hopped()
              await hops.add()
              try await withThrowingDiscardingTaskGroup { $0.addTask { await hopped() } }
            }
          }
        }
      }
    }
    #expect(await hops.count == 100 * count)
  }

  @Test("an error is thrown where it is waited for")
  func failure() throws {
    let thread = try RequestThread()
    #expect(throws: CancellationError.self) {
      try thread.wait { throw CancellationError() }
    }
  }
}

/// Runs in the pool, unless the task prefers another thread.
@concurrent private func hopped() async { await Task.yield() }

private actor Hops {
  private(set) var count = 0
  func add() { count += 1 }
}
