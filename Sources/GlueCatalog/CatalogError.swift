public import IncrementalJoin

/// Why a request to the catalog was not carried out.
public enum CatalogError: CategorizedError, Hashable, Sendable {
  case noDatabase(String)
  case noTable(CatalogName)
  /// Glue has no bookmark of this job.
  case noBookmark(job: String)
  /// There is such a table already.
  case exists(CatalogName)
  /// Somebody else has replaced the description since it was read.
  case moved(CatalogName)
  /// A write whose answer did not come: it may have been carried out.
  case lost(reason: String)
  /// The credentials do not allow a call, which is named as permissions are: `glue:GetPartitions`.
  case denied(call: String, resource: String, reason: String)
  /// Who is asking, or how, is not known to the catalog; the catalog's words.
  case badCredentials(reason: String)
  case expiredToken
  /// There are no credentials, or what is configured cannot be used.
  case misconfigured(reason: String)
  /// The catalog asked for fewer requests, or failed, until the retries were used up.
  case busy(status: Int, attempts: Int)
  /// The catalog cannot be reached, or cut every answer.
  case unreachable(endpoint: String, reason: String)
  /// What the catalog answered is not what its API promises.
  case unreadable(call: String, reason: String)
  /// Any other refusal, in the catalog's words.
  case failed(call: String, resource: String, code: String, message: String)
  /// The task was cancelled.
  case cancelled
  /// The program was built without a client of Glue.
  case notBuilt
}

extension CatalogError {
  /// What the operator has to mend before anything can run.
  public var category: ErrorCategory { .failed }
}

extension CatalogError: Advising {
  /// The sentence for the operator: what failed, why, and what to do next.
  public func sentence(_ words: (Remedy) -> String) -> String {
    switch self {
    case .noDatabase(let name):
      "There is no database \(name) in the Glue Data Catalog of this account and region. \(words(.catalog())) lists them."
    case .noTable(let name):
      "There is no table \(name) in the Glue Data Catalog. \(words(.catalog(database: name.database))) lists those of the database."
    case .noBookmark(let job):
      "Glue has no bookmark of a job \(job). Check the name; a job has one after a successful run with bookmarks enabled."
    case .exists(let name): "The table \(name) is in the Glue Data Catalog already."
    case .moved(let name):
      "Somebody else has changed the table \(name) in the Glue Data Catalog meanwhile. Run again."
    case .lost(let reason):
      "the catalog's answer did not come (\(reason)), so that the write may have been carried out"
    case .denied(let call, let resource, let reason):
      "The credentials do not allow \(call) on \(resource): \(reason). docs/guide/glue.md lists the permissions that "
        + "Dovetail needs."
    case .badCredentials(let reason):
      "Glue refuses the credentials: \(reason). Check the key id and the secret of the profile or the environment."
    case .expiredToken:
      "The session token of the credentials has expired. Sign in again (for a profile with SSO: `aws sso login`), then "
        + "run again."
    case .misconfigured(let reason): reason
    case .busy(let status, let attempts):
      "Glue answered \(status) \(attempts) times, the last time after the longest pause. Run again later; nothing is lost."
    case .unreachable(let endpoint, let reason):
      "\(endpoint) cannot be reached: \(reason). Check the network and `glue:`, then run again."
    case .unreadable(let call, let reason): "Glue's answer to \(call) cannot be read: \(reason)."
    case .failed(let call, let resource, let code, let message):
      "\(call) on \(resource) failed: Glue answered \(code): \(message)"
    case .cancelled: "cancelled"
    case .notBuilt:
      "This dovetail was built without S3 and Glue. Build it with `make build`, and use .build/release/dovetail."
    }
  }
}
