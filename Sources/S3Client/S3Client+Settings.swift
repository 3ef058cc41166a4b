import Foundation
public import ObjectStorage
import PartitionPredicate

extension S3Client {
  /// Creates the client of a store, which opens no connection and asks for no credentials yet.
  ///
  /// - Parameters:
  ///   - settings: What is said of the store.
  ///   - environment: Where everything else is looked for, as AWS's tools do.
  ///   - onRetry: Told in a sentence of each request that is tried again.
  /// - Throws: `ObjectError` for a region, an endpoint, a profile or a proxy that cannot be used.
  public convenience init(
    _ settings: S3Settings, environment: AWSEnvironment = AWSEnvironment(),
    onRetry: @escaping @Sendable (String) -> Void
  ) throws(ObjectError) {
    let configuration = try AWSConfiguration(profile: settings.profile, environment: environment)
    let endpoint = try settings.endpoint(in: configuration)
    let provider = CredentialsProvider(profile: settings.profile, environment: environment)
    self.init(
      address: try S3Address(
        endpoint: endpoint.url.absoluteString, region: endpoint.region.text,
        pathStyle: settings.pathStyle),
      creation: CreationHeaders(
        encryption: settings.sse == .none ? nil : settings.sse.rawValue,
        key: settings.kmsKey?.text, ownerFullControl: settings.ownerFullControl,
        requesterPays: settings.requesterPays),
      credentials: { () async throws(ObjectError) in try await provider.credentials() },
      configuration: try configuration.http(for: endpoint.url), onRetry: onRetry)
  }
}
