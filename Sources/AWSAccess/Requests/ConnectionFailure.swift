import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// What went wrong with a connection, for people.
package struct ConnectionFailure {
  /// Such as `Connection refused`.
  package let reason: String
  /// Whether there was a connection, so that the request may have arrived.
  package let isConnected: Bool

  /// Looks at an error of the HTTP client.
  package init(_ error: any Error) {
    switch error {
    case let error as NIOConnectionError:
      let system = error.connectionErrors.compactMap { $0.error as? IOError }.first
      let reason = system.map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
      self.init(reason: reason, isConnected: false)
    case let error as IOError:
      self.init(
        reason: String(cString: strerror(error.errnoCode)),
        isConnected: ![ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(error.errnoCode))
    case let error as HTTPClientError: self.init(error)
    case HTTPParserError.invalidEOFState: self.init(.remoteConnectionClosed)
    default: self.init(reason: "\(error)", isConnected: true)
    }
  }

  private init(_ error: HTTPClientError) {
    switch error {
    case .connectTimeout, .getConnectionFromPoolTimeout:
      self.init(reason: "no connection in time", isConnected: false)
    case .tlsHandshakeTimeout, .httpProxyHandshakeTimeout, .socksHandshakeTimeout,
      .proxyAuthenticationRequired, .invalidProxyResponse:
      self.init(reason: error.shortDescription, isConnected: false)
    case .readTimeout: self.init(reason: "no answer in time", isConnected: true)
    case .writeTimeout: self.init(reason: "nothing was taken in time", isConnected: true)
    case .remoteConnectionClosed: self.init(reason: "the connection was cut", isConnected: true)
    default: self.init(reason: error.shortDescription, isConnected: true)
    }
  }

  private init(reason: String, isConnected: Bool) {
    self.reason = reason
    self.isConnected = isConnected
  }
}
