import Crypto
package import Foundation
import PartitionPredicate

/// A request that is to be signed, as it will be sent.
package struct SignedRequest: Sendable {
  /// In capital letters.
  package var method: String
  /// With the port where it is not the scheme's own.
  package var host: String
  /// Percent-encoded, as S3 has it: `ExactText.percentEncoded(keepingSlashes: true)`.
  package var path: String
  /// Not encoded.
  package var query: [(name: String, value: String)]
  /// Those that are signed: `host` and what `Signature` adds are not among them.
  package var headers: [(name: String, value: String)]
  /// The SHA-256 of the body in small hexadecimal digits, or `Signature.unsignedPayload`.
  package var payload: String

  /// Creates a request.
  package init(
    method: String, host: String, path: String = "/", query: [(name: String, value: String)] = [],
    headers: [(name: String, value: String)] = [], payload: String = Signature.hash([])
  ) {
    self.method = method
    self.host = host
    self.path = path
    self.query = query
    self.headers = headers
    self.payload = payload
  }
}

/// What a signature holds for beside the request.
package struct SignatureScope: Sendable {
  /// Of the service.
  package var region: String
  /// `s3`, `sts` or `glue`.
  package var service: String
  /// When the request is made, by the clock of whom it is sent to.
  package var date: Date

  /// Creates a scope.
  package init(region: String, service: String = "s3", date: Date) {
    self.region = region
    self.service = service
    self.date = date
  }
}

/// AWS's signatures, version 4.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
package enum Signature {
  /// Stands for the hash of a body that is not signed.
  package static let unsignedPayload = "UNSIGNED-PAYLOAD"

  /// The SHA-256 of bytes, as it is given for a payload.
  package static func hash(_ bytes: some DataProtocol) -> String {
    hexadecimal(SHA256.hash(data: bytes))
  }

  /// The headers that sign a request; they are sent beside its own.
  package static func headers(
    for request: SignedRequest, scope: SignatureScope, credentials: Credentials
  ) -> [(name: String, value: String)] {
    var added = [(name: "x-amz-date", value: scope.timestamp)]
    if scope.service.exact == "s3" { added.append(("x-amz-content-sha256", request.payload)) }
    if let token = credentials.token { added.append(("x-amz-security-token", token)) }

    var request = request
    request.headers += added
    let signature = signature(of: request, scope: scope, credentials: credentials)
    let authorization =
      "\(algorithm) Credential=\(credentials.keyID)/\(scope.text), "
      + "SignedHeaders=\(request.headerNames), Signature=\(signature)"
    return added + [("Authorization", authorization)]
  }

  /// The query that signs a request of S3 for some time; it is sent behind the request's own.
  ///
  /// The headers of the request are signed too, and whoever sends it has to send them. The body is not signed.
  ///
  /// - Parameters:
  ///   - request: Its payload is not looked at.
  ///   - seconds: How long it may be sent, from the date of the scope on; a week at most.
  ///   - scope: Of the signature.
  ///   - credentials: If they are those of a session, the request holds no longer than they do.
  /// - Returns: Names and values, not encoded.
  package static func presignedQuery(
    for request: SignedRequest, seconds: Int, scope: SignatureScope, credentials: Credentials
  ) -> [(name: String, value: String)] {
    var added = [
      (name: "X-Amz-Algorithm", value: algorithm),
      ("X-Amz-Credential", "\(credentials.keyID)/\(scope.text)"),
      ("X-Amz-Date", scope.timestamp),
      ("X-Amz-Expires", String(seconds)),
      ("X-Amz-SignedHeaders", request.headerNames),
    ]
    if let token = credentials.token { added.append(("X-Amz-Security-Token", token)) }

    var request = request
    request.query += added
    request.payload = unsignedPayload
    let signature = signature(of: request, scope: scope, credentials: credentials)
    return added + [("X-Amz-Signature", signature)]
  }

  private static let algorithm = "AWS4-HMAC-SHA256"

  private static func signature(
    of request: SignedRequest, scope: SignatureScope, credentials: Credentials
  ) -> String {
    let parts = [scope.day, scope.region, scope.service, "aws4_request"]
    let key = parts.reduce(SymmetricKey(data: Data("AWS4\(credentials.secret)".utf8))) {
      SymmetricKey(data: code(of: $1, key: $0))
    }
    let lines = [algorithm, scope.timestamp, scope.text, hash(Data(request.canonical.utf8))]
    return hexadecimal(code(of: lines.joined(separator: "\n"), key: key))
  }

  private static func code(of text: String, key: SymmetricKey) -> HMAC<SHA256>.MAC {
    HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

extension SignatureScope {
  fileprivate var timestamp: String {
    date.formatted(
      Date.ISO8601FormatStyle(
        dateSeparator: .omitted, timeSeparator: .omitted, timeZone: .gmt))
  }

  fileprivate var day: String { String(timestamp.prefix(8)) }
  fileprivate var text: String { "\(day)/\(region)/\(service)/aws4_request" }
}

extension SignedRequest {
  /// The request as one text, of which there is only one.
  fileprivate var canonical: String {
    let query = query.map { ($0.name.exact.percentEncoded(), $0.value.exact.percentEncoded()) }
      .sorted { ($0.0.exact, $0.1.exact) < ($1.0.exact, $1.1.exact) }
      .map { "\($0)=\($1)" }.joined(separator: "&")
    let headers = canonicalHeaders.map { "\($0.name):\($0.value)\n" }.joined()
    return [method, path, query, headers, headerNames, payload].joined(separator: "\n")
  }

  fileprivate var headerNames: String {
    canonicalHeaders.map(\.name.text).joined(separator: ";")
  }

  /// By name: those of one name as one, and no blanks but single ones between words.
  private var canonicalHeaders: [(name: ExactText, value: ExactText)] {
    let values = (headers + [("host", host)]).map {
      ($0.name.exact.lowercased, $0.value.exact.parts(separatedBy: " ").joined(separator: " "))
    }
    return Dictionary(grouping: values, by: \.0).sorted { $0.key < $1.key }
      .map { ($0.key, $0.value.map(\.1).joined(separator: ",")) }
  }
}
