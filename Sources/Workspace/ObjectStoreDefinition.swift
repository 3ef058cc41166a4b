public import PartitionPredicate

/// An object store that `dovetail.yaml` declares below `stores:`, which never contains credentials.
public struct ObjectStoreDefinition: Hashable, Sendable {
  /// How the store encrypts what is written.
  public enum Encryption: String, Hashable, Sendable, CaseIterable {
    /// The bucket's default.
    case none
    case aes256 = "AES256"
    case kms = "aws:kms"
  }

  /// The key below `stores:`.
  public let name: String
  /// The store's buckets; empty for all that no other store names.
  public internal(set) var buckets: [ExactText] = []
  /// A URL without a path; nil for AWS.
  public internal(set) var endpoint: String?
  /// The region of the buckets; nil for that of the environment or the profile.
  public internal(set) var region: String?
  /// Whether a bucket's name stands in the path of a URL instead of its host; nil for what suits the endpoint.
  public internal(set) var usesPathStyle: Bool?
  /// The AWS profile whose credentials are used; nil to use the environment's.
  public internal(set) var profile: String?
  /// The encryption requested for each object that is written.
  public internal(set) var encryption = Encryption.none
  /// The key for `aws:kms`; nil for the account's own.
  public internal(set) var kmsKey: String?
  /// Whether the bucket's owner gets full control of what is written.
  public internal(set) var givesOwnerFullControl = false
  /// Whether the requester pays, in buckets that require it.
  public internal(set) var paysForRequests = false

  /// Creates a store with defaults: AWS, as the environment defines it.
  public init(name: String) { self.name = name }
}
