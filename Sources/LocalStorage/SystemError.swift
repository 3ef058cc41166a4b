import Foundation
import IncrementalJoin

/// A failed call of the system.
struct SystemError: Error, Hashable {
  /// The system's errno.
  let code: Int32

  /// Whether the name does not exist (any more).
  var isAbsence: Bool { code == ENOENT }

  /// Whether the system refused for lack of rights.
  var isRefusal: Bool { code == EACCES || code == EPERM }

  /// The reason in words, for a sentence.
  var reason: String {
    switch code {
    case EACCES, EPERM: "permission denied"
    case EDQUOT: "the disk quota is used up"
    case EILSEQ: "the name of a file in it is not UTF-8"
    case ENOSPC: "no space is left on the file system"
    case EROFS: "the file system is read-only"
    case EXDEV:
      "it is on another file system than the output's hidden folder, and folders are moved "
        + "between the two"
    default: String(cString: strerror(code))
    }
  }

  /// The failure of an operation on an output, for example `create the folder`.
  func cannot(_ operation: String, _ path: String) -> PublishError {
    .system(operation: operation, path: path, reason: reason)
  }
}
