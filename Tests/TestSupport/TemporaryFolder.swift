import Foundation

/// A folder for one test, removed with everything in it when the value goes.
public final class TemporaryFolder: Sendable {
  /// The folder's absolute path, without symbolic links and without a slash at its end.
  public let path: String

  /// Makes an empty folder of a new name; throws the error of Foundation when it cannot be made.
  public init() throws {
    // The system's folder for temporary files can be a link itself.
    let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
    path = "\(base)/dovetail-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Makes a folder and those above it, where they are missing; throws the error of Foundation.
  public func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: "\(path)/\(name)", withIntermediateDirectories: true)
  }

  /// Writes a text file, or writes over it, and makes the folders above it.
  ///
  /// Throws the error of Foundation when a folder or the file cannot be written.
  public func write(_ text: String, to name: String) throws {
    let file = URL(filePath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}
