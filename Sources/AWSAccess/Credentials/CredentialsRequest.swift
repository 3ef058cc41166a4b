import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import PartitionPredicate

/// A request to a service that gives credentials.
struct CredentialsRequest: Sendable {
  var method = "GET"
  var url: String
  var headers: [(name: String, value: String)] = []
  var body: String?
  /// Metadata services are beside this machine: they are asked without a proxy, and answer within a second, or the
  /// seconds of `AWS_METADATA_SERVICE_TIMEOUT`.
  var isBeside = false

  /// What the service answered.
  struct Answer: Sendable {
    var status: Int
    var body: Data
  }

  /// Sends the request.
  ///
  /// - Throws: `AccessError.unreachable`; `.cancelled`; `.misconfigured` for a URL that is none.
  func send(_ configuration: AWSConfiguration) async throws(AccessError) -> Answer {
    guard let address = URL(string: url), let host = address.host(), !host.isEmpty else {
      throw .misconfigured(what: "The address \(url)", reason: "it is not of the form http://host")
    }
    let settings =
      isBeside
      ? HTTPClient.Configuration(redirectConfiguration: .disallow)
      : try configuration.http(for: address)
    var request = HTTPClientRequest(url: url)
    request.method = HTTPMethod(rawValue: method)
    request.headers = HTTPHeaders(headers.map { ($0.name, $0.value) })
    if let body { request.body = .bytes(ByteBuffer(string: body)) }
    let client = HTTPClient(configuration: settings)
    // Nobody waits for it: a connection that nobody answers takes its time to close.
    defer { Task { try? await client.shutdown() } }
    let patience = configuration.environment["AWS_METADATA_SERVICE_TIMEOUT"].flatMap(Int64.init)
    do {
      let response = try await client.execute(
        request, timeout: .seconds(isBeside ? patience ?? 1 : 30))
      let body = try await response.body.collect(upTo: 1 << 20)
      return Answer(status: Int(response.status.code), body: Data(body.readableBytesView))
    } catch {
      if Task.isCancelled { throw .cancelled }
      let port = address.port.map { ":\($0)" } ?? ""
      throw .unreachable(
        endpoint: "\(address.scheme ?? "http")://\(host)\(port)",
        reason: ConnectionFailure(error).reason)
    }
  }
}

/// Credentials as services and programs write them in JSON.
struct CredentialsDocument: Decodable {
  var version: Int?
  var code: String?
  var keyID: String
  var secret: String
  var sessionToken: String?
  var token: String?
  var expiration: String?

  enum CodingKeys: String, CodingKey {
    case version = "Version"
    case code = "Code"
    case keyID = "AccessKeyId"
    case secret = "SecretAccessKey"
    case sessionToken = "SessionToken"
    case token = "Token"
    case expiration = "Expiration"
  }

  /// Reads a document; nil where it is none.
  static func read(_ data: Data, version: Int? = nil) -> Credentials? {
    guard let document = try? JSONDecoder().decode(Self.self, from: data),
      version == nil || document.version == version
    else { return nil }
    return Credentials(document)
  }
}

extension Credentials {
  /// Takes what was read; nil where the instant of the end is none.
  init?(_ document: CredentialsDocument) {
    var expires: Date?
    if let text = document.expiration {
      guard let date = try? Date(text, strategy: .iso8601) else { return nil }
      expires = date
    }
    self.init(
      keyID: document.keyID, secret: document.secret,
      token: document.sessionToken ?? document.token, expires: expires)
  }
}
