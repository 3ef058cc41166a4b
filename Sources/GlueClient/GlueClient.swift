public import AWSAccess
import AsyncHTTPClient
import Dispatch
import Foundation
public import GlueCatalog
import NIOCore
import NIOHTTP1
import PartitionPredicate

/// The calls of AWS Glue's API, to Amazon or to a service like it, by its JSON protocol.
///
/// A call that may be carried out twice is tried again when Glue is busy, fails or cuts the connection, with growing random
/// pauses. A task that is cancelled gets `CatalogError.cancelled` at once; what it wrote may have been carried out all the
/// same.
public final class GlueClient: Sendable {
  private let endpoint: ServiceEndpoint
  private let catalog: ExactText?
  private let retries: RetryPolicy
  private let credentials: CredentialsProvider
  private let onRetry: @Sendable (String) -> Void
  private let http: HTTPClient

  /// Creates a client; no connection is opened and no credentials are looked for yet.
  ///
  /// - Parameters:
  ///   - settings: Of the catalog.
  ///   - environment: Where credentials, region, proxies and certificates are looked for.
  ///   - retries: How often a call is tried.
  ///   - onRetry: Told in a sentence of each call that is tried again.
  /// - Throws: `CatalogError.misconfigured`.
  public init(
    settings: GlueSettings, environment: AWSEnvironment = AWSEnvironment(),
    retries: RetryPolicy = RetryPolicy(), onRetry: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(CatalogError) {
    self.retries = retries
    self.onRetry = onRetry
    catalog = settings.catalog
    credentials = CredentialsProvider(profile: settings.profile, environment: environment)
    do throws(AccessError) {
      let profile = try AWSConfiguration(profile: settings.profile, environment: environment)
      endpoint = try profile.endpoint(of: settings.service)
      http = try profile.client(for: endpoint.url, by: retries)
    } catch {
      throw CatalogError(error)
    }
  }

  deinit {
    http.shutdown(queue: .global()) { _ in }
  }
}

extension GlueClient {
  /// Sends a call until it is answered or not worth another try.
  ///
  /// - Returns: The answer, which is a success.
  /// - Throws: `CatalogError`.
  func send(_ call: GlueCall) async throws(CatalogError) -> GlueAnswer {
    var failed = FailedTries()
    while true {
      do {
        return try await tryOnce(call)
      } catch {
        try await failed.wait(after: error, isRepeatable: call.isRepeatable, by: retries) {
          onRetry("Cannot ask Glue for \(call.name) of \(call.subject) yet: \($0)")
        }
      }
    }
  }

  private func tryOnce(_ call: GlueCall) async throws(GlueTrouble) -> GlueAnswer {
    let body: Data
    do {
      let key = try await credentials.credentials()
      let response = try await http.execute(signed(call, with: key), deadline: .distantFuture)
      body = Data(try await response.body.collect(upTo: 64 << 20).readableBytesView)
      if response.status != .ok {
        let refusal = GlueRefusal(
          status: Int(response.status.code), type: response.headers.first(name: "x-amzn-ErrorType"),
          body: body)
        if refusal.isOfCredentials { await credentials.forget(key) }
        throw refusal.trouble(for: call)
      }
    } catch {
      throw trouble(of: error, call)
    }
    guard let fields = try? JSONDecoder().decode(CatalogFields.self, from: body) else {
      // What cannot be read of a write is as good as lost.
      let error = CatalogError.unreadable(call: call.permission, reason: "it is not a JSON object")
      throw .final(call.isRepeatable ? error : .lost(reason: "\(error)"))
    }
    return GlueAnswer(call: call, fields: fields)
  }

  /// The call as it is sent, signed now.
  private func signed(_ call: GlueCall, with key: Credentials) throws -> HTTPClientRequest {
    var fields = call.fields
    if let catalog = call.catalog ?? catalog?.text { fields["CatalogId"] = .text(catalog) }
    let body = try JSONEncoder().encode(fields)
    let headers = [
      (name: "Content-Type", value: "application/x-amz-json-1.1"),
      ("X-Amz-Target", "AWSGlue.\(call.name)"),
    ]
    let url = endpoint.url
    let signature = Signature.headers(
      for: SignedRequest(
        method: "POST", host: url.authority, path: url.signedPath, headers: headers,
        payload: Signature.hash(body)),
      scope: SignatureScope(region: endpoint.region.text, service: "glue", date: call.date ?? .now),
      credentials: key)
    var request = HTTPClientRequest(url: url.absoluteString)
    request.method = .POST
    request.headers = HTTPHeaders(
      [("Host", url.authority)] + (headers + signature).map { ($0.name, $0.value) })
    request.body = .bytes(ByteBuffer(bytes: body))
    return request
  }

  /// What an error on the way means.
  private func trouble(of error: any Error, _ call: GlueCall) -> GlueTrouble {
    if Task.isCancelled || error is CancellationError { return .final(.cancelled) }
    switch error {
    case let error as GlueTrouble: return error
    case let error as AccessError: return .final(CatalogError(error))
    case is NIOTooManyBytesError:
      return .final(.unreadable(call: call.permission, reason: "it is too long"))
    default:
      let failure = ConnectionFailure(error)
      return .passing(
        reason: failure.reason, isDone: failure.isConnected,
        error: .unreachable(endpoint: endpoint.url.absoluteString, reason: failure.reason))
    }
  }
}
