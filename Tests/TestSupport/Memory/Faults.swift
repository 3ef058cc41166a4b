import Synchronization

/// What a double was asked, and where it is to fail.
public final class Faults: Sendable {
  private struct State {
    var calls: [String] = []
    var failing: [(name: String?, at: Int)] = []
  }

  private let state = Mutex(State())

  /// Starts without a fault.
  public init() {}

  /// The calls so far, in order, each as its name and what it was about.
  public var calls: [String] { state.withLock { $0.calls } }

  /// Lets a call fail.
  ///
  /// - Parameters:
  ///   - name: The method, such as `publish`; nil for any.
  ///   - count: Which of these calls from now on fails, the next being 1.
  public func fail(_ name: String? = nil, at count: Int = 1) {
    state.withLock { $0.failing.append((name, count)) }
  }

  /// Takes note of a call.
  ///
  /// - Returns: Whether it is to fail.
  func fails(_ name: String, _ about: some CustomStringConvertible) -> Bool {
    state.withLock { state in
      state.calls.append("\(name) \(about)")
      for index in state.failing.indices
      where state.failing[index].name == nil || state.failing[index].name == name {
        state.failing[index].at -= 1
      }
      let hit = state.failing.contains { $0.at == 0 }
      state.failing.removeAll { $0.at == 0 }
      return hit
    }
  }
}
