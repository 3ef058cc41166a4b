public import PartitionPredicate

/// An object store that `dovetail.yaml` declares below `stores:`; who may use it is never said there.
public struct ObjectStoreDefinition: Hashable, Sendable {
  /// How the store encrypts what is written.
  public enum Encryption: String, Hashable, Sendable, CaseIterable {
    /// As the bucket does by itself.
    case none
    case aes256 = "AES256"
    case kms = "aws:kms"
  }

  /// The key below `stores:`.
  public let name: String
  /// The buckets that lie there; empty for all that no other store has.
  public internal(set) var buckets: [ExactText] = []
  /// A URL without a path; nil for AWS.
  public internal(set) var endpoint: String?
  /// Where the buckets lie; nil for the region of the environment or of the profile.
  public internal(set) var region: String?
  /// Whether buckets stand in the path of a URL instead of its host; nil for what fits the endpoint.
  public internal(set) var usesPathStyle: Bool?
  /// The profile of AWS's tools whose credentials are used; nil for what the environment says.
  public internal(set) var profile: String?
  /// What is asked for with each object that is written.
  public internal(set) var encryption = Encryption.none
  /// The key of `aws:kms`; nil for the account's own.
  public internal(set) var kmsKey: String?
  /// Whether the owner of the bucket gets full control of what is written.
  public internal(set) var givesOwnerFullControl = false
  /// Whether the requester pays, in buckets that ask for it.
  public internal(set) var paysForRequests = false

  /// Creates a store of which nothing is said: AWS, as the environment has it.
  public init(name: String) { self.name = name }
}
