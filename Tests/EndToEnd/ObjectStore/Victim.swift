import Dispatch
import Foundation
import Synchronization
import TestSupport

/// A process that the proxy in front of its store kills or stops at one of its requests.
final class Victim: Sendable {
  private let process = Mutex<Int32?>(nil)
  private let isKnown = DispatchSemaphore(value: 0)
  private let requests = Mutex(0)

  /// Names the process, once it is started.
  func set(_ process: Int32) {
    self.process.withLock { $0 = process }
    isKnown.signal()
  }

  /// Sends a signal to the process, which may just be starting.
  func send(_ signal: Int32) {
    isKnown.wait()
    isKnown.signal()
    if let process = process.withLock(\.self) { kill(process, signal) }
  }

  /// Counts a request; says whether it is the one of a number.
  fileprivate func isTurn(_ number: Int) -> Bool {
    requests.withLock { count in
      count += 1
      return count == number
    }
  }
}

extension FaultProxy {
  /// Kills a process at one of the requests that it makes.
  ///
  /// - Parameters:
  ///   - victim: The process.
  ///   - number: From 1, among the requests that are meant.
  ///   - isCarriedOut: Whether the store gets the request.
  ///   - isMeant: Whether a request counts.
  func kill(
    _ victim: Victim, atRequest number: Int, carriedOut isCarriedOut: Bool,
    _ isMeant: @escaping @Sendable (StoreRequest) -> Bool
  ) {
    set { request, _ in
      guard isMeant(request), victim.isTurn(number) else { return nil }
      if isCarriedOut { return .after { victim.send(SIGKILL) } }
      victim.send(SIGKILL)
      return .cutBefore
    }
  }

  /// Stops a process at the first of its requests that is meant, and holds the request until a gate is open.
  func stop(
    _ victim: Victim, until gate: Gate, _ isMeant: @escaping @Sendable (StoreRequest) -> Bool
  ) {
    set { request, _ in
      guard isMeant(request), victim.isTurn(1) else { return nil }
      victim.send(SIGSTOP)
      return .before {
        gate.hold()
      }
    }
  }
}

/// Where a request waits for a test.
final class Gate: Sendable {
  private let reached = DispatchSemaphore(value: 0)
  private let opened = DispatchSemaphore(value: 0)

  /// Holds the request until the gate is open.
  func hold() {
    reached.signal()
    opened.wait()
  }

  /// Waits for the request.
  func waitForRequest() async {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { [reached] in
        reached.wait()
        continuation.resume()
      }
    }
  }

  /// Lets the request go on.
  func open() { opened.signal() }
}
