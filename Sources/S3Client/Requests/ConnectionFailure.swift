import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix

/// What went wrong with a connection, for people.
struct ConnectionFailure {
  let reason: String
  /// Whether there was a connection, so that the request may have arrived.
  let isConnected: Bool

  /// Looks at an error of the HTTP client.
  init(_ error: any Error) {
    switch error {
    case let error as NIOConnectionError:
      let system = error.connectionErrors.compactMap { $0.error as? IOError }.first
      let reason = system.map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
      self.init(reason: reason, isConnected: false)
    case let error as IOError:
      self.init(reason: String(cString: strerror(error.errnoCode)), isConnected: true)
    case let error as HTTPClientError: self.init(error)
    default: self.init(reason: "\(error)", isConnected: true)
    }
  }

  private init(_ error: HTTPClientError) {
    switch error {
    case .connectTimeout, .getConnectionFromPoolTimeout:
      self.init(reason: "no connection within 5 seconds", isConnected: false)
    case .tlsHandshakeTimeout, .httpProxyHandshakeTimeout, .socksHandshakeTimeout,
      .proxyAuthenticationRequired, .invalidProxyResponse:
      self.init(reason: error.shortDescription, isConnected: false)
    case .readTimeout: self.init(reason: "no answer for 30 seconds", isConnected: true)
    case .writeTimeout: self.init(reason: "it took nothing for 30 seconds", isConnected: true)
    case .remoteConnectionClosed: self.init(reason: "the connection was cut", isConnected: true)
    default: self.init(reason: error.shortDescription, isConnected: true)
    }
  }

  private init(reason: String, isConnected: Bool) {
    self.reason = reason
    self.isConnected = isConnected
  }
}
