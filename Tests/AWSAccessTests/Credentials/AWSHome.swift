import Foundation
import PartitionPredicate
import TestSupport

@testable import AWSAccess

/// A home folder with files of `~/.aws`, and no metadata of an instance.
struct AWSHome {
  let folder: TemporaryFolder

  init(config: String = "", credentials: String = "") throws {
    folder = try TemporaryFolder()
    try folder.write(config, to: ".aws/config")
    try folder.write(credentials, to: ".aws/credentials")
  }

  func environment(
    _ variables: [String: String] = [:]
  ) -> AWSEnvironment {
    // A busy machine takes its time.
    let home = [
      "HOME": folder.path, "AWS_EC2_METADATA_DISABLED": "true", "PATH": "/usr/bin:/bin",
      "AWS_METADATA_SERVICE_TIMEOUT": "120",
    ]
    return AWSEnvironment(home.merging(variables) { $1 })
  }

  func configuration(
    profile: ExactText? = nil, _ variables: [String: String] = [:]
  ) throws(AccessError) -> AWSConfiguration {
    try AWSConfiguration(profile: profile, environment: environment(variables))
  }

  /// The source that is chosen, as text; its credentials show their key id only.
  func source(
    profile: ExactText? = nil, _ variables: [String: String] = [:]
  ) throws(AccessError) -> CredentialsSource? {
    try configuration(profile: profile, variables).source()
  }

  /// Asks the source that is chosen.
  func credentials(
    profile: ExactText? = nil, _ variables: [String: String] = [:], at now: Date = Date()
  ) async throws(AccessError) -> Credentials {
    try await configuration(profile: profile, variables).credentials(at: now)
  }
}

extension Credentials {
  /// Until when they hold, as text.
  var end: ExactText? { expires.map { ExactText($0.formatted(.iso8601)) } }
}
