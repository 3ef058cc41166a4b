import Foundation

/// Why a file could not be written, as a sentence that begins in lower case.
struct WritingProblem: CustomStringConvertible {
  let description: String

  /// Looks at the place where Foundation says only that something went wrong.
  init(_ error: any Error, _ path: String) {
    let files = FileManager.default
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    if files.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      description = "it is a folder."
    } else if !files.fileExists(atPath: folder, isDirectory: &isFolder) {
      description = "there is no folder \(folder)."
    } else if !isFolder.boolValue {
      description = "\(folder) is not a folder."
    } else {
      description = error.localizedDescription
    }
  }
}
