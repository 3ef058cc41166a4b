import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import AWSAccess

/// The services beside a container and an instance, played by a server on this machine.
struct MetadataServiceTests {
  static let document =
    #"{"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"METAKEY","SecretAccessKey":"hidden","Token":"tok","#
    + #""Expiration":"2030-01-02T03:04:05Z","RoleArn":"arn:x","LastUpdated":"2029-01-01T00:00:00Z"}"#

  /// An instance with one role, whose metadata want a token.
  static func instance(_ request: LoopbackServer.Request) -> LoopbackServer.Answer {
    let isKnown = request.header("x-aws-ec2-metadata-token") == "proof"
    let roles: ExactText = "/latest/meta-data/iam/security-credentials/"
    return switch (request.method.exact, request.uri.exact) {
    case ("PUT", "/latest/api/token")
    where request.header("x-aws-ec2-metadata-token-ttl-seconds") != nil:
      .init(body: "proof")
    case ("GET", roles) where isKnown: .init(body: "etl role\n")
    case ("GET", "\(roles)etl%20role") where isKnown: .init(body: document)
    default: .init(status: isKnown ? 404 : 401)
    }
  }

  private func onInstance(_ server: LoopbackServer) -> [String: String] {
    ["AWS_EC2_METADATA_DISABLED": "", "AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url]
  }

  @Test func `an instance is asked by the second version`() async throws {
    let server = try await LoopbackServer { Self.instance($0) }
    let found = try await AWSHome().credentials(onInstance(server))
    #expect(found.keyID.exact == "METAKEY")
    #expect(found.token?.exact == "tok")
    #expect(found.end == "2030-01-02T03:04:05Z")
    #expect(server.requests.count == 3)
  }

  @Test func `a proxy is not for metadata`() async throws {
    let server = try await LoopbackServer { Self.instance($0) }
    let proxy = ["HTTP_PROXY": "http://127.0.0.1:1", "http_proxy": "http://127.0.0.1:1"]
    #expect(
      try await AWSHome().credentials(onInstance(server).merging(proxy) { $1 }).keyID.exact
        == "METAKEY")
  }

  @Test func `where there are no metadata or no role it is told where was looked`() async throws {
    let sentence =
      "No credentials were found in AWS_ACCESS_KEY_ID, the profile default of ~/.aws, the container and "
      + "the metadata of the instance."
    let mute = try await LoopbackServer { _ in nil }
    let other = try await LoopbackServer { _ in .init(status: 404) }
    let roleless = try await LoopbackServer {
      $0.method.exact == "PUT" ? .init(body: "x") : .init()
    }
    for (server, patience) in [(mute, "1"), (other, "120"), (roleless, "120")] {
      let variables = onInstance(server).merging(["AWS_METADATA_SERVICE_TIMEOUT": patience]) { $1 }
      let error = await #expect(throws: AccessError.self) {
        try await AWSHome().credentials(variables)
      }
      #expect(error?.description == sentence)
    }
    #expect(mute.requests.count == 1)
    let off = await #expect(throws: AccessError.self) { try await AWSHome().credentials() }
    #expect(off?.description == sentence)
  }

  @Test func `an instance whose role cannot be had says so`() async throws {
    let server = try await LoopbackServer { request in
      request.uri.exact.ends(with: "role")
        ? .init(body: #"{"Code":"Failed","Message":"hidden"}"#) : Self.instance(request)
    }
    let error = await #expect(throws: AccessError.self) {
      try await AWSHome().credentials(onInstance(server))
    }
    #expect(
      error
        == .unreadable(
          operation: "ask the metadata of the instance", reason: "there are no credentials in it"))
  }

  @Test func `a container is asked with the token that is in its environment or a file`()
    async throws
  {
    let server = try await LoopbackServer { _ in .init(body: Self.document) }
    let home = try AWSHome()
    try home.folder.write("from-file\n", to: "token")
    var variables = [
      "AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(server.url)/v1/credentials?x=1",
      "AWS_CONTAINER_AUTHORIZATION_TOKEN": "from-variable",
    ]
    #expect(try await home.credentials(variables).keyID.exact == "METAKEY")
    variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = "\(home.folder.path)/token"
    _ = try await home.credentials(variables)
    #expect(
      server.requests.map { $0.header("authorization") } == [
        "from-variable", "from-file",
      ])
    #expect(server.requests.map(\.uri.exact) == ["/v1/credentials?x=1", "/v1/credentials?x=1"])
  }

  @Test func `a container's token is told to no other machine in the clear`() async throws {
    let error = await #expect(throws: AccessError.self) {
      try await AWSHome().credentials([
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1.example.com/"
      ])
    }
    #expect(
      error?.description
        == "AWS_CONTAINER_CREDENTIALS_FULL_URI cannot be used: 127.0.0.1.example.com is another machine, which has to be "
        + "asked by https://.")
  }

  @Test func `a container's service that refuses`() async throws {
    let server = try await LoopbackServer { _ in .init(status: 403, body: "hidden") }
    let error = await #expect(throws: AccessError.self) {
      try await AWSHome().credentials(["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url])
    }
    let address = server.url.exact.replacing(every: "http://", with: "")
    #expect(
      error?.description
        == "The service of the container cannot be used: \(address) answered 403.")
  }
}
