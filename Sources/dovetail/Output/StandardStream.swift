import CPOSIX
import Foundation
import Synchronization

/// A standard stream to write to: bytes go out at once, and a failure to write is remembered.
///
/// A stream that cannot be written ends nothing (I11): the writer goes on, and when the process ends, a lost answer
/// makes its status a failure.
final class StandardStream: Sendable {
  static let output = StandardStream(STDOUT_FILENO)
  static let error = StandardStream(STDERR_FILENO)

  private let descriptor: Int32
  private let firstFailure = Mutex<Int32?>(nil)

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Makes all three streams safe to use, however the process was started; call it before anything is opened.
  ///
  /// - Throws: `SurroundingsError`.
  static func prepare() throws {
    let code = system_prepare_streams()
    if code != 0 { throw SurroundingsError("The standard streams cannot be opened", code) }
  }

  /// Why something could not be written, in the system's words; nil while everything was.
  var failure: String? { firstFailure.withLock { $0 }.map { String(cString: strerror($0)) } }

  /// Whether anything can be written, which is not so for a stream that was closed when the process started.
  var isOpen: Bool { fcntl(descriptor, F_GETFL) & O_ACCMODE != O_RDONLY }

  /// Writes text as it is.
  ///
  /// An answer with a gap would look complete, so after a failure no more of it is written. A message on standard error
  /// stands for itself.
  func write(_ text: String) {
    if descriptor == STDOUT_FILENO, failure != nil { return }
    var text = text
    let code = text.withUTF8 { system_write(descriptor, $0.baseAddress, $0.count) }
    if code != 0 { firstFailure.withLock { $0 = $0 ?? code } }
  }
}

/// What the system denied a process that was just starting.
struct SurroundingsError: Error, CustomStringConvertible {
  let description: String

  init(_ what: String, _ code: Int32) {
    description = "\(what): \(String(cString: strerror(code))). Nothing was done."
  }
}

/// Hides the standard library's `print`, which silently loses what cannot be written.
@available(*, unavailable, message: "StandardStream writes; Report and StandardError format.")
func print(_ items: Any..., separator: String = " ", terminator: String = "\n") {}
