import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import AWSAccess

/// Roles that STS gives, by a server that keeps what it was asked and by moto.
struct TokenServiceTests {
  private let home: AWSHome

  init() throws {
    home = try AWSHome(
      config: """
        [profile etl]
        region = eu-west-1
        role_arn = arn:aws:iam::123456789012:role/etl
        source_profile = base
        external_id = a b+ü
        duration_seconds = 900
        [profile pod]
        role_arn = arn:aws:iam::123456789012:role/pod
        web_identity_token_file = ~/token
        """,
      credentials: """
        [base]
        aws_access_key_id = BASE
        aws_secret_access_key = hidden
        """)
    try home.folder.write("header.claims.signature\n", to: "token")
  }

  private func answer(_ action: String) -> String {
    """
    <?xml version="1.0"?>
    <\(action)Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><\(action)Result>
      <AssumedRoleUser><Arn>arn:x</Arn><AssumedRoleId>A:x</AssumedRoleId></AssumedRoleUser>
      <Credentials><AccessKeyId>ROLEKEY</AccessKeyId><SecretAccessKey>hidden</SecretAccessKey>
      <SessionToken>tok/en==</SessionToken><Expiration>2030-01-02T03:04:05.678Z</Expiration></Credentials>
    </\(action)Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></\(action)Response>
    """
  }

  @Test func `a role is asked for in a signed form`() async throws {
    let body = answer("AssumeRole")
    let server = try await LoopbackServer { _ in .init(body: body) }
    let found = try await home.credentials(
      profile: "etl", ["AWS_ENDPOINT_URL_STS": server.url],
      at: Date(timeIntervalSince1970: 1_440_938_160))
    #expect(found.keyID.exact == "ROLEKEY")
    #expect(found.secret.exact == "hidden")
    #expect(found.token?.exact == "tok/en==")
    #expect(found.end == "2030-01-02T03:04:05Z")

    let request = try #require(server.requests.first)
    #expect(server.requests.count == 1)
    #expect(request.method.exact == "POST")
    #expect(
      request.body.exact == """
        Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fetl&\
        RoleSessionName=dovetail&DurationSeconds=900&ExternalId=a%20b%2B%C3%BC
        """)
    let signed = SignedRequest(
      method: "POST", host: server.url.exact.replacing(every: "http://", with: "").text,
      headers: [("content-type", "application/x-www-form-urlencoded")],
      payload: Signature.hash(Data(request.body.utf8)))
    let headers = Signature.headers(
      for: signed,
      scope: SignatureScope(
        region: "eu-west-1", service: "sts", date: Date(timeIntervalSince1970: 1_440_938_160)),
      credentials: Credentials(keyID: "BASE", secret: "hidden"))
    #expect(request.header("authorization") == headers.last?.value.exact)
    #expect(request.header("x-amz-date") == "20150830T123600Z")
    #expect(request.header("host") == signed.host.exact)
  }

  @Test func `a web identity shows its token, without a signature`() async throws {
    let body = answer("AssumeRoleWithWebIdentity")
    let server = try await LoopbackServer { _ in .init(body: body) }
    let found = try await home.credentials(profile: "pod", ["AWS_ENDPOINT_URL": server.url])
    #expect(found.keyID.exact == "ROLEKEY")
    let request = try #require(server.requests.first)
    #expect(request.body.exact.ends(with: "&WebIdentityToken=header.claims.signature"))
    #expect(request.header("authorization") == nil)
  }

  @Test func `a refusal has the words of STS, and an expired session says to sign in`() async throws
  {
    func error(status: Int, body: String) async throws -> AccessError? {
      let server = try await LoopbackServer { _ in .init(status: status, body: body) }
      return await #expect(throws: AccessError.self) {
        try await home.credentials(profile: "etl", ["AWS_ENDPOINT_URL_STS": server.url])
      }
    }
    func refusal(_ code: String) -> String {
      "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>\(code)"
        + "</Code><Message>not you</Message></Error><RequestId>r</RequestId></ErrorResponse>"
    }
    let denied = try await error(status: 403, body: refusal("AccessDenied"))
    #expect(
      denied?.description
        == "The role arn:aws:iam::123456789012:role/etl cannot be used: STS answered 403 AccessDenied: not you."
    )
    #expect(try await error(status: 403, body: refusal("ExpiredToken")) == .expiredToken)
    #expect(
      try await error(status: 502, body: "<html>")?.description
        == "The role arn:aws:iam::123456789012:role/etl cannot be used: STS answered 502 no reason that can be read."
    )
    #expect(
      try await error(status: 200, body: "<html></html>")
        == .unreadable(operation: "AssumeRole", reason: "there are no credentials in it"))
  }

  @Test func `a token that cannot be read is told by its path`() async throws {
    try FileManager.default.removeItem(atPath: "\(home.folder.path)/token")
    await #expect(
      throws: AccessError.local(
        path: "\(home.folder.path)/token", reason: "the token of the web identity cannot be read")
    ) { try await home.credentials(profile: "pod") }
  }

  @Test func `moto's STS gives a role, by a key and by a token`() async throws {
    let moto = try await S3Peer.shared(.moto)
    let variables = ["AWS_ENDPOINT_URL_STS": moto.endpoint]
    let byKey = try await home.credentials(profile: "etl", variables)
    #expect(byKey.keyID.exact.begins(with: "ASIA"))
    #expect(byKey.token?.isEmpty == false)
    let expires = try #require(byKey.expires)
    #expect((600...1200).contains(expires.timeIntervalSinceNow))
    let byToken = try await home.credentials(profile: "pod", variables)
    #expect(byToken.keyID.exact.begins(with: "ASIA"))
  }
}
