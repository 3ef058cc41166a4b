import Synchronization

/// The kinds of requests to an object store, as `MemoryObjects` counts them and lets them fail.
public enum MemoryRequest: String, CaseIterable, Sendable {
  case list
  case head
  case read
  case download
  case write
  case copy
  case remove
  case removeSeveral
  case beginUpload
  case upload
  case copyPart
  case complete
  case abort
  case uploads
}

/// A request that a test holds back after it was sent and before the store carries it out.
///
/// Its sender waits meanwhile, as a process does that was stopped.
public final class HeldRequest: Sendable {
  private let arrival = Occasion()
  private let release = Occasion()

  init() {}

  /// Waits until the request has been sent.
  public func arrived() async { await arrival.wait() }

  /// Lets the store carry it out.
  public func proceed() { release.occur() }

  /// Keeps the request until the test lets it go.
  func pass() async {
    arrival.occur()
    await release.wait()
  }
}

/// What happens once, and is waited for before or after.
private final class Occasion: Sendable {
  private let state = Mutex<(hasOccurred: Bool, waiting: [CheckedContinuation<Void, Never>])>(
    (false, []))

  func occur() {
    let waiting = state.withLock { state in
      defer { state = (true, []) }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  func wait() async {
    await withCheckedContinuation { continuation in
      let hasOccurred = state.withLock { state in
        if !state.hasOccurred { state.waiting.append(continuation) }
        return state.hasOccurred
      }
      if hasOccurred { continuation.resume() }
    }
  }
}
