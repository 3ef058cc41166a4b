public import Foundation

/// A key with which requests to AWS, or to a store like it, are signed.
///
/// Printing, dumping or interpolating it never shows the secret or the token.
public struct Credentials: Sendable {
  /// Which key it is; this is no secret.
  public let keyID: String
  let secret: String
  /// Proves a session; nil for a key that lasts.
  let token: String?
  /// From when on they are refused; nil when they last.
  public let expires: Date?

  /// Creates credentials.
  public init(keyID: String, secret: String, token: String? = nil, expires: Date? = nil) {
    self.keyID = keyID
    self.secret = secret
    self.token = token
    self.expires = expires
  }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The key's id, and until when it holds.
  public var description: String {
    "key \(keyID)" + (expires.map { ", valid until \($0.formatted(.iso8601))" } ?? "")
  }

  /// The same as `description`.
  public var debugDescription: String { description }

  /// What a dump shows.
  public var customMirror: Mirror {
    Mirror(self, children: ["keyID": keyID, "expires": expires as Any])
  }
}
