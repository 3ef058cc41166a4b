/// Why a request to a service of AWS, or to one like it, cannot be made: for lack of credentials, of an address or of a way.
public enum AccessError: Error, Hashable, Sendable {
  /// What the environment, `~/.aws` or `dovetail.yaml` say of a service or its credentials cannot be followed.
  case misconfigured(what: String, reason: String)
  /// There are no credentials; where they were looked for.
  case noCredentials(lookedFor: String)
  /// What proves a session is no longer valid.
  case expiredToken
  /// A service that gives credentials cannot be reached.
  case unreachable(endpoint: String, reason: String)
  /// What such a service answered is not what it promises.
  case unreadable(operation: String, reason: String)
  /// A local file cannot be read.
  case local(path: String, reason: String)
  /// The task was cancelled.
  case cancelled
}

extension AccessError: CustomStringConvertible {
  /// The sentence for the operator; the clients of services add what they know of their settings.
  public var description: String {
    switch self {
    case .misconfigured(let what, let reason): "\(what) cannot be used: \(reason)."
    case .noCredentials(let places): "No credentials were found in \(places)."
    case .expiredToken:
      "The session token of the credentials has expired. Sign in again (for a profile with SSO: `aws sso login`), then "
        + "run again."
    case .unreachable(let endpoint, let reason):
      "\(endpoint) cannot be reached: \(reason). Check the network, then run again."
    case .unreadable(let operation, let reason):
      "The answer to \(operation) cannot be read: \(reason)."
    case .local(let path, let reason): "\(path): \(reason)"
    case .cancelled: "cancelled"
    }
  }
}
