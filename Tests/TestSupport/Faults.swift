import Synchronization

/// Lets a call to something in memory fail, or something else happen just then: at the n-th of all, or the n-th of one
/// name.
///
/// Without orders nothing fails, and the calls are counted, so that a test can let each of them fail in turn.
public final class Faults: Sendable {
  private struct State {
    var calls: [(name: String, about: String)] = []
    var failing: (name: String?, index: Int)?
    /// What happens instead of a failure, told what the call is about.
    var action: (@Sendable (_ about: String) -> Void)?
    var isBroken = false
  }

  private let state = Mutex(State())

  /// Creates faults that let nothing fail yet.
  public init() {}

  /// The names of the calls so far, in order.
  public var calls: [String] { state.withLock { $0.calls.map(\.name) } }

  /// What the calls of one name were about, in order.
  public func places(of name: String) -> [String] {
    state.withLock { $0.calls.filter { $0.name == name }.map(\.about) }
  }

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
      state.action = nil
    }
  }

  /// Lets something happen at the start of one call, which then goes on.
  ///
  /// - Parameters:
  ///   - index: Which of the calls, counted from 0 and from now on.
  ///   - name: Of which name; nil counts all of them.
  ///   - action: Is told the place or the partition that the call is about.
  public func act(
    at index: Int, of name: String? = nil, _ action: @escaping @Sendable (_ about: String) -> Void
  ) {
    fail(at: index, of: name)
    state.withLock { $0.action = action }
  }

  /// Lets nothing fail any more.
  public func stop() { state.withLock { $0.failing = nil } }

  /// Counts a call.
  ///
  /// - Parameters:
  ///   - name: The method, such as `publish`.
  ///   - about: The place or the partition that it is asked of.
  /// - Throws: `InjectedFault` when it is to fail.
  public func enter(_ name: String, _ about: String = "") throws(InjectedFault) {
    if fails(name, about) { throw InjectedFault(call: name) }
  }

  /// Counts a call of something that has an error of its own.
  ///
  /// - Returns: Whether it is to fail.
  func fails(_ name: String, _ about: some CustomStringConvertible) -> Bool {
    let (isHit, action) = state.withLock { state in
      state.calls.append((name, about.description))
      guard let (wanted, index) = state.failing, wanted == nil || wanted == name else {
        return (false, state.action)
      }
      let count = wanted == nil ? state.calls.count : state.calls.count { $0.name == wanted }
      return (state.isBroken ? count > index : count - 1 == index, state.action)
    }
    guard isHit, let action else { return isHit }
    action(about.description)
    return false
  }
}

/// A call that a test let fail.
public struct InjectedFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name of the call.
  public let call: String

  /// Names the call.
  public var description: String { "the test let \(call) fail" }
}
