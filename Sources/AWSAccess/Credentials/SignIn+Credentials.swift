import Crypto
import Foundation
import PartitionPredicate

/// https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html
extension SignIn {
  /// Gets credentials by the token that `aws sso login` has left.
  ///
  /// - Throws: `AccessError.expiredToken`; `.misconfigured` where nobody has signed in.
  func credentials(_ configuration: AWSConfiguration, at now: Date) async throws(AccessError)
    -> Credentials
  {
    let name = Insecure.SHA1.hash(data: Data(key.text.utf8))
      .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let path = configuration.environment.path("~/.aws/sso/cache/\(name).json")
    guard let data = FileManager.default.contents(atPath: path),
      let token = try? JSONDecoder().decode(Token.self, from: data)
    else {
      throw configuration.unusable(
        profile, "nobody has signed in to it. Run `aws sso login --profile \(profile)`")
    }
    guard let expires = try? Date(token.expiresAt, strategy: .iso8601), expires > now else {
      throw .expiredToken
    }
    let endpoint =
      configuration.endpoint(of: "sso")
      ?? "https://" + AWSConfiguration.host(of: "portal.sso", region: region.text)
    let answer = try await CredentialsRequest(
      url: "\(endpoint)/federation/credentials?role_name=\(role.percentEncoded())"
        + "&account_id=\(account.percentEncoded())",
      headers: [("x-amz-sso_bearer_token", token.accessToken)]
    ).send(configuration)
    switch answer.status {
    case 200: break
    case 401: throw .expiredToken
    default:
      throw configuration.unusable(
        profile,
        "the sign-in service answered \(answer.status) for the role \(role) of the account "
          + "\(account)")
    }
    guard let found = try? JSONDecoder().decode(Answer.self, from: answer.body).roleCredentials
    else {
      throw .unreadable(
        operation: "ask the sign-in service", reason: "there are no credentials in it")
    }
    return Credentials(
      keyID: found.accessKeyId, secret: found.secretAccessKey, token: found.sessionToken,
      expires: Date(timeIntervalSince1970: found.expiration / 1000))
  }

  private struct Token: Decodable {
    var accessToken: String
    var expiresAt: String
  }

  private struct Answer: Decodable {
    struct Found: Decodable {
      var accessKeyId: String
      var secretAccessKey: String
      var sessionToken: String
      /// In milliseconds.
      var expiration: Double
    }
    var roleCredentials: Found
  }
}
