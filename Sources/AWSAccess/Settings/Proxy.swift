import Foundation
import PartitionPredicate

/// A server through which requests go.
struct Proxy: Hashable, Sendable {
  var host: ExactText
  var port: Int
  /// Name and password, as they are sent; nil where the proxy asks for none.
  var login: Login?

  struct Login: Hashable, Sendable {
    var name: ExactText
    var password: ExactText
  }
}

extension Proxy: CustomStringConvertible, CustomReflectable {
  /// Without the login.
  var description: String { "\(host):\(port)" }

  /// What a dump shows.
  var customMirror: Mirror { Mirror(self, children: ["host": host, "port": port]) }
}

extension AWSEnvironment {
  /// The proxy of requests to a URL: `HTTPS_PROXY` or `HTTP_PROXY`, in small letters too, unless `NO_PROXY` names the host.
  ///
  /// What is on this machine is never asked through a proxy.
  ///
  /// - Throws: `AccessError.misconfigured` for a proxy whose URL is none of `http://host:port`.
  func proxy(for url: URL) throws(AccessError) -> Proxy? {
    let name = url.scheme?.exact.lowercased == "https" ? "https_proxy" : "http_proxy"
    guard let host = url.host()?.exact.lowercased, let text = value(name),
      !url.isOnThisMachine, !isLeftOut(host, port: url.port ?? url.defaultPort)
    else { return nil }

    let spelled = text.exact.contains(text: "://") ? text : "http://\(text)"
    // The URL may have a password in it and is not shown.
    guard let proxy = URL(string: spelled), let host = proxy.host(), !host.isEmpty else {
      throw .misconfigured(
        what: name.exact.uppercased.text, reason: "it is not of the form http://host:port")
    }
    guard proxy.scheme?.exact.lowercased == "http" else {
      throw .misconfigured(
        what: name.exact.uppercased.text,
        reason: "Dovetail talks to proxies by http:// only, not by \(proxy.scheme ?? ""):// "
          + "(requests to https:// addresses stay encrypted on the way through it)")
    }
    let login = proxy.user(percentEncoded: false).map {
      Proxy.Login(
        name: $0.exact, password: (proxy.password(percentEncoded: false) ?? "").exact)
    }
    return Proxy(host: host.exact, port: proxy.port ?? proxy.defaultPort, login: login)
  }

  /// The value of a variable whose name is written in small or in capital letters.
  private func value(_ name: String) -> String? { self[name] ?? self[name.exact.uppercased.text] }

  /// Whether `NO_PROXY` names a host: itself, a domain above it, with or without a dot in front, or `*`; an entry with a
  /// port holds for that port.
  private func isLeftOut(_ host: ExactText, port: Int) -> Bool {
    let entries = (value("no_proxy") ?? "").exact.lowercased.parts(separatedBy: ",")
    return entries.contains { entry in
      var name = entry.text.trimmingCharacters(in: .whitespaces)
      if let (named, number) = Self.withPort(name) {
        guard number == port else { return false }
        name = named
      }
      if name.exact == "*" { return true }
      let domain = name.exact.begins(with: "*.") ? name.dropFirst().exact : name.exact
      let bare = domain.begins(with: ".") ? domain.text.dropFirst().exact : domain
      return !bare.isEmpty && (host == bare || host.ends(with: ".\(bare)"))
    }
  }

  /// Cuts `host:port`, but not an address of IPv6 without brackets.
  private static func withPort(_ text: String) -> (String, Int)? {
    let scalars = text.unicodeScalars
    guard let colon = scalars.lastIndex(of: ":"), let port = Int(text[colon...].dropFirst()),
      scalars.firstIndex(of: ":") == colon || text.exact.begins(with: "[")
    else { return nil }
    return (text[..<colon].trimmingCharacters(in: ["[", "]"]), port)
  }
}

extension URL {
  /// Whether the host is this machine itself.
  var isOnThisMachine: Bool {
    guard let host = host()?.exact.lowercased else { return false }
    let isAddress = host.text.utf8.allSatisfy {
      $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    return host == "localhost" || host.ends(with: ".localhost") || host == "::1"
      || (isAddress && host.begins(with: "127."))
  }

  /// The port of the scheme.
  var defaultPort: Int { scheme?.exact.lowercased == "https" ? 443 : 80 }
}
