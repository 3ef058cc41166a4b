import PartitionPredicate
import TestSupport
import Testing

@testable import AWSAccess

/// What environment and files say beside credentials.
struct AWSConfigurationTests {
  let home: AWSHome

  init() throws {
    home = try AWSHome(
      config: """
        [default]
        region = file-1
        [profile lake]
        region = file-2
        services = local
        endpoint_url = http://profile
        [services local]
        sts =
          endpoint_url = http://services-sts
        """,
      credentials: """
        [lake]
        aws_access_key_id = C
        aws_secret_access_key = D
        [keys]
        aws_access_key_id = A
        aws_secret_access_key = B
        """)
  }

  @Test func `the region of the environment goes before that of the profile`() throws {
    #expect(try home.configuration().region?.exact == "file-1")
    #expect(try home.configuration(["AWS_PROFILE": "lake"]).region?.exact == "file-2")
    #expect(try home.configuration(profile: "keys").region == nil)
    let second = ["AWS_DEFAULT_REGION": "env-2"]
    #expect(try home.configuration(profile: "lake", second).region?.exact == "env-2")
    let first = second.merging(["AWS_REGION": "env-1"]) { $1 }
    #expect(try home.configuration(profile: "lake", first).region?.exact == "env-1")
    #expect(try home.configuration(["AWS_REGION": ""]).region?.exact == "file-1")
  }

  @Test func `an endpoint of a service goes before one of all, and a variable before a file`()
    throws
  {
    func endpoint(_ service: String, _ variables: [String: String] = [:]) throws -> ExactText? {
      try home.configuration(profile: "lake", variables).endpoint(of: service)?.exact
    }
    #expect(try home.configuration().endpoint(of: "s3") == nil)
    #expect(try endpoint("s3") == "http://profile")
    #expect(try endpoint("sts") == "http://services-sts")
    #expect(try endpoint("sts", ["AWS_ENDPOINT_URL": "http://all"]) == "http://all")
    let both = ["AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_STS": "http://one"]
    #expect(try endpoint("sts", both) == "http://one")
    #expect(try endpoint("s3", both) == "http://all")
    let ignoring = both.merging(["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"]) { $1 }
    #expect(try endpoint("sts", ignoring) == nil)
  }

  @Test func `a profile may stand in both files, of which the one of keys goes first`() throws {
    let other = try AWSHome(
      config: "[profile a]\nregion = r\naws_access_key_id = CONFIG\naws_secret_access_key = x",
      credentials: "[a]\naws_access_key_id = KEYS")
    #expect(try other.configuration(profile: "a").region?.exact == "r")
    #expect(try other.source(profile: "a").map { "\($0)".exact } == "fixed(key KEYS)")
  }

  @Test func `files may lie elsewhere, and may be absent`() throws {
    let other = try AWSHome(config: "[profile default]\nregion = other\n[default]\nregion = no")
    let path = "\(other.folder.path)/.aws/config"
    #expect(try home.configuration(["AWS_CONFIG_FILE": path]).region?.exact == "other")
    let none = ["AWS_CONFIG_FILE": "/nowhere", "AWS_SHARED_CREDENTIALS_FILE": "/nowhere"]
    #expect(try home.configuration(none).region == nil)
  }

  @Test func `a profile that is named has to be there`() throws {
    let sentence =
      "The profile leke cannot be used: it is neither in ~/.aws/config nor ~/.aws/credentials; these profiles are: "
      + "default, keys, lake."
    let error = #expect(throws: AccessError.self) { try home.configuration(profile: "leke") }
    #expect(error?.description == sentence)
    let other = #expect(throws: AccessError.self) {
      try home.configuration(["AWS_PROFILE": "leke"])
    }
    #expect(other == error)
  }

  @Test func `a file that is not text is told`() throws {
    try home.folder.write("", to: ".aws/folder/x")
    let path = "\(home.folder.path)/.aws/folder"
    #expect(
      throws: AccessError.local(path: path, reason: "it cannot be read, or is not UTF-8")
    ) {
      try home.configuration(["AWS_CONFIG_FILE": path])
    }
  }

  @Test func `hosts of China have another end`() {
    #expect(
      AWSConfiguration.host(of: "sts", region: "eu-west-1").exact == "sts.eu-west-1.amazonaws.com")
    #expect(
      AWSConfiguration.host(of: "s3", region: "cn-north-1").exact
        == "s3.cn-north-1.amazonaws.com.cn")
  }
}
