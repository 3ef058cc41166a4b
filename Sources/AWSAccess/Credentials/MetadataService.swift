import Foundation
import PartitionPredicate

/// The services beside a container and beside an EC2 instance.
struct MetadataService {
  let configuration: AWSConfiguration

  /// What a container's service gives.
  ///
  /// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
  ///
  /// - Throws: `AccessError.misconfigured` for an address of another machine without encryption, whom the token must
  ///   not be told.
  func container(_ url: String) async throws(AccessError) -> Credentials {
    let environment = configuration.environment
    guard let address = URL(string: url), let host = address.host()?.exact else {
      throw .misconfigured(
        what: "AWS_CONTAINER_CREDENTIALS_FULL_URI", reason: "it is not of the form http://host/path"
      )
    }
    let isNear =
      address.isOnThisMachine
      || ["169.254.170.2", "169.254.170.23", "fd00:ec2::23"].contains(host)
    guard isNear || address.scheme?.exact.lowercased == "https" else {
      throw .misconfigured(
        what: "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        reason: "\(host) is another machine, which has to be asked by https://")
    }
    var headers: [(name: String, value: String)] = []
    if let token = try containerToken(environment) { headers.append(("Authorization", token)) }
    let answer = try await CredentialsRequest(
      url: url, headers: headers, isBeside: isNear
    ).send(configuration)
    guard answer.status == 200 else {
      throw .misconfigured(
        what: "The service of the container",
        reason: "\(address.authority) answered \(answer.status)")
    }
    return try read(answer, from: "the service of the container")
  }

  private func containerToken(_ environment: AWSEnvironment) throws(AccessError) -> String? {
    var token = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
    if let path = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] {
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        throw .local(path: path, reason: "the token of the container cannot be read")
      }
      token = text
    }
    return token?.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// What the metadata of an instance have, by their second version.
  ///
  /// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html
  ///
  /// - Throws: `AccessError.noCredentials` where there are no metadata, or no role in them.
  func instance(_ url: String) async throws(AccessError) -> Credentials {
    let base = url.exact.ends(with: "/") ? String(url.dropLast()) : url
    let roles = "\(base)/latest/meta-data/iam/security-credentials/"
    guard
      let token = try await text(
        "\(base)/latest/api/token", method: "PUT",
        headers: [("X-aws-ec2-metadata-token-ttl-seconds", "21600")]),
      let list = try await text(roles, headers: [("X-aws-ec2-metadata-token", token)]),
      let role = list.exact.parts(separatedBy: "\n").first
    else { throw configuration.noCredentials }
    let answer = try await CredentialsRequest(
      url: roles + role.percentEncoded(), headers: [("X-aws-ec2-metadata-token", token)],
      isBeside: true
    ).send(configuration)
    return try read(answer, from: "the metadata of the instance")
  }

  /// The text that is answered; nil where nobody or something else answers.
  private func text(
    _ url: String, method: String = "GET", headers: [(name: String, value: String)]
  ) async throws(AccessError) -> String? {
    do {
      let answer = try await CredentialsRequest(
        method: method, url: url, headers: headers, isBeside: true
      ).send(configuration)
      return answer.status == 200
        ? String(decoding: answer.body, as: UTF8.self)
          .trimmingCharacters(in: .whitespacesAndNewlines)
        : nil
    } catch {
      if case .unreachable = error { return nil }
      throw error
    }
  }

  private func read(_ answer: CredentialsRequest.Answer, from place: String) throws(AccessError)
    -> Credentials
  {
    guard answer.status == 200, let credentials = CredentialsDocument.read(answer.body) else {
      throw .unreadable(operation: "ask \(place)", reason: "there are no credentials in it")
    }
    return credentials
  }
}
