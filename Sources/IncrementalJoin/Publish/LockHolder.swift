public import Foundation

/// Who writes an output: what a second run is told when it is refused.
public struct LockHolder: Hashable, Sendable, Codable {
  /// The login name, or `an unknown user` when the lock does not tell.
  public let user: String
  /// The name of the machine on which the process runs.
  public let host: String
  /// The process identifier on `host`; 0 when the lock does not tell.
  public let process: Int32
  /// The path of the workspace whose run holds the lock.
  public let workspace: String
  /// When the holder set out to write, by the clock of `host`.
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
  /// Who, where and since when: `process 71 of ada on node1, workspace /data, since …`.
  public var description: String {
    "process \(process) of \(user) on \(host), workspace \(workspace), "
      + "since \(since.formatted(.iso8601))"
  }
}
