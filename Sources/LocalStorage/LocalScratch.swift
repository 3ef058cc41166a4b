import Foundation
public import IncrementalJoin

/// Scratch folders on this machine, below one that is made when it is first needed.
public struct LocalScratch: ScratchArea {
  private let folder: String

  /// Names the folder below which they lie, by its full path; it need not exist.
  public init(folder: String) { self.folder = folder }

  /// Makes an empty folder.
  public func makeFolder() throws(EngineError) -> String {
    let path = "\(folder)/verify-\(UUID().uuidString)"
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .failed(
        "The folder \(path) for the recomputed rows could not be made: "
          + "\(error.localizedDescription)")
    }
    return path
  }

  /// The files of a folder, in order.
  public func files(in folder: String) throws(EngineError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        .map { "\(folder)/\($0)" }
    } catch {
      throw .failed(
        "The folder \(folder) with the recomputed rows could not be read: "
          + "\(error.localizedDescription)")
    }
  }

  /// Removes a folder.
  public func remove(_ folder: String) { try? FileManager.default.removeItem(atPath: folder) }
}
