import Console
import Dispatch
import Synchronization

/// A value that is let go on another thread: freeing the partitions of a large table takes longer than a key may.
final class Retired<Value: Sendable>: Sendable {
  private let value: Mutex<Value?>

  init(_ value: Value) { self.value = Mutex(value) }

  /// Lets the value go; what nobody else holds is freed on another thread.
  func letGo() {
    DispatchQueue.global(qos: .utility).async { [self] in value.withLock { $0 = nil } }
  }
}
