import Synchronization

/// What a fake was asked, in order.
final class CallLog: Sendable {
  private let calls = Mutex<[String]>([])

  var entries: [String] { calls.withLock { $0 } }

  func add(_ call: String) { calls.withLock { $0.append(call) } }
}
