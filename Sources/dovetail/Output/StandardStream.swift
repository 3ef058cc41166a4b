import CPOSIX
import Foundation
import Synchronization

/// A standard stream to write to: bytes go out at once, and what could not be written is remembered.
///
/// Nothing ends because of a stream that cannot be written (I11): whoever writes goes on, and the end of
/// the process makes an answer that was lost a status.
final class StandardStream: Sendable {
  static let output = StandardStream(STDOUT_FILENO)
  static let error = StandardStream(STDERR_FILENO)

  private let descriptor: Int32
  private let firstFailure = Mutex<Int32?>(nil)

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Makes all three streams safe to use, however the process was started: before anything is opened.
  ///
  /// - Throws: `SurroundingsError`.
  static func prepare() throws {
    let code = system_prepare_streams()
    if code != 0 { throw SurroundingsError("The standard streams cannot be opened", code) }
  }

  /// Why something could not be written, in the system's words; nil while all of it was.
  var failure: String? { firstFailure.withLock { $0 }.map { String(cString: strerror($0)) } }

  /// Whether anything can be written: not to a stream that the process was started without.
  var isOpen: Bool { fcntl(descriptor, F_GETFL) & O_ACCMODE != O_RDONLY }

  /// Writes text as it is.
  ///
  /// An answer with a hole in it would look whole: after a failure nothing more of it is written. A
  /// message on standard error stands for itself.
  func write(_ text: String) {
    if descriptor == STDOUT_FILENO, failure != nil { return }
    var text = text
    let code = text.withUTF8 { system_write(descriptor, $0.baseAddress, $0.count) }
    if code != 0 { firstFailure.withLock { $0 = $0 ?? code } }
  }
}

/// What the system refuses a process that is just starting.
struct SurroundingsError: Error, CustomStringConvertible {
  let description: String

  init(_ what: String, _ code: Int32) {
    description = "\(what): \(String(cString: strerror(code))). Nothing was done."
  }
}

/// Hides the standard library's `print`, which loses what cannot be written without a word.
@available(*, unavailable, message: "StandardStream writes; Report and StandardError format.")
func print(_ items: Any..., separator: String = " ", terminator: String = "\n") {}
