public import Foundation
import Wording

/// Whose an output is, according to the marker in its hidden folder, which is moved and copied with it.
public struct OutputOwner: Hashable, Sendable, Codable {
  /// The job that publishes there, by its name in `dovetail.yaml`.
  public let job: String
  /// `LedgerReader.ledgerID` of the ledger that knows what was published.
  public let ledger: String
  /// The folder of the workspace that wrote the marker.
  public let workspace: String
  /// The output's location when the marker was written, without symbolic links.
  public let location: String
  /// The run that published last; nil when an output was taken over in which nothing had to be built.
  public let run: RunID?
  /// Since when that run held the output's lock; see `LedgerReader.hasLease`.
  public let since: Date

  /// Creates an owner.
  public init(
    job: String, ledger: String, workspace: String, location: String, run: RunID?, since: Date
  ) {
    self.job = job
    self.ledger = ledger
    self.workspace = workspace
    self.location = location
    self.run = run
    self.since = since
  }
}

/// Who is writing an output, as told to a second run that is refused.
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
      + "since \(Quantity.instant(since)) UTC"
  }
}
