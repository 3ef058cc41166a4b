import Console
import Synchronization
import Terminal

/// Where effects leave messages for the loop, from any thread.
final class Mailbox: Sendable {
  private let messages = Mutex<[Message]>([])
  private let waker = Waker()

  func post(_ message: Message) {
    messages.withLock { $0.append(message) }
    waker.wake()
  }

  /// Takes everything that was posted, in order.
  func takeAll() -> [Message] {
    messages.withLock { messages in
      defer { messages = [] }
      return messages
    }
  }
}
