import Foundation

extension Terminal {
  /// The process' environment variables.
  static func environment() -> [String: String] { ProcessInfo.processInfo.environment }
}
