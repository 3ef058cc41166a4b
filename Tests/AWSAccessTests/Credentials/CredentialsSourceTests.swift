import Foundation
import PartitionPredicate
import Testing

@testable import AWSAccess

/// Which source of credentials is chosen.
struct CredentialsSourceTests {
  let key = ["AWS_ACCESS_KEY_ID": "ENVKEY", "AWS_SECRET_ACCESS_KEY": "hidden"]
  let identity = ["AWS_WEB_IDENTITY_TOKEN_FILE": "/token", "AWS_ROLE_ARN": "arn:web"]
  let container = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/x"]

  private func chosen(
    _ home: AWSHome, profile: ExactText? = nil, _ variables: [String: String] = [:]
  ) throws -> String {
    try home.source(profile: profile, variables).map { "\($0)" } ?? "none"
  }

  private func sentence(
    _ home: AWSHome, profile: ExactText? = nil, _ variables: [String: String] = [:]
  ) -> String? {
    #expect(throws: AccessError.self) { try home.source(profile: profile, variables) }?.description
  }

  @Test func `sources are asked in the order of AWS's tools`() throws {
    let home = try AWSHome(
      config: "[profile empty]\nregion = x\n[profile p]\ncredential_process = print",
      credentials: "[default]\naws_access_key_id = FILEKEY\naws_secret_access_key = hidden")
    let all = key.merging(identity) { $1 }.merging(container) { $1 }
    let instance = ["AWS_EC2_METADATA_DISABLED": "false"]

    #expect(try chosen(home, all) == "fixed(key ENVKEY)")
    #expect(
      try chosen(home, identity.merging(container) { $1 })
        == #"webIdentity(AWSAccess.Role(arn: arn:web, session: dovetail, externalID: nil, seconds: nil), "#
        + #"tokenFile: "/token")"#)
    #expect(try chosen(home, container) == "fixed(key FILEKEY)")
    #expect(
      try chosen(home, profile: "p", all) == #"process(command: "print", profile: p)"#)
    #expect(
      try chosen(home, profile: "empty", all)
        == #"container(url: "http://169.254.170.2/v2/x")"#)
    #expect(
      try chosen(home, profile: "empty", instance) == #"instance(url: "http://169.254.169.254")"#)
    #expect(try chosen(home, profile: "empty") == "none")
    #expect(
      try chosen(home, key.merging(["AWS_PROFILE": "p"]) { $1 }) == "fixed(key ENVKEY)")
  }

  @Test func `without any profile the metadata are left`() throws {
    let home = try AWSHome()
    let six = ["AWS_EC2_METADATA_DISABLED": "", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv6"]
    #expect(try chosen(home, six) == #"instance(url: "http://[fd00:ec2::254]")"#)
    #expect(try chosen(home) == "none")
  }

  @Test func `a role is taken on by another profile, which may take on one itself`() throws {
    let home = try AWSHome(
      config: """
        [profile top]
        role_arn = arn:top
        source_profile = middle
        external_id = ours
        role_session_name = nightly
        duration_seconds = 900
        [profile middle]
        role_arn = arn:middle
        source_profile = base
        [profile own]
        role_arn = arn:own
        source_profile = own
        [profile identity]
        role_arn = arn:identity
        web_identity_token_file = ~/token
        [profile environment]
        role_arn = arn:environment
        credential_source = Environment
        [profile instance]
        role_arn = arn:instance
        credential_source = Ec2InstanceMetadata
        """,
      credentials: """
        [base]
        aws_access_key_id = BASE
        aws_secret_access_key = hidden
        [own]
        aws_access_key_id = OWN
        aws_secret_access_key = hidden
        """)
    guard
      case .role(let top, by: .role(let middle, by: .fixed(let base)))? =
        try home.source(profile: "top")
    else {
      Issue.record("top is taken on otherwise")
      return
    }
    #expect(top == Role(arn: "arn:top", session: "nightly", externalID: "ours", seconds: 900))
    #expect(middle == Role(arn: "arn:middle", session: "dovetail"))
    #expect(base.keyID.exact == "BASE")

    func end(_ profile: ExactText, _ variables: [String: String] = [:]) throws -> String {
      String(try chosen(home, profile: profile, variables).suffix(30))
    }
    #expect(try end("own").contains("fixed(key OWN)"))
    #expect(try end("identity").contains(#"tokenFile: "~/token")"#))
    #expect(try end("environment", key).contains("fixed(key ENVKEY)"))
    #expect(
      try chosen(home, profile: "instance", ["AWS_EC2_METADATA_DISABLED": "false"])
        .contains(".instance("))
    #expect(
      sentence(home, profile: "environment")
        == "The profile environment cannot be used: its credential_source Environment is not there."
    )
  }

  @Test func `what was signed in to, in both forms`() throws {
    let home = try AWSHome(
      config: """
        [profile new]
        sso_session = corp
        sso_account_id = 1
        sso_role_name = reader
        [sso-session corp]
        sso_start_url = https://corp
        sso_region = eu-west-1
        [profile old]
        sso_start_url = https://corp
        sso_region = eu-west-1
        sso_account_id = 1
        sso_role_name = reader
        [profile lost]
        sso_session = nowhere
        [profile half]
        sso_session = corp
        sso_account_id = 1
        """)
    guard case .signIn(var new)? = try home.source(profile: "new"),
      case .signIn(let old)? = try home.source(profile: "old")
    else {
      Issue.record("not signed in")
      return
    }
    #expect(new.key == "corp")
    new.key = old.key
    new.profile = "old"
    #expect(
      new == old
        && old
          == SignIn(
            profile: "old", region: "eu-west-1", account: "1", role: "reader", key: "https://corp")
    )
    #expect(
      sentence(home, profile: "lost")
        == "The profile lost cannot be used: its sso_session nowhere is not in the file.")
    #expect(
      sentence(home, profile: "half")
        == "The profile half cannot be used: sso_role_name is missing.")
  }

  @Test(
    "what is configured by half or in a circle",
    arguments: [
      ("half", "it has aws_access_key_id without aws_secret_access_key"),
      ("otherHalf", "it has aws_secret_access_key without aws_access_key_id"),
      ("a", "its source_profile leads back to it (a → b → c → a)"),
      ("self", "its source_profile leads back to it (self → self)"),
      ("toEmpty", "its source_profile empty has no credentials"),
      (
        "alone",
        "its role_arn needs exactly one of source_profile, credential_source and web_identity_token_file"
      ),
      (
        "both",
        "its role_arn needs exactly one of source_profile, credential_source and web_identity_token_file"
      ),
      (
        "odd",
        "its credential_source is Moon instead of Environment, EcsContainer or Ec2InstanceMetadata"
      ),
      ("soon", "its duration_seconds is not a number: soon"),
      (
        "code",
        "its role asks for a code (mfa_serial), and Dovetail does not ask for one. Use a credential_process or "
          + "`aws sso login` instead"
      ),
    ])
  func mistakes(profile: String, reason: String) throws {
    let home = try AWSHome(
      config: """
        [profile half]
        aws_access_key_id = A
        [profile otherHalf]
        aws_secret_access_key = hidden
        [profile a]
        role_arn = arn:a
        source_profile = b
        [profile b]
        role_arn = arn:b
        source_profile = c
        [profile c]
        role_arn = arn:c
        source_profile = a
        [profile self]
        role_arn = arn:self
        source_profile = self
        [profile empty]
        [profile toEmpty]
        role_arn = arn:x
        source_profile = empty
        [profile alone]
        role_arn = arn:x
        [profile both]
        role_arn = arn:x
        source_profile = a
        credential_source = Environment
        [profile odd]
        role_arn = arn:x
        credential_source = Moon
        [profile soon]
        role_arn = arn:x
        source_profile = a
        duration_seconds = soon
        [profile code]
        role_arn = arn:x
        source_profile = a
        mfa_serial = arn:mfa
        """)
    #expect(
      sentence(home, profile: profile.exact)
        == "The profile \(profile) cannot be used: \(reason).")
  }

  @Test func `a profile that leads to one that is not there`() throws {
    let home = try AWSHome(config: "[profile a]\nrole_arn = arn:a\nsource_profile = b")
    #expect(
      sentence(home, profile: "a")?.exact.begins(
        with: "The profile b cannot be used: it is neither")
        == true)
  }

  @Test func `variables that are set by half`() throws {
    let home = try AWSHome()
    #expect(
      sentence(home, ["AWS_ACCESS_KEY_ID": "A"])
        == "AWS_ACCESS_KEY_ID cannot be used: AWS_SECRET_ACCESS_KEY is not set. Set both or none.")
    #expect(
      sentence(home, ["AWS_SECRET_ACCESS_KEY": "hidden", "AWS_ACCESS_KEY_ID": ""])
        == "AWS_SECRET_ACCESS_KEY cannot be used: AWS_ACCESS_KEY_ID is not set. Set both or none.")
    #expect(
      sentence(home, ["AWS_WEB_IDENTITY_TOKEN_FILE": "/token"])
        == "AWS_WEB_IDENTITY_TOKEN_FILE cannot be used: AWS_ROLE_ARN is not set. Set both or none.")
  }
}
