import Foundation
import Testing

@testable import S3Client

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
}
