import Foundation
import Testing

extension Workbench {
  /// Sets the modification time of a file, as `touch -d` does.
  func touch(_ name: String, _ instant: String) throws {
    let date = try Date(instant, strategy: .iso8601)
    try touch(name, date)
  }

  /// Sets the modification time of a file.
  func touch(_ name: String, _ date: Date) throws {
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path(name))
  }
}
