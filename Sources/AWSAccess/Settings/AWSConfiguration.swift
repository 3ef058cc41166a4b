import Foundation
public import PartitionPredicate

/// What the environment and the files of `~/.aws` say, seen from one profile.
public struct AWSConfiguration: Sendable {
  let environment: AWSEnvironment
  /// The name of the profile.
  let profile: ExactText
  /// Whether the profile was asked for, so that it goes before the variables of the environment.
  let isExplicit: Bool
  let profiles: [ExactText: ProfileSettings]
  private let config: ProfileFile

  /// Reads the files.
  ///
  /// - Parameters:
  ///   - profile: nil for the one that `AWS_PROFILE` names, which may be absent only if that names none.
  ///   - environment: It also says where the files are.
  /// - Throws: `AccessError.misconfigured` where there is no such profile; `.local` for a file that cannot be read.
  public init(profile: ExactText?, environment: AWSEnvironment) throws(AccessError) {
    self.environment = environment
    let config = try Self.read(environment["AWS_CONFIG_FILE"] ?? "~/.aws/config", environment)
    let keys = try Self.read(
      environment["AWS_SHARED_CREDENTIALS_FILE"] ?? "~/.aws/credentials", environment)
    var profiles: [ExactText: ProfileSettings] = [:]
    profiles["default"] = config.sections["default"]
    for (header, settings) in config.sections where header.begins(with: "profile ") {
      profiles[header.text.dropFirst("profile ".count).exact] = settings
    }
    for (name, settings) in keys.sections {
      profiles[name, default: [:]].merge(settings) { $1 }
    }
    self.profiles = profiles
    self.config = config

    let named = profile ?? environment["AWS_PROFILE"]?.exact
    self.profile = named ?? "default"
    isExplicit = profile != nil
    if let named { _ = try settings(of: named) }
  }

  private static func read(
    _ path: String, _ environment: AWSEnvironment
  ) throws(AccessError) -> ProfileFile {
    let path = environment.path(path)
    guard FileManager.default.fileExists(atPath: path) else { return ProfileFile("") }
    do {
      return ProfileFile(try String(contentsOfFile: path, encoding: .utf8))
    } catch {
      throw .local(path: path, reason: "it cannot be read, or is not UTF-8")
    }
  }
}

extension AWSConfiguration {
  /// What the profile sets; nothing where there is none and none was named.
  var settings: ProfileSettings { profiles[profile] ?? [:] }

  /// What a profile sets.
  ///
  /// - Throws: `AccessError.misconfigured` where there is no such profile.
  func settings(of name: ExactText) throws(AccessError) -> ProfileSettings {
    guard let settings = profiles[name] else {
      let others = profiles.keys.sorted().map(\.text).joined(separator: ", ")
      throw .misconfigured(
        what: "The profile \(name)",
        reason: "it is neither in \(paths); "
          + (others.isEmpty ? "there are no profiles" : "these profiles are: \(others)"))
    }
    return settings
  }

  /// What a section of another kind sets, such as `sso-session x`.
  func section(_ kind: String, _ name: String) -> ProfileSettings? {
    config.sections["\(kind) \(name)"]
  }

  /// The files, for people.
  var paths: String {
    "\(environment["AWS_CONFIG_FILE"] ?? "~/.aws/config") nor "
      + (environment["AWS_SHARED_CREDENTIALS_FILE"] ?? "~/.aws/credentials")
  }

  /// The region of requests; nil where nobody says one.
  public var region: String? {
    environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? settings["region"]
  }

  /// The URL of a service where another one than that of AWS is configured.
  ///
  /// https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
  ///
  /// - Parameter service: In small letters: `s3`, `sts`, `sso`, `glue`.
  /// - Returns: As it was written; nil for the one of AWS.
  public func endpoint(of service: String) -> String? {
    if environment.isTrue("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
      || settings["ignore_configured_endpoint_urls"]?.exact.lowercased == "true"
    {
      return nil
    }
    return environment["AWS_ENDPOINT_URL_\(service.exact.uppercased)"]
      ?? environment["AWS_ENDPOINT_URL"]
      ?? settings["services"].flatMap {
        section("services", $0)?["\(service).endpoint_url".exact]
      }
      ?? settings["endpoint_url"]
  }

  /// The host of one of AWS's own services: `sts.eu-central-1.amazonaws.com`.
  package static func host(of service: String, region: String) -> String {
    "\(service).\(region).amazonaws.com" + (region.exact.begins(with: "cn-") ? ".cn" : "")
  }
}

extension AWSConfiguration: CustomStringConvertible, CustomReflectable {
  /// The profile, and nothing of what is set, which may be secret.
  public var description: String { "profile \(profile)" }

  /// What a dump shows.
  public var customMirror: Mirror { Mirror(self, children: ["profile": profile]) }
}
