import AWSAccess
public import PartitionPredicate

/// What `glue:` says of the catalog; never a secret.
public struct GlueSettings: Hashable, Sendable {
  /// The URL; nil for the one that the environment or the profile names, or AWS's.
  public var endpoint: ExactText?
  /// nil for that of the environment or the profile.
  public var region: ExactText?
  /// The profile of `~/.aws`, which goes before the variables of the environment.
  public var profile: ExactText?
  /// The account whose catalog is asked; nil for that of the credentials.
  public var catalog: ExactText?

  /// Creates settings; without any they are those of AWS's tools.
  public init(
    endpoint: ExactText? = nil, region: ExactText? = nil, profile: ExactText? = nil,
    catalog: ExactText? = nil
  ) {
    self.endpoint = endpoint
    self.region = region
    self.profile = profile
    self.catalog = catalog
  }

  /// The settings as every service has them.
  var service: ServiceSettings {
    ServiceSettings(
      service: "glue", noun: "Glue", section: "glue:", endpoint: endpoint, region: region)
  }
}
