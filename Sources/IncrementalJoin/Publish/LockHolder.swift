public import Foundation

/// Who writes an output: what a second run is told when it is refused.
public struct LockHolder: Hashable, Sendable, Codable {
  public let user: String
  public let host: String
  public let process: Int32
  /// The path of the workspace whose run holds the lock.
  public let workspace: String
  public let since: Date

  /// Creates a holder.
  public init(user: String, host: String, process: Int32, workspace: String, since: Date) {
    self.user = user
    self.host = host
    self.process = process
    self.workspace = workspace
    self.since = since
  }
}

extension LockHolder: CustomStringConvertible {
  public var description: String {
    "process \(process) of \(user) on \(host), workspace \(workspace), "
      + "since \(since.formatted(.iso8601))"
  }
}
