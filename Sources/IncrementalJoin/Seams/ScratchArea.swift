/// Folders for temporary data: rows that are recomputed only to be compared.
public protocol ScratchArea: Sendable {
  /// Makes an empty folder.
  ///
  /// - Returns: Its full path.
  /// - Throws: `EngineError` that says why it cannot be made.
  func makeFolder() throws(EngineError) -> String

  /// The full paths of the files in such a folder, in order.
  ///
  /// - Throws: `EngineError` that says why it cannot be read.
  func files(in folder: String) throws(EngineError) -> [String]

  /// Removes such a folder with its files; one that cannot be removed stays.
  func remove(_ folder: String)
}
