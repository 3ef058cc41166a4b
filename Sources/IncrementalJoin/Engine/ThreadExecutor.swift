import Foundation

/// A serial executor on a thread of its own, for actors whose calls block.
///
/// Blocking calls must not occupy the few threads of Swift's own pool. The thread ends when the
/// executor is released.
public final class ThreadExecutor: SerialExecutor {
  private let queue = JobQueue()

  /// Starts the thread.
  public init(name: String) {
    let queue = queue
    let thread = Thread {
      while let (job, executor) = queue.next() { job.runSynchronously(on: executor) }
    }
    thread.name = name
    thread.stackSize = 8 << 20
    thread.start()
  }

  deinit { queue.close() }

  /// Lets a job run on the thread, after those that wait already.
  public func enqueue(_ job: consuming ExecutorJob) {
    queue.add(UnownedJob(job), for: asUnownedSerialExecutor())
  }
}

/// The jobs that wait for one thread.
private final class JobQueue: Sendable {
  private struct State {
    var jobs: [(UnownedJob, UnownedSerialExecutor)] = []
    var isClosed = false
  }

  private let condition = NSCondition()
  /// Reached only with `condition` locked.
  nonisolated(unsafe) private var state = State()

  func add(_ job: UnownedJob, for executor: UnownedSerialExecutor) {
    condition.withLock {
      state.jobs.append((job, executor))
      condition.signal()
    }
  }

  /// Waits for the next job; nil once the queue is closed and empty.
  func next() -> (UnownedJob, UnownedSerialExecutor)? {
    condition.withLock {
      while state.jobs.isEmpty && !state.isClosed { condition.wait() }
      return state.jobs.isEmpty ? nil : state.jobs.removeFirst()
    }
  }

  func close() {
    condition.withLock {
      state.isClosed = true
      condition.signal()
    }
  }
}
