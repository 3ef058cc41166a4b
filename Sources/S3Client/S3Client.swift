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
    let profile = try AWSConfiguration(profile: settings.profile, environment: environment)
    let endpoint = try settings.endpoint(in: profile)
    address = S3Address(endpoint)
    creation = CreationHeaders(settings)
    credentials = CredentialsProvider(profile: settings.profile, environment: environment)
    self.retries = retries
    self.onRetry = onRetry
    var configuration = try profile.http(for: endpoint.url)
    configuration.timeout = .init(
      connect: TimeAmount(retries.connectTime), read: TimeAmount(retries.idleTime),
      write: TimeAmount(retries.idleTime))
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.httpVersion = .http1Only
    http = HTTPClient(
      eventLoopGroup: .singletonMultiThreadedEventLoopGroup, configuration: configuration)
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

  private func tryOnce(_ request: S3Request, limit: Int) async throws(Trouble) -> S3Answer {
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
  func respond(to request: S3Request) async throws(Trouble) -> HTTPClientResponse {
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
  /// - Parameters:
  ///   - trouble: Why the last try failed, which is counted.
  ///   - request: The request.
  ///   - failed: Its failed tries before.
  /// - Throws: What is to be told, if it is not worth it.
  func pause(
    after trouble: Trouble, of request: S3Request, _ failed: inout FailedTries
  ) async throws(ObjectError) {
    switch trouble {
    case .final(let error): throw error
    case .passing(let reason, let isDone, var error):
      if isDone, !request.isRepeatable { throw .lost(reason: reason) }
      failed.count += 1
      var isConnected = true
      if case .unreachable = error { isConnected = isDone }
      if !isConnected { failed.unconnected += 1 }
      guard failed.count < retries.attempts, failed.unconnected < retries.connectAttempts else {
        if case .busy(let status, _) = error {
          error = .busy(status: status, attempts: failed.count)
        }
        throw error
      }
      let next =
        isConnected
        ? "Try \(failed.count + 1) of \(retries.attempts)"
        : "Try \(failed.unconnected + 1) of \(retries.connectAttempts)"
      onRetry("Cannot \(request.operation) \(request.name) yet: \(reason). \(next) follows.")
      do {
        try await Task.sleep(for: retries.pause(after: failed.count))
      } catch {
        throw .cancelled
      }
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
  func trouble(of error: any Error, _ request: S3Request) -> Trouble {
    if Task.isCancelled || error is CancellationError { return .final(.cancelled) }
    if let error = error as? ObjectError { return .final(error) }
    if error is NIOTooManyBytesError {
      return .final(.unreadable(operation: request.operation, reason: "it is too long"))
    }
    let failure = ConnectionFailure(error)
    return .passing(
      reason: failure.reason, isDone: failure.isConnected,
      error: .unreachable(endpoint: address.endpoint, reason: failure.reason))
  }
}

extension S3Request {
  /// Whether an answer 200 may hold an `<Error>`.
  fileprivate var mayFailLate: Bool { ["complete", "copy"].contains(operation.exact) }
}
