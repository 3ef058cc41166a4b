import Foundation

/// A folder of one test, which goes with the value.
final class TemporaryFolder {
  let path = NSTemporaryDirectory() + "ledger-tests-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  var ledger: String { path + "/.dovetail/ledger.sqlite" }
}
