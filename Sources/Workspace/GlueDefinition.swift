/// The Glue Data Catalog that `dovetail.yaml` declares as `glue:`, which never contains credentials.
public struct GlueDefinition: Hashable, Sendable {
  /// A URL without a path; nil for AWS.
  public internal(set) var endpoint: String?
  /// The region of the catalog; nil for that of the environment or the profile.
  public internal(set) var region: String?
  /// The AWS profile whose credentials are used; nil to use the environment's.
  public internal(set) var profile: String?
  /// The account that owns the catalog; nil for that of the credentials.
  public internal(set) var catalog: String?

  /// Creates the default catalog: AWS's, as the environment defines it.
  public init() {}
}
