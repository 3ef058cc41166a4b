import CCompression
import Foundation
import IncrementalJoin
import PartitionPredicate
import Synchronization

/// The compressed files that were found whole, each version of a file once.
///
/// DuckDB reads a file that is cut off as far as it goes, without an error, and looks at no checksum of gzip.
final class WholeFiles: Sendable {
  private let versions = Mutex<[ExactText: CompressionVersion]>([:])

  /// How many files are remembered, which is some 2 MB.
  private static let capacity = 10_000

  /// Reads a compressed file to its end, on the connection's thread; does nothing for other files.
  ///
  /// A file that is not there is DuckDB's to tell.
  ///
  /// - Throws: `EngineError.unreadableFile` for a file that is not whole; `CancellationError`.
  func check(_ file: String, on connection: Connection) async throws {
    let format: CompressionFormat
    switch TextCompression(ofFile: file) {
    case .none: return
    case .gzip: format = .gzip
    case .zstd: format = .zstd
    }
    let known = versions.withLock { $0[file.exact] }
    guard let version = try await connection.check(file, format: format, known: known) else {
      return
    }
    versions.withLock { versions in
      if versions.count >= Self.capacity { versions.removeAll() }
      versions[file.exact] = version
    }
  }
}

extension Connection {
  /// Looks whether a compressed file is whole.
  ///
  /// It blocks the connection's thread, and stops within milliseconds when the task is cancelled.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - format: How it is compressed.
  ///   - known: The version of it that needs no look.
  /// - Returns: the version that is whole; nil for a file that is not there.
  /// - Throws: `EngineError.unreadableFile`; `CancellationError`.
  fileprivate func check(
    _ path: String, format: CompressionFormat, known: CompressionVersion?
  ) throws -> CompressionVersion? {
    var report = CompressionReport()
    var known = known ?? CompressionVersion()
    let code = compression_check(path, format, &known, { Task.isCancelled }, &report)
    if code == ENOENT { return nil }
    guard code == 0 else {
      throw EngineError.unreadableFile(
        path: path, reason: String(cString: strerror(code)))
    }
    switch report.finding {
    case .whole: return report.version
    case .cancelled: throw CancellationError()
    default: throw EngineError.unreadableFile(path: path, reason: report.reason(format.name))
    }
  }
}

extension CompressionFormat {
  fileprivate var name: String {
    switch self {
    case .gzip: "gzip"
    case .zstd: "zstd"
    }
  }
}

extension CompressionReport {
  /// What is wrong with the file and what to do, to follow the file's path.
  fileprivate func reason(_ format: String) -> String {
    switch finding {
    case .whole, .cancelled: ""
    case .cutOff:
      "the \(format) data ends too early, after \(place) bytes; it is truncated or still being written"
    case .foreign: "it is not \(format) data, although its name says so"
    case .trailing: "the \(format) data ends after \(place) bytes, and something else follows"
    case .wrongChecksum: "the checksum of the \(format) data is wrong: the file is damaged"
    case .wrongLength:
      "the length at the end of the \(format) data is wrong: the file is damaged"
    case .largeWindow:
      "the \(format) data needs more than 128 MiB of memory to be read; compress it without --long"
    case .damaged: "the \(format) data cannot be decoded: \(String(cString: self.reason))"
    }
  }
}
