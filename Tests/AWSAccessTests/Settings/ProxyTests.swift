import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import AWSAccess

/// Through what requests are sent.
struct ProxyTests {
  private func proxy(_ url: String, _ variables: [String: String]) throws -> Proxy? {
    try AWSEnvironment(variables).proxy(for: try #require(URL(string: url)))
  }

  @Test func `each scheme has its proxy, and small letters go first`() throws {
    let both = ["HTTPS_PROXY": "http://secure:1", "HTTP_PROXY": "http://plain"]
    #expect(try proxy("https://s3.example", both) == Proxy(host: "secure", port: 1))
    #expect(try proxy("http://s3.example", both) == Proxy(host: "plain", port: 80))
    #expect(
      try proxy("https://s3.example", both.merging(["https_proxy": "http://small:2"]) { $1 })
        == Proxy(host: "small", port: 2))
    #expect(
      try proxy("https://s3.example", ["HTTPS_PROXY": "bare:3"]) == Proxy(host: "bare", port: 3))
    #expect(try proxy("http://s3.example", ["HTTPS_PROXY": "http://secure:1"]) == nil)
    #expect(try proxy("https://s3.example", ["HTTPS_PROXY": ""]) == nil)
  }

  @Test func `a login is decoded, and never shown`() throws {
    let found = try #require(
      try proxy("https://s3.example", ["HTTPS_PROXY": "http://us%40er:hid%3Aden@host:1"]))
    #expect(found.login == Proxy.Login(name: "us@er", password: "hid:den"))
    var dumped = ""
    dump(found, to: &dumped)
    #expect(!"\(found) \(String(reflecting: found)) \(dumped)".contains("hid:den"))
  }

  @Test(
    "NO_PROXY names hosts, domains, ports or all",
    arguments: [
      ("*", true), ("example.com", true), (".example.com", true), ("*.example.com", true),
      ("S3.Example.COM", true), ("other, example.com", true), ("example.com:443", true),
      ("com", true), ("example.com:80", false), ("ample.com", false), ("s3.example.co", false),
      ("x.s3.example.com", false), ("", false), (",", false), (".", false),
    ])
  func leftOut(list: String, isLeftOut: Bool) throws {
    let variables = ["HTTPS_PROXY": "http://proxy:1", "NO_PROXY": list]
    #expect(try (proxy("https://s3.example.com/b", variables) == nil) == isLeftOut)
  }

  @Test func `an entry with a port holds for that port`() throws {
    let variables = ["HTTP_PROXY": "http://proxy:1", "no_proxy": "store:9000,[fd00::1]:80,fd00::2"]
    #expect(try proxy("http://store:9000", variables) == nil)
    #expect(try proxy("http://store:9001", variables) != nil)
    #expect(try proxy("http://[fd00::1]", variables) == nil)
    #expect(try proxy("http://[fd00::2]", variables) == nil)
    #expect(try proxy("http://[fd00::3]", variables) != nil)
  }

  @Test func `this machine is asked without a proxy`() throws {
    let variables = ["HTTP_PROXY": "http://proxy:1"]
    for host in ["localhost", "x.localhost", "127.0.0.1", "127.1.2.3", "[::1]"] {
      #expect(try proxy("http://\(host):9000", variables) == nil)
    }
    #expect(try proxy("http://127.0.0.1.example", variables) != nil)
  }

  @Test func `a proxy that cannot be used is told without its password`() {
    func sentence(_ text: String) -> String? {
      #expect(throws: AccessError.self) {
        try proxy("https://s3.example", ["HTTPS_PROXY": text])
      }?.description
    }
    #expect(
      sentence("https://user:hidden@proxy:1")
        == "HTTPS_PROXY cannot be used: Dovetail talks to proxies by http:// only, not by https:// (requests to https:// "
        + "addresses stay encrypted on the way through it).")
    #expect(
      sentence("http://") == "HTTPS_PROXY cannot be used: it is not of the form http://host:port.")
  }
}

/// What the client of HTTP is told.
struct HTTPConfigurationTests {
  @Test func `the proxy is asked for a way through, with the login`() async throws {
    let server = try await LoopbackServer { _ in nil }
    let address = server.url.exact.replacing(every: "http://", with: "http://me:hidden@").text
    let configuration = try AWSHome().configuration(["HTTPS_PROXY": address])
    let asking = Task {
      try await CredentialsRequest(url: "https://nobody.invalid/x").send(configuration)
    }
    while server.requests.isEmpty { await Task.yield() }
    asking.cancel()
    await #expect(throws: AccessError.cancelled) { try await asking.value }
    let request = try #require(server.requests.first)
    #expect(request.method.exact == "CONNECT")
    #expect(request.uri.exact == "nobody.invalid:443")
    #expect(request.header("proxy-authorization") == "Basic bWU6aGlkZGVu")
  }

  @Test func `a redirection is an answer`() async throws {
    let server = try await LoopbackServer { _ in .init(status: 307, location: "/other") }
    let answer = try await CredentialsRequest(url: server.url).send(AWSHome().configuration())
    #expect(answer.status == 307)
    #expect(server.requests.count == 1)
  }

  @Test func `certificates that cannot be read are told`() throws {
    let home = try AWSHome(config: "[default]\nca_bundle = ~/ca.pem")
    try home.folder.write("no certificate", to: "ca.pem")
    let url = try #require(URL(string: "https://s3.example"))
    let error = AccessError.local(
      path: "\(home.folder.path)/ca.pem",
      reason: "there are no certificates to be read (AWS_CA_BUNDLE)")
    #expect(throws: error) { try home.configuration().http(for: url) }
    #expect(
      throws: AccessError.local(
        path: "/nowhere", reason: "there are no certificates to be read (AWS_CA_BUNDLE)")
    ) { try home.configuration(["AWS_CA_BUNDLE": "/nowhere"]).http(for: url) }
  }
}
