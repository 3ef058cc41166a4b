import Foundation
import IncrementalJoin
import Ledger
import Synchronization

/// A thread on which code that blocks lets requests be made.
///
/// Who blocks may occupy the last thread of Swift's own pool, so that what it waits for must not need that pool: the
/// tasks prefer this thread, and so do the clients that they call.
final class RequestThread: TaskExecutor {
  private let thread: ThreadExecutor

  /// Starts the thread.
  ///
  /// - Throws: `ThreadError` when the system does not start one.
  init() throws(ThreadError) { thread = try ThreadExecutor(name: "dovetail.ledger") }

  func enqueue(_ job: consuming ExecutorJob) { thread.enqueue(job) }

  /// Blocks until the work is done.
  func wait<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) throws -> Value {
    let outcome = Outcome<Value>()
    let done = DispatchSemaphore(value: 0)
    Task(executorPreference: self) {
      do {
        let value = try await work()
        outcome.result.withLock { $0 = .success(value) }
      } catch {
        outcome.result.withLock { $0 = .failure(error) }
      }
      done.signal()
    }
    done.wait()
    return try outcome.result.withLock { $0 }.get()
  }

  private final class Outcome<Value: Sendable>: Sendable {
    let result = Mutex<Result<Value, any Error>>(.failure(CancellationError()))
  }
}
