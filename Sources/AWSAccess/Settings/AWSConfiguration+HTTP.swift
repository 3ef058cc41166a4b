public import AsyncHTTPClient
public import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import PartitionPredicate

extension AWSConfiguration {
  /// How requests to a URL are sent: through the proxy, and trusting the certificates, that are configured.
  ///
  /// Redirections are not followed, since a signature holds for one host.
  ///
  /// - Throws: `AccessError.misconfigured` for a proxy that cannot be used; `.local` for certificates that cannot be
  ///   read.
  public func http(for url: URL) throws(AccessError) -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    if let proxy = try environment.proxy(for: url) {
      configuration.proxy = .server(
        host: proxy.host.text, port: proxy.port,
        authorization: proxy.login.map {
          .basic(username: $0.name.text, password: $0.password.text)
        })
    }
    if let path = environment["AWS_CA_BUNDLE"] ?? settings["ca_bundle"] {
      let path = environment.path(path)
      var security = TLSConfiguration.makeClientConfiguration()
      do {
        security.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(path))
      } catch {
        throw .local(path: path, reason: "there are no certificates to be read (AWS_CA_BUNDLE)")
      }
      configuration.tlsConfiguration = security
    }
    return configuration
  }

  /// A client that asks a service, with connections that are kept, and gives up by a policy.
  ///
  /// - Throws: As `http(for:)`.
  package func client(for url: URL, by retries: RetryPolicy) throws(AccessError) -> HTTPClient {
    var configuration = try http(for: url)
    configuration.timeout = .init(
      connect: TimeAmount(retries.connectTime), read: TimeAmount(retries.idleTime),
      write: TimeAmount(retries.idleTime))
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.httpVersion = .http1Only
    return HTTPClient(
      eventLoopGroup: .singletonMultiThreadedEventLoopGroup, configuration: configuration)
  }
}
