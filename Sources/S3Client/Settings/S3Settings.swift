public import AWSAccess
public import Foundation
public import PartitionPredicate

/// What `stores:` says of one object store; never a secret.
public struct S3Settings: Hashable, Sendable {
  /// Which encryption is asked for what is written.
  public enum Encryption: String, CaseIterable, Sendable {
    /// None is asked for: the bucket's own holds.
    case none
    /// By keys of the store.
    case aes256 = "AES256"
    /// By a key of KMS: `S3Settings.kmsKey`, or AWS's own for S3.
    case kms = "aws:kms"
  }

  /// The URL; nil for the one that the environment or the profile names, or AWS's.
  public var endpoint: ExactText?
  /// nil for that of the environment or the profile.
  public var region: ExactText?
  /// Whether the bucket stands in the path instead of in the host; nil for yes everywhere but at AWS.
  public var pathStyle: Bool?
  /// The profile of `~/.aws`, which goes before the variables of the environment.
  public var profile: ExactText?
  /// The encryption of what is written.
  public var sse: Encryption
  /// The key's id or ARN, for `aws:kms`.
  public var kmsKey: ExactText?
  /// Whether what is written belongs to the bucket's owner entirely.
  public var ownerFullControl: Bool
  /// Whether requests are paid by who sends them.
  public var requesterPays: Bool

  /// Creates settings; without any they are those of AWS's tools.
  public init(
    endpoint: ExactText? = nil, region: ExactText? = nil, pathStyle: Bool? = nil,
    profile: ExactText? = nil, sse: Encryption = .none, kmsKey: ExactText? = nil,
    ownerFullControl: Bool = false, requesterPays: Bool = false
  ) {
    self.endpoint = endpoint
    self.region = region
    self.pathStyle = pathStyle
    self.profile = profile
    self.sse = sse
    self.kmsKey = kmsKey
    self.ownerFullControl = ownerFullControl
    self.requesterPays = requesterPays
  }
}

/// Where a store is, once environment and files are read.
public struct S3Endpoint: Hashable, Sendable {
  /// With scheme and host, perhaps with a port and a path.
  public let url: URL
  /// For signatures.
  public let region: ExactText
  /// Whether the bucket stands in the path.
  public let pathStyle: Bool
}

extension S3Settings {
  /// Finds out where the store is.
  ///
  /// - Parameter configuration: That of the settings' profile.
  /// - Returns: The endpoint; where it is not AWS's, its region is us-east-1 unless somebody names one.
  /// - Throws: `AccessError.misconfigured` for AWS without a region, or an endpoint that is no URL.
  public func endpoint(in configuration: AWSConfiguration) throws(AccessError) -> S3Endpoint {
    let found = try configuration.endpoint(
      of: ServiceSettings(
        service: "s3", noun: "the store", section: "stores:", endpoint: endpoint, region: region))
    return S3Endpoint(url: found.url, region: found.region, pathStyle: pathStyle ?? !found.isAWS)
  }
}
