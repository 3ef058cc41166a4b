public import AsyncHTTPClient
public import Foundation
import NIOSSL
public import ObjectStorage
import PartitionPredicate

extension AWSConfiguration {
  /// How requests to a URL are sent: through the proxy, and trusting the certificates, that are configured.
  ///
  /// Redirections are not followed, since a signature holds for one host.
  ///
  /// - Throws: `ObjectError.misconfigured` for a proxy that cannot be used; `.local` for certificates that cannot be
  ///   read.
  public func http(for url: URL) throws(ObjectError) -> HTTPClient.Configuration {
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
}
