import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import AWSAccess

/// Programs that print credentials.
struct CredentialsProcessTests {
  private func credentials(_ command: String) async throws -> Credentials {
    try await AWSHome(config: "[profile p]\ncredential_process = \(command)")
      .credentials(profile: "p")
  }

  private func sentence(_ command: String) async -> String? {
    await #expect(throws: AccessError.self) { _ = try await credentials(command) }?.description
  }

  @Test func `what a program prints is taken, by the shell's rules`() async throws {
    let found = try await credentials(
      #"test -n "$HOME" && echo '{"Version": 1, "AccessKeyId": "PRINTED", '"#
        + #"'"SecretAccessKey": "hidden", "SessionToken": "tok", "Expiration": "2030-01-02T03:04:05Z"}'"#
    )
    #expect(found.keyID.exact == "PRINTED")
    #expect(found.secret.exact == "hidden")
    #expect(found.token?.exact == "tok")
    #expect(found.end == "2030-01-02T03:04:05Z")
    let lasting = try await credentials(
      #"echo '{"Version": 1, "AccessKeyId": "PRINTED", "SecretAccessKey": "hidden"}'"#)
    #expect(lasting.expires == nil)
  }

  @Test func `much on both outputs stops nobody`() async throws {
    let found = try await credentials(
      "head -c 300000 /dev/zero >&2; head -c 300000 /dev/zero | tr '\\0' ' '; "
        + #"echo '{"Version": 1, "AccessKeyId": "PRINTED", "SecretAccessKey": "hidden"}'"#)
    #expect(found.keyID.exact == "PRINTED")
  }

  @Test func `a failure shows what was said to people, and nothing that was printed`() async {
    #expect(
      await sentence("echo hidden; echo 'no ticket' >&2; exit 3")
        == "The profile p cannot be used: its credential_process ended with 3: no ticket.")
    #expect(
      await sentence("exit 3")
        == "The profile p cannot be used: its credential_process ended with 3.")
    for output in ["hidden", #"{"Version":2,"AccessKeyId":"hidden","SecretAccessKey":"hidden"}"#] {
      #expect(
        await sentence("echo '\(output)'")
          == "The profile p cannot be used: its credential_process does not print credentials as JSON of version 1."
      )
    }
  }

  @Test func `cancelling ends the program`() async throws {
    let home = try AWSHome(
      config: "[profile p]\ncredential_process = sleep 1000 & echo $! > $HOME/started; wait")
    let asking = Task { try await home.credentials(profile: "p") }
    let file = "\(home.folder.path)/started"
    var id: Int32?
    while id == nil {
      id = (try? String(contentsOfFile: file, encoding: .utf8)).flatMap {
        Int32($0.trimmingCharacters(in: .newlines))
      }
      await Task.yield()
    }
    asking.cancel()
    await #expect(throws: AccessError.cancelled) { try await asking.value }
    while let id, kill(id, 0) == 0 { await Task.yield() }
  }
}
