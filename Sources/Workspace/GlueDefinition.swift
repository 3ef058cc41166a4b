/// The Glue Data Catalog that `dovetail.yaml` declares as `glue:`; who may use it is never said there.
public struct GlueDefinition: Hashable, Sendable {
  /// A URL without a path; nil for AWS.
  public internal(set) var endpoint: String?
  /// Where the catalog is; nil for the region of the environment or of the profile.
  public internal(set) var region: String?
  /// The profile of AWS's tools whose credentials are used; nil for what the environment says.
  public internal(set) var profile: String?
  /// The account whose catalog it is; nil for that of the credentials.
  public internal(set) var catalog: String?

  /// A catalog of which nothing is said: AWS's, as the environment has it.
  public init() {}
}
