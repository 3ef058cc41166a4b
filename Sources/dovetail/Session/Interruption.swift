@preconcurrency import Dispatch
import Foundation
import IncrementalJoin
import Synchronization

/// Ctrl-C and requests to terminate cancel the run that goes on, instead of ending the process.
///
/// There is one for the whole process: dispatch ends a source of signals some time after it was told
/// to, and would take the signals from a new one.
final class Interruption: Sendable {
  static let shared = Interruption()

  private struct State {
    var run: JobRun?
    var hasHappened = false
  }

  private let state = Mutex(State())
  private let sources: [any DispatchSourceSignal]

  private init() {
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: .global())
    }
    for source in sources {
      source.setEventHandler { [self] in
        state.withLock { state in
          state.hasHappened = true
          state.run?.cancel()
        }
      }
      source.resume()
    }
  }

  /// Has a run cancelled when an interruption comes, or at once when one has come already.
  func watch(_ run: JobRun) {
    state.withLock { state in
      state.run = run
      if state.hasHappened { run.cancel() }
    }
  }
}
