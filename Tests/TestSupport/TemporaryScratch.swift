import Foundation
public import IncrementalJoin

/// Scratch folders below one of a test.
public struct TemporaryScratch: ScratchArea {
  private let folder: String

  /// Names the folder below which they lie.
  public init(folder: String) { self.folder = folder }

  /// Makes an empty folder.
  public func makeFolder() throws(EngineError) -> String {
    let path = "\(folder)/verify-\(UUID().uuidString)"
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .failed("The folder \(path) cannot be made.")
    }
    return path
  }

  /// The files of a folder, in order.
  public func files(in folder: String) throws(EngineError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        .map { "\(folder)/\($0)" }
    } catch {
      throw .failed("\(error)")
    }
  }

  /// Removes a folder.
  public func remove(_ folder: String) { try? FileManager.default.removeItem(atPath: folder) }
}
