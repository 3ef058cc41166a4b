import Foundation

/// A serial executor on a thread of its own, for actors whose calls block.
///
/// Blocking calls must not occupy the few threads of Swift's own pool. The thread ends when the
/// executor is released.
public final class ThreadExecutor: SerialExecutor {
  private let queue = JobQueue()

  /// The bytes of a thread's stack.
  private static let stackSize = 8 << 20

  /// Starts the thread.
  ///
  /// - Throws: `ThreadError` when the system does not start one. Foundation's own threads do not report that, and
  ///   waiting for one would last forever.
  public init(name: String) throws(ThreadError) {
    let queue = queue
    let code = Self.start {
      Thread.current.name = name
      while let (job, executor) = queue.next() { job.runSynchronously(on: executor) }
    }
    guard code == 0 else { throw ThreadError(code: code) }
  }

  deinit { queue.close() }

  /// Makes sure that the process can start some threads now.
  ///
  /// Swift's own pool does not report that it cannot start one: it retries forever.
  ///
  /// - Throws: `ThreadError`.
  public static func check(count: Int) throws(ThreadError) {
    var executors: [ThreadExecutor] = []
    for _ in 0..<count { executors.append(try ThreadExecutor(name: "dovetail.check")) }
  }

  /// Lets a job run on the thread, after those that wait already.
  public func enqueue(_ job: consuming ExecutorJob) {
    queue.add(UnownedJob(job), for: asUnownedSerialExecutor())
  }

  /// Starts a thread; returns an error number, or 0.
  private static func start(_ body: @escaping @Sendable () -> Void) -> Int32 {
    let work = Unmanaged.passRetained(ThreadWork(body: body))
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    defer { attributes.deallocate() }
    pthread_attr_init(attributes)
    pthread_attr_setstacksize(attributes, stackSize)
    pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED))
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let code = pthread_create(&thread, attributes, runThread, work.toOpaque())
    pthread_attr_destroy(attributes)
    if code != 0 { work.release() }
    return code
  }
}

/// The work of a thread.
private final class ThreadWork: Sendable {
  let body: @Sendable () -> Void

  init(body: @escaping @Sendable () -> Void) { self.body = body }
}

#if canImport(Darwin)
  private func runThread(_ work: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<ThreadWork>.fromOpaque(work).takeRetainedValue().body()
    return nil
  }
#else
  private func runThread(_ work: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let work { Unmanaged<ThreadWork>.fromOpaque(work).takeRetainedValue().body() }
    return nil
  }
#endif

/// That the system did not start a thread.
public struct ThreadError: Error, Hashable, Sendable {
  /// The error number of `pthread_create`: `EAGAIN` most often.
  public let code: Int32

  /// Creates the error for what `pthread_create` returned.
  public init(code: Int32) { self.code = code }
}

extension ThreadError: CustomStringConvertible {
  /// What happened, why, and what to do next.
  public var description: String {
    "A thread cannot be started: \(String(cString: strerror(code))). The process may start no more of them "
      + "(a container's limit of processes, ulimit -u) or has no memory for one (ulimit -v). Raise the limit, "
      + "then run again; nothing is lost."
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
