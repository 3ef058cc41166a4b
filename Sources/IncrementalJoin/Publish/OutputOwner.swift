public import Foundation

/// Whose an output is: what the marker in its hidden folder says, which moves and is copied with it.
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
