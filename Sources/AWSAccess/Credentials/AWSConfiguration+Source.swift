import PartitionPredicate

/// Which source of credentials is the one to be asked.
///
/// The order is that of AWS's SDKs: a profile that was asked for; variables with a key; variables with a web identity;
/// the profile; the container; the instance. In a profile: a role; what was signed in to; a key; a process. See
/// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html.
extension AWSConfiguration {
  /// The source that comes first.
  ///
  /// - Returns: nil where nothing is configured and the metadata of instances are switched off.
  /// - Throws: `AccessError.misconfigured` for what is configured by half or in a circle.
  func source() throws(AccessError) -> CredentialsSource? {
    if !isExplicit {
      if let key = try environmentKey() { return .fixed(key) }
      if let file = environment["AWS_WEB_IDENTITY_TOKEN_FILE"] {
        guard let arn = environment["AWS_ROLE_ARN"] else {
          throw .misconfigured(
            what: "AWS_WEB_IDENTITY_TOKEN_FILE", reason: "AWS_ROLE_ARN is not set. Set both or none"
          )
        }
        let role = Role(
          arn: arn.exact,
          session: environment["AWS_ROLE_SESSION_NAME"]?.exact ?? Self.sessionName)
        return .webIdentity(role, tokenFile: file)
      }
    }
    if profiles[profile] != nil, let source = try source(of: profile, askedBy: []) {
      return source
    }
    return container ?? instance
  }

  private static let sessionName: ExactText = "dovetail"

  // The askers are the profiles whose `source_profile` led here.
  private func source(of name: ExactText, askedBy askers: [ExactText]) throws(AccessError)
    -> CredentialsSource?
  {
    let settings = try settings(of: name)
    let key = try key(of: name)
    // A key of its own is what a profile gives to others, even to itself.
    if let arn = settings["role_arn"], askers.isEmpty || key == nil {
      guard !askers.contains(name) else {
        let circle = (askers + [name]).map(\.text).joined(separator: " → ")
        throw unusable(name, "its source_profile leads back to it (\(circle))")
      }
      return try source(of: arn, name: name, askers: askers + [name])
    }
    if settings["sso_session"] != nil || settings["sso_start_url"] != nil {
      return .signIn(try signIn(of: name))
    }
    return key.map(CredentialsSource.fixed)
      ?? settings["credential_process"].map { .process(command: $0, profile: name) }
  }

  private func source(of arn: String, name: ExactText, askers: [ExactText]) throws(AccessError)
    -> CredentialsSource
  {
    let settings = try settings(of: name)
    if settings["mfa_serial"] != nil {
      throw unusable(
        name,
        "its role asks for a code (mfa_serial), and Dovetail does not ask for one. Use a "
          + "credential_process or `aws sso login` instead")
    }
    var role = Role(
      arn: arn.exact, session: settings["role_session_name"]?.exact ?? Self.sessionName)
    role.externalID = settings["external_id"]?.exact
    if let text = settings["duration_seconds"] {
      guard let seconds = Int(text) else {
        throw unusable(name, "its duration_seconds is not a number: \(text)")
      }
      role.seconds = seconds
    }
    switch (
      settings["source_profile"], settings["credential_source"],
      settings["web_identity_token_file"]
    ) {
    case (let base?, nil, nil):
      guard let source = try source(of: base.exact, askedBy: askers) else {
        throw unusable(name, "its source_profile \(base) has no credentials")
      }
      return .role(role, by: source)
    case (nil, let base?, nil): return .role(role, by: try source(called: base, of: name))
    case (nil, nil, let file?): return .webIdentity(role, tokenFile: file)
    default:
      throw unusable(
        name,
        "its role_arn needs exactly one of source_profile, credential_source and "
          + "web_identity_token_file")
    }
  }

  private func source(called text: String, of name: ExactText) throws(AccessError)
    -> CredentialsSource
  {
    let source: CredentialsSource? =
      switch text.exact {
      case "Environment": try environmentKey().map(CredentialsSource.fixed)
      case "EcsContainer": container
      case "Ec2InstanceMetadata": instance
      default:
        throw unusable(
          name,
          "its credential_source is \(text) instead of Environment, EcsContainer or "
            + "Ec2InstanceMetadata")
      }
    guard let source else {
      throw unusable(name, "its credential_source \(text) is not there")
    }
    return source
  }

  private func environmentKey() throws(AccessError) -> Credentials? {
    try Self.key(
      id: environment["AWS_ACCESS_KEY_ID"], secret: environment["AWS_SECRET_ACCESS_KEY"],
      token: environment["AWS_SESSION_TOKEN"]
    ) { set, missing in
      .misconfigured(
        what: set.exact.uppercased.text,
        reason: "\(missing.exact.uppercased) is not set. Set both or none")
    }
  }

  private func key(of name: ExactText) throws(AccessError) -> Credentials? {
    let settings = try settings(of: name)
    return try Self.key(
      id: settings["aws_access_key_id"], secret: settings["aws_secret_access_key"],
      token: settings["aws_session_token"]
    ) { set, missing in unusable(name, "it has \(set) without \(missing)") }
  }

  private static func key(
    id: String?, secret: String?, token: String?,
    half: (_ set: String, _ missing: String) -> AccessError
  ) throws(AccessError) -> Credentials? {
    switch (id, secret) {
    case (let id?, let secret?): Credentials(keyID: id, secret: secret, token: token)
    case (_?, nil): throw half("aws_access_key_id", "aws_secret_access_key")
    case (nil, _?): throw half("aws_secret_access_key", "aws_access_key_id")
    case (nil, nil): nil
    }
  }

  private func signIn(of name: ExactText) throws(AccessError) -> SignIn {
    let settings = try settings(of: name)
    var session = settings
    if let called = settings["sso_session"] {
      guard let section = section("sso-session", called) else {
        throw unusable(name, "its sso_session \(called) is not in the file")
      }
      session = section
    }
    func value(_ key: ExactText, in settings: ProfileSettings) throws(AccessError) -> ExactText {
      guard let value = settings[key] else { throw unusable(name, "\(key) is missing") }
      return value.exact
    }
    let start = try value("sso_start_url", in: session)
    return SignIn(
      profile: name, region: try value("sso_region", in: session),
      account: try value("sso_account_id", in: settings),
      role: try value("sso_role_name", in: settings), key: settings["sso_session"]?.exact ?? start)
  }

  private var container: CredentialsSource? {
    if let path = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] {
      return .container(url: "http://169.254.170.2\(path)")
    }
    return environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"].map { .container(url: $0) }
  }

  private var instance: CredentialsSource? {
    guard !environment.isTrue("AWS_EC2_METADATA_DISABLED") else { return nil }
    if let url = environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"]
      ?? settings["ec2_metadata_service_endpoint"]
    {
      return .instance(url: url)
    }
    let mode =
      environment["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"]
      ?? settings["ec2_metadata_service_endpoint_mode"]
    return .instance(
      url: mode?.exact.lowercased == "ipv6" ? "http://[fd00:ec2::254]" : "http://169.254.169.254")
  }

  /// That a profile gives no credentials.
  func unusable(_ profile: ExactText, _ reason: String) -> AccessError {
    .misconfigured(what: "The profile \(profile)", reason: reason)
  }

  /// That no source has credentials.
  var noCredentials: AccessError {
    .noCredentials(
      lookedFor:
        "AWS_ACCESS_KEY_ID, the profile \(profile) of ~/.aws, the container and the metadata of the "
        + "instance")
  }
}
