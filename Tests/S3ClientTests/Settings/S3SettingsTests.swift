import AWSAccess
import Foundation
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

@testable import S3Client

/// Where a store is by its settings, the environment and the files.
struct S3SettingsTests {
  private func endpoint(
    _ settings: S3Settings = S3Settings(), config: String = "", _ variables: [String: String] = [:]
  ) throws -> String {
    let home = try TemporaryFolder()
    try home.write(config, to: ".aws/config")
    let environment = AWSEnvironment(variables.merging(["HOME": home.path]) { $1 })
    let found = try settings.endpoint(
      in: AWSConfiguration(profile: settings.profile, environment: environment))
    return "\(found.url) \(found.region) \(found.pathStyle ? "path" : "host")"
  }

  private func sentence(_ settings: S3Settings = S3Settings()) -> String? {
    let error = #expect(throws: AccessError.self) { try endpoint(settings) }
    return error.map { ObjectError($0).description }
  }

  @Test func `without an endpoint it is AWS's of the region`() throws {
    let region = ["AWS_REGION": "eu-west-1"]
    #expect(
      try endpoint(S3Settings(), region).exact
        == "https://s3.eu-west-1.amazonaws.com eu-west-1 host")
    #expect(
      try endpoint(S3Settings(region: "cn-north-1"), region).exact
        == "https://s3.cn-north-1.amazonaws.com.cn cn-north-1 host")
    #expect(
      try endpoint(S3Settings(pathStyle: true), region).exact
        == "https://s3.eu-west-1.amazonaws.com eu-west-1 path")
  }

  @Test func `settings go before variables, and these before the profile`() throws {
    let config =
      "[profile etl]\nregion = eu-north-1\nendpoint_url = http://profile:1\n"
    var settings = S3Settings(profile: "etl")
    #expect(try endpoint(settings, config: config).exact == "http://profile:1 eu-north-1 path")
    let variables = ["AWS_ENDPOINT_URL": "http://variable:1", "AWS_REGION": "eu-west-1"]
    #expect(
      try endpoint(settings, config: config, variables).exact == "http://variable:1 eu-west-1 path")
    settings.endpoint = "https://settings/base"
    settings.region = "auto"
    #expect(
      try endpoint(settings, config: config, variables).exact == "https://settings/base auto path")
    settings.pathStyle = false
    #expect(
      try endpoint(settings, config: config, variables).exact == "https://settings/base auto host")
  }

  @Test func `an endpoint of AWS has the bucket in the host, another one in the path`() throws {
    for (url, style) in [
      ("https://s3.dualstack.eu-west-1.amazonaws.com", "host"),
      ("https://S3.cn-north-1.amazonaws.com.cn", "host"),
      ("https://amazonaws.com.example", "path"), ("http://127.0.0.1:8333", "path"),
    ] {
      #expect(try endpoint(S3Settings(endpoint: url.exact)).exact == "\(url) us-east-1 \(style)")
    }
  }

  @Test func `AWS without a region is refused`() {
    #expect(
      sentence()
        == "The store cannot be used: no region is set. Set AWS_REGION, the profile's `region`, or `region:` below "
        + "`stores:`.")
  }

  @Test(arguments: [
    "s3.example.com", "ftp://host", "https://", "https://host?x=1", "https://name:hidden@host", "",
  ])
  func `an endpoint that is no address of a server is refused`(text: String) {
    #expect(
      sentence(S3Settings(endpoint: text.exact))
        == "The endpoint of the store cannot be used: it is not of the form https://host, without a query and a password."
    )
  }

  @Test func `without credentials it is told where they belong`() {
    #expect(
      ObjectError(AccessError.noCredentials(lookedFor: "the profile etl")).description
        == "No credentials for the store were found in the profile etl. Set AWS_PROFILE, or `profile:` below "
        + "`stores:`.")
  }
}
