import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import AWSAccess

/// Credentials of whoever has run `aws sso login`; the portal is played by a server on this machine.
struct SignInTests {
  private let home: AWSHome

  init() throws {
    home = try AWSHome(
      config: """
        [profile new]
        sso_session = corp
        sso_account_id = 123
        sso_role_name = read er
        [sso-session corp]
        sso_start_url = https://corp.example/start
        sso_region = eu-west-1
        [profile old]
        sso_start_url = https://corp.example/start
        sso_region = eu-west-1
        sso_account_id = 123
        sso_role_name = read er
        """)
  }

  private func signIn(until: String, as digest: String) throws {
    try home.folder.write(
      #"{"startUrl":"x","region":"eu-west-1","accessToken":"proof","expiresAt":"\#(until)"}"#,
      to: ".aws/sso/cache/\(digest).json")
  }

  /// SHA-1 of `corp` and of the URL.
  private let digests = [
    "new": "ee0bfd2552fbd840c02cc48b6e823320543c450f",
    "old": "f7c9b39d0b4c7a7d82c79307585f77e1c5e74378",
  ]

  private let answer =
    #"{"roleCredentials":{"accessKeyId":"SSOKEY","secretAccessKey":"hidden","sessionToken":"tok","#
    + #""expiration":1893553445000}}"#

  @Test(arguments: ["new", "old"])
  func `the portal is asked with the token of the cache`(profile: String) async throws {
    let answer = answer
    let server = try await LoopbackServer { _ in .init(body: answer) }
    try signIn(until: "2099-01-01T00:00:00Z", as: digests[profile] ?? "")
    let found = try await home.credentials(
      profile: profile.exact, ["AWS_ENDPOINT_URL_SSO": server.url])
    #expect(found.keyID.exact == "SSOKEY")
    #expect(found.token?.exact == "tok")
    #expect(found.end == "2030-01-02T03:04:05Z")
    let request = try #require(server.requests.first)
    #expect(request.uri.exact == "/federation/credentials?role_name=read%20er&account_id=123")
    #expect(request.header("x-amz-sso_bearer_token") == "proof")
  }

  @Test func `a token that has expired, or that the portal refuses, says to sign in again`()
    async throws
  {
    let server = try await LoopbackServer { _ in .init(status: 401) }
    try signIn(until: "2020-01-01T00:00:00Z", as: digests["new"] ?? "")
    await #expect(throws: AccessError.expiredToken) {
      try await home.credentials(profile: "new", ["AWS_ENDPOINT_URL_SSO": server.url])
    }
    #expect(server.requests.isEmpty)
    try signIn(until: "2099-01-01T00:00:00UTC", as: digests["new"] ?? "")
    await #expect(throws: AccessError.expiredToken) {
      try await home.credentials(profile: "new", ["AWS_ENDPOINT_URL_SSO": server.url])
    }
    #expect(server.requests.count == 1)
  }

  @Test func `who has not signed in is told how`() async throws {
    let error = await #expect(throws: AccessError.self) {
      try await home.credentials(profile: "new")
    }
    #expect(
      error?.description
        == "The profile new cannot be used: nobody has signed in to it. Run `aws sso login --profile new`."
    )
  }

  @Test func `an account that does not have the role`() async throws {
    let server = try await LoopbackServer { _ in .init(status: 403, body: "hidden") }
    try signIn(until: "2099-01-01T00:00:00Z", as: digests["new"] ?? "")
    let error = await #expect(throws: AccessError.self) {
      try await home.credentials(profile: "new", ["AWS_ENDPOINT_URL_SSO": server.url])
    }
    #expect(
      error?.description
        == "The profile new cannot be used: the sign-in service answered 403 for the role read er of the account 123."
    )
  }
}
