public import AWSAccess
import AsyncHTTPClient
import Dispatch
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
public import ObjectStorage
import PartitionPredicate

/// The requests of Amazon S3's API, to Amazon or to a store like it.
///
/// A request that may be carried out twice is tried again when the store is busy, fails or cuts the connection, with
/// growing random pauses. A task that is cancelled gets `ObjectError.cancelled` at once; what it wrote may have been
/// carried out all the same.
public final class S3Client: Sendable {
  let address: S3Address
  let creation: CreationHeaders
  let retries: RetryPolicy
  private let credentials: CredentialsProvider
  private let onRetry: @Sendable (String) -> Void
  private let http: HTTPClient

  /// Creates a client; no connection is opened and no credentials are looked for yet.
  ///
  /// - Parameters:
  ///   - settings: Of the store.
  ///   - environment: Where credentials, region, proxies and certificates are looked for.
  ///   - retries: How often a request is tried.
  ///   - onRetry: Told in a sentence of each request that is tried again.
  /// - Throws: `ObjectError.misconfigured`; `.local` for a file of the environment that cannot be read.
  public init(
    settings: S3Settings, environment: AWSEnvironment = AWSEnvironment(),
    retries: RetryPolicy = RetryPolicy(), onRetry: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(ObjectError) {
    self.retries = retries
    self.onRetry = onRetry
    creation = CreationHeaders(settings)
    credentials = CredentialsProvider(profile: settings.profile, environment: environment)
    do throws(AccessError) {
      let profile = try AWSConfiguration(profile: settings.profile, environment: environment)
      let endpoint = try settings.endpoint(in: profile)
      address = S3Address(endpoint)
      http = try profile.client(for: endpoint.url, by: retries)
    } catch {
      throw ObjectError(error)
    }
  }

  deinit {
    http.shutdown(queue: .global()) { _ in }
  }
}

extension S3Client {
  /// Sends a request until it is answered or not worth another try, and takes in the whole answer.
  ///
  /// - Parameters:
  ///   - request: What is sent.
  ///   - limit: How many bytes of an answer are taken.
  /// - Returns: The answer, which is a success.
  /// - Throws: `ObjectError`.
  func send(_ request: S3Request, limit: Int = 16 << 20) async throws(ObjectError) -> S3Answer {
    var failed = FailedTries()
    while true {
      do {
        return try await tryOnce(request, limit: limit)
      } catch {
        try await pause(after: error, of: request, &failed)
      }
    }
  }

  private func tryOnce(_ request: S3Request, limit: Int) async throws(S3Trouble) -> S3Answer {
    let response = try await respond(to: request)
    var answer = S3Answer(status: Int(response.status.code), headers: response.headers)
    do {
      answer.body = Data(try await response.body.collect(upTo: limit).readableBytesView)
    } catch {
      throw trouble(of: error, request)
    }
    // Some requests are answered 200 before they are carried out: the body has the truth.
    if request.mayFailLate, let refusal = answer.refusal { throw refusal.trouble(for: request) }
    return answer
  }

  /// Signs a request and sends it once; the body of the answer is not read.
  func respond(to request: S3Request) async throws(S3Trouble) -> HTTPClientResponse {
    let key: Credentials
    let response: HTTPClientResponse
    do {
      key = try await credentials.credentials()
      response = try await http.execute(signed(request, with: key), deadline: .distantFuture)
    } catch {
      throw trouble(of: error, request)
    }
    if (200..<300).contains(response.status.code) { return response }
    var answer = S3Answer(status: Int(response.status.code), headers: response.headers)
    // A page of a proxy may be long, or cut: the status says enough.
    answer.body = Data(
      (try? await response.body.collect(upTo: 1 << 20))?.readableBytesView ?? .init())
    let trouble = (answer.refusal ?? Refusal(status: answer.status)).trouble(for: request)
    switch trouble {
    case .final(.expiredToken), .final(.badCredentials): await credentials.forget(key)
    default: break
    }
    throw trouble
  }

  /// Waits before a request is sent again.
  ///
  /// - Throws: What is to be told, if it is not worth it.
  func pause(
    after trouble: S3Trouble, of request: S3Request, _ failed: inout FailedTries
  ) async throws(ObjectError) {
    try await failed.wait(after: trouble, isRepeatable: request.isRepeatable, by: retries) {
      onRetry("Cannot \(request.operation.rawValue) \(request.name) yet: \($0)")
    }
  }
}

extension S3Client {
  /// The request as it is sent, signed now.
  private func signed(_ request: S3Request, with credentials: Credentials) -> HTTPClientRequest {
    let target = address.target(of: request.place)
    var signed = SignedRequest(
      method: request.method.rawValue, host: target.host, path: target.path, query: request.query,
      headers: request.headers + creation.always)
    let scope = SignatureScope(region: target.region, date: request.validity?.from ?? .now)
    var headers = signed.headers
    if let validity = request.validity {
      signed.query += Signature.presignedQuery(
        for: signed, seconds: validity.seconds, scope: scope, credentials: credentials)
    } else {
      signed.payload = request.payload.hash
      headers += Signature.headers(for: signed, scope: scope, credentials: credentials)
    }
    let query = signed.query.map {
      "\($0.name.exact.percentEncoded())=\($0.value.exact.percentEncoded())"
    }
    var result = HTTPClientRequest(
      url: "\(target.scheme)://\(target.host)\(target.path)"
        + (query.isEmpty ? "" : "?" + query.joined(separator: "&")))
    result.method = request.method
    result.headers = HTTPHeaders([("Host", target.host)] + headers.map { ($0.name, $0.value) })
    result.body = request.payload.body
    return result
  }

  /// What an error of the connection means.
  func trouble(of error: any Error, _ request: S3Request) -> S3Trouble {
    if Task.isCancelled || error is CancellationError { return .final(.cancelled) }
    if let error = error as? ObjectError { return .final(error) }
    if let error = error as? AccessError { return .final(ObjectError(error)) }
    if error is NIOTooManyBytesError {
      return .final(.unreadable(operation: request.operation.rawValue, reason: "it is too long"))
    }
    let failure = ConnectionFailure(error)
    return .passing(
      reason: failure.reason, isDone: failure.isConnected,
      error: .unreachable(endpoint: address.endpoint, reason: failure.reason))
  }
}

extension S3Request {
  /// Whether an answer 200 may hold an `<Error>`.
  fileprivate var mayFailLate: Bool {
    operation == .complete || operation == .copy || operation == .copyPart
  }
}
