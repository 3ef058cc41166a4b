import Crypto
package import Foundation
import PartitionPredicate
import XMLCoder

/// STS: it gives credentials of a role.
///
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
struct TokenService {
  let configuration: AWSConfiguration

  /// Takes on a role by other credentials.
  func assume(_ role: Role, by credentials: Credentials, at now: Date) async throws(AccessError)
    -> Credentials
  {
    try await ask("AssumeRole", role: role) { request, url, region in
      request.headers += Signature.headers(
        for: SignedRequest(
          method: "POST", host: url.authority, path: url.signedPath, headers: request.headers,
          payload: Signature.hash(Data((request.body ?? "").utf8))),
        scope: SignatureScope(region: region, service: "sts", date: now), credentials: credentials)
    }
  }

  /// Takes on a role by a token, which needs no signature.
  func assume(_ role: Role, tokenFile: String) async throws(AccessError) -> Credentials {
    let path = configuration.environment.path(tokenFile)
    guard let token = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw .local(path: path, reason: "the token of the web identity cannot be read")
    }
    return try await ask(
      "AssumeRoleWithWebIdentity", role: role,
      fields: [("WebIdentityToken", token.trimmingCharacters(in: .whitespacesAndNewlines))])
  }

  private func ask(
    _ action: String, role: Role, fields: [(name: String, value: String)] = [],
    sign: (inout CredentialsRequest, URL, _ region: String) -> Void = { _, _, _ in }
  ) async throws(AccessError) -> Credentials {
    // Without a region it is the one service of former times that is asked.
    let region = configuration.region ?? "us-east-1"
    let host =
      configuration.region.map { AWSConfiguration.host(of: "sts", region: $0) }
      ?? "sts.amazonaws.com"
    let endpoint = configuration.endpoint(of: "sts") ?? "https://\(host)/"
    guard let url = URL(string: endpoint), url.host() != nil else {
      throw .misconfigured(what: "The endpoint \(endpoint)", reason: "it is no URL")
    }
    var form = [
      (name: "Action", value: action), ("Version", "2011-06-15"), ("RoleArn", role.arn.text),
      ("RoleSessionName", role.session.text),
    ]
    if let seconds = role.seconds { form.append(("DurationSeconds", String(seconds))) }
    if let id = role.externalID { form.append(("ExternalId", id.text)) }
    var request = CredentialsRequest(
      method: "POST", url: endpoint,
      headers: [("Content-Type", "application/x-www-form-urlencoded")],
      body: (form + fields).map { "\($0.name)=\($0.value.exact.percentEncoded())" }
        .joined(separator: "&"))
    sign(&request, url, region)
    let answer = try await request.send(configuration)
    guard answer.status == 200 else { throw refusal(answer, of: role) }
    guard let read = try? XMLDecoder().decode(Response.self, from: answer.body),
      let document = (read.role ?? read.webIdentity)?.credentials,
      let credentials = Credentials(document)
    else { throw .unreadable(operation: action, reason: "there are no credentials in it") }
    return credentials
  }

  private func refusal(_ answer: CredentialsRequest.Answer, of role: Role) -> AccessError {
    let error = try? XMLDecoder().decode(Refusal.self, from: answer.body).error
    if error?.code.exact == "ExpiredToken" { return .expiredToken }
    let words = error.map { "\($0.code): \($0.message ?? "")" } ?? "no reason that can be read"
    return .misconfigured(
      what: "The role \(role.arn)", reason: "STS answered \(answer.status) \(words)")
  }

  private struct Response: Decodable {
    struct Result: Decodable {
      var credentials: CredentialsDocument
      enum CodingKeys: String, CodingKey { case credentials = "Credentials" }
    }
    var role: Result?
    var webIdentity: Result?
    enum CodingKeys: String, CodingKey {
      case role = "AssumeRoleResult"
      case webIdentity = "AssumeRoleWithWebIdentityResult"
    }
  }

  private struct Refusal: Decodable {
    struct Reason: Decodable {
      var code: String
      var message: String?
      enum CodingKeys: String, CodingKey {
        case code = "Code"
        case message = "Message"
      }
    }
    var error: Reason
    enum CodingKeys: String, CodingKey { case error = "Error" }
  }
}

extension URL {
  /// Host and, where it is not the scheme's own, port: as it is signed and sent.
  package var authority: String {
    let host = host() ?? ""
    let name = host.unicodeScalars.contains(":") ? "[\(host)]" : host
    guard let port, port != defaultPort else { return name }
    return "\(name):\(port)"
  }

  /// The path as it is sent.
  package var signedPath: String {
    let path = path(percentEncoded: true)
    return path.isEmpty ? "/" : path
  }
}
