import CPOSIX
import Foundation
import Synchronization

/// What Ctrl-C, SIGTERM and SIGHUP do: the first cancels the current work, or ends a command that only looks; a second
/// ends the process at once, whatever it is doing, and the next run recovers.
///
/// There is one for the whole process. The console takes the signals over while it is open.
final class Interruption: Sendable {
  static let shared = Interruption()

  /// What an interruption does; it receives the signal.
  typealias Reaction = @Sendable (Int32) -> Void

  private struct State {
    var reaction: Reaction?
    var signal: Int32?
  }

  private let state = Mutex(State())

  /// Whether somebody has asked this process to end.
  var hasHappened: Bool { state.withLock { $0.signal != nil } }

  /// Starts listening, once.
  ///
  /// - Throws: `SurroundingsError` where no thread can be started.
  func begin() throws {
    let code = system_watch_interruptions { Interruption.shared.happen($0) }
    if code != 0 { throw SurroundingsError("No thread can be started", code) }
  }

  /// Sets what an interruption does from now on, and does it at once when one has already come; nil ends the process.
  ///
  /// - Returns: What it would have done before.
  @discardableResult
  func react(_ reaction: Reaction?) -> Reaction? {
    state.withLock { state in
      defer { state.reaction = reaction }
      if let signal = state.signal { reaction?(signal) }
      return state.reaction
    }
  }

  private func happen(_ signal: Int32) {
    let isExpected = state.withLock { state in
      state.signal = signal
      state.reaction?(signal)
      return state.reaction != nil
    }
    if isExpected { return }
    var failure = Failure(CancellationError())
    failure.say()
    try? Answer.write(failure.row)
    // Other threads are still working, so nothing may be taken away from them.
    _exit(failure.status.code)
  }
}
