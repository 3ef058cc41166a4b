import Synchronization

/// Lets a call to something in memory fail: the n-th of all, or the n-th of one name.
///
/// Without orders nothing fails, and the calls are counted, so that a test can let each of them fail in turn.
public final class Faults: Sendable {
  private struct State {
    var calls: [String] = []
    var failing: (name: String?, index: Int)?
    var isBroken = false
  }

  private let state = Mutex(State())

  /// Creates faults that let nothing fail yet.
  public init() {}

  /// The names of the calls so far, in order.
  public var calls: [String] { state.withLock(\.calls) }

  /// Lets one call fail, counted from 0 and from now on.
  ///
  /// - Parameters:
  ///   - index: Which of the calls.
  ///   - name: Of which name; nil counts all of them.
  ///   - isLast: Whether every later call fails too, as after a crash.
  public func fail(at index: Int, of name: String? = nil, isLast: Bool = false) {
    state.withLock { state in
      state.calls = []
      state.failing = (name, index)
      state.isBroken = isLast
    }
  }

  /// Lets nothing fail any more.
  public func stop() { state.withLock { $0.failing = nil } }

  /// Counts a call.
  ///
  /// - Throws: `InjectedFault` when it is to fail.
  public func enter(_ name: String) throws(InjectedFault) {
    let fails = state.withLock { state -> Bool in
      state.calls.append(name)
      guard let (wanted, index) = state.failing, wanted == nil || wanted == name else {
        return false
      }
      let count = wanted == nil ? state.calls.count : state.calls.count { $0 == wanted }
      return state.isBroken ? count > index : count - 1 == index
    }
    if fails { throw InjectedFault(call: name) }
  }
}

/// A call that a test let fail.
public struct InjectedFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name of the call.
  public let call: String

  /// Names the call.
  public var description: String { "the test let \(call) fail" }
}
