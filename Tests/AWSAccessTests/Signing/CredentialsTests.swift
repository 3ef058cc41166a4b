import Foundation
import Testing

@testable import AWSAccess

struct CredentialsTests {
  @Test func `neither secret nor token is shown by any way of printing`() {
    let credentials = Credentials(
      keyID: "AKIDEXAMPLE", secret: "tell-nobody", token: "nor-this",
      expires: Date(timeIntervalSince1970: 0))
    var dumped = ""
    dump((credentials, [credentials]), to: &dumped)
    let texts = [
      "\(credentials)", String(reflecting: credentials), "\([credentials])",
      "\(Optional(credentials) as Any)", dumped,
    ]
    for text in texts {
      #expect(text.contains("AKIDEXAMPLE"))
      #expect(!text.contains("tell-nobody"))
      #expect(!text.contains("nor-this"))
    }
    #expect("\(credentials)" == "key AKIDEXAMPLE, valid until 1970-01-01T00:00:00Z")
  }

  @Test func `nothing of environment and files is shown by any way of printing`() throws {
    let variables = ["AWS_SECRET_ACCESS_KEY": "tell-nobody"]
    let home = try AWSHome(credentials: "[default]\naws_secret_access_key = tell-nobody")
    var dumped = ""
    let configuration = try home.configuration(variables)
    dump(
      (configuration, CredentialsProvider(environment: home.environment(variables))), to: &dumped)
    for text in [dumped, "\(configuration)", String(reflecting: home.environment(variables))] {
      #expect(!text.contains("tell-nobody"))
    }
  }
}
