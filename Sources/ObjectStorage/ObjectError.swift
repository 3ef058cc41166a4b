public import IncrementalJoin
public import PartitionPredicate

/// Why a request to an object store was not carried out.
public enum ObjectError: CategorizedError, Hashable, Sendable {
  /// There is no such object.
  case absent
  /// There is no such bucket.
  case noBucket(ExactText)
  /// The condition of a request does not hold: another content is there, or none.
  case unmet
  /// The upload was aborted, or completed and replaced.
  case noUpload
  /// A write whose answer did not come: it may have been carried out.
  case lost(reason: String)
  /// The credentials do not allow it; the store's words.
  case denied(operation: String, place: String, reason: String)
  /// The store does not know the key id, or the signature is not that of its secret.
  case badCredentials(reason: String)
  /// The session token is no longer valid.
  case expiredToken
  /// The bucket lies in another region; nil where the store does not say in which.
  case otherRegion(bucket: ExactText, region: String?)
  /// This machine's clock and the store's differ by more than the store allows.
  case clockSkew(reason: String)
  /// The request came after the end of its validity, and was not carried out.
  case tooLate
  /// The store does not remove several objects by one request.
  case noBatches
  /// The store asked for fewer requests, or failed, until the retries were used up.
  case busy(status: Int, attempts: Int)
  /// The store cannot be reached, or cut every answer.
  case unreachable(endpoint: String, reason: String)
  /// There are no credentials; where they were looked for.
  case noCredentials(lookedFor: String)
  /// What the environment, `~/.aws` or `stores:` say of the store or its credentials cannot be followed.
  case misconfigured(what: String, reason: String)
  /// What the store answered is not what its API promises.
  case unreadable(operation: String, reason: String)
  /// Any other refusal, in the store's words.
  case failed(operation: String, place: String, status: Int, code: String, message: String)
  /// The local file of a download or an upload.
  case local(path: String, reason: String)
  /// The task was cancelled.
  case cancelled
  /// The program was built without a client of object stores.
  case notBuilt
}

extension ObjectError {
  /// What the operator has to mend before anything can run is refused.
  public var category: ErrorCategory { .failed }
}

extension ObjectError: CustomStringConvertible {
  /// The sentence for the operator: what failed, why, and what to do next.
  public var description: String {
    switch self {
    case .absent: "there is no such object"
    case .noBucket(let bucket):
      "There is no bucket \(bucket) at this endpoint. Check its name, and `endpoint:` below `stores:`."
    case .unmet: "another content is there than was expected"
    case .noUpload: "the upload was aborted by somebody else"
    case .lost(let reason):
      "the store's answer did not come (\(reason)), so that the write may have been carried out"
    case .denied(let operation, let place, let reason):
      "The credentials do not allow to \(operation) \(place): \(reason). docs/guide/s3.md lists the permissions "
        + "that Dovetail needs."
    case .badCredentials(let reason):
      "The store refuses the credentials: \(reason). Check the key id and the secret of the profile or the environment."
    case .expiredToken:
      "The session token of the credentials has expired. Sign in again (for a profile with SSO: `aws sso login`), then "
        + "run again."
    case .otherRegion(let bucket, let region):
      "The bucket \(bucket) is in \(region.map { "the region \($0)" } ?? "another region"). Say so with `region:` below "
        + "`stores:`."
    case .clockSkew(let reason):
      "The clock of this machine and the store's differ too much: \(reason). Set the clock, then run again."
    case .tooLate: "the store got the request after the end of the time in which it was allowed"
    case .noBatches: "the store removes objects one by one only"
    case .busy(let status, let attempts):
      "The store answered \(status) \(attempts) times, the last time after the longest pause. Run again later; nothing is "
        + "lost."
    case .unreachable(let endpoint, let reason):
      "\(endpoint) cannot be reached: \(reason). Check `endpoint:` below `stores:` and the network, then run again."
    case .noCredentials(let places):
      "No credentials for the store were found in \(places). Set AWS_PROFILE, or `profile:` below `stores:`."
    case .misconfigured(let what, let reason): "\(what) cannot be used: \(reason)."
    case .unreadable(let operation, let reason):
      "The store's answer to \(operation) cannot be read: \(reason)."
    case .failed(let operation, let place, let status, let code, let message):
      "Cannot \(operation) \(place): the store answered \(status) \(code): \(message)"
    case .local(let path, let reason): "\(path): \(reason)"
    case .cancelled: "cancelled"
    case .notBuilt:
      "This dovetail was built without S3. Build it with `make build`, and use .build/release/dovetail."
    }
  }
}
