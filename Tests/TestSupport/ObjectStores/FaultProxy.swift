import Foundation
import PartitionPredicate
import Synchronization

/// Stands in front of an object store, counts the requests by what they do, and lets some go wrong.
///
/// It passes headers on as they are, the signed Host too. Each connection is for one request.
public final class FaultProxy: Sendable {
  /// Chooses what goes wrong with a request; the number counts those of its kind, from 1.
  public typealias Rule = @Sendable (StoreRequest, Int) -> StoreFault?

  private struct State {
    var rule: Rule = { _, _ in nil }
    var requests: [StoreRequest] = []
  }

  /// Where it listens on 127.0.0.1.
  public let port: Int
  /// Every request as it comes; for one reader.
  public let arrivals: AsyncStream<StoreRequest>
  private let arrived: AsyncStream<StoreRequest>.Continuation
  private let store: Int
  private let listener: Int32
  private let state = Mutex(State())

  /// For `endpoint:`.
  public var endpoint: String { "http://127.0.0.1:\(port)" }

  /// All requests since the rule was set.
  public var requests: [StoreRequest] { state.withLock(\.requests) }

  /// How many requests of a kind came since the rule was set.
  public func count(_ kind: StoreRequest.Kind) -> Int { requests.count { $0.kind == kind } }

  /// Lets go wrong what a rule chooses from now on, and counts anew.
  public func set(_ rule: @escaping Rule) { state.withLock { $0 = State(rule: rule) } }

  /// Lets the first requests of a kind go wrong, and counts anew.
  public func fail(_ kind: StoreRequest.Kind, times: Int = 1, _ fault: StoreFault) {
    set { $0.kind == kind && $1 <= times ? fault : nil }
  }

  /// Opens a proxy in front of a store; throws `POSIXError`.
  public init(for peer: S3Peer) throws {
    store = peer.port
    listener = try Socket.listening()
    port = try Socket.port(of: listener)
    (arrivals, arrived) = AsyncStream.makeStream()
    Thread.detachNewThread { [weak self, listener] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return }
        guard let self else { return Socket.shut(client) }
        Thread.detachNewThread {
          self.serve(client)
          Socket.shut(client)
        }
      }
    }
  }

  deinit {
    Socket.shut(listener)
    arrived.finish()
  }

  private func serve(_ client: Int32) {
    guard let message = Message(from: client), let request = message.request else { return }
    let fault = state.withLock { state in
      state.requests.append(request)
      return state.rule(request, state.requests.count { $0.kind == request.kind })
    }
    arrived.yield(request)
    switch fault {
    case .refused(let status, let code, let headers):
      Socket.send(Message.error(status, code, headers, to: request).bytes, to: client)
    case .answered(let body, let status):
      Socket.send(
        Message(line: "HTTP/1.1 \(status) -", headers: [], body: Data(body.utf8)).bytes, to: client)
    case .cutBefore: return
    case .held: while Socket.receive(from: client)?.isEmpty == false {}
    default:
      if case .before(let action) = fault { action() }
      var sent = message
      if case .damaged = fault, !sent.body.isEmpty {
        sent.body[sent.body.index(before: sent.body.endIndex)] ^= 1
      }
      guard let answer = forwarded(sent) else {
        // Not a fault of the test's: said, so that a test that fails for it shows it.
        let error = Message.error(502, "NoAnswerToTheProxy", [:], to: request)
        return Socket.send(error.bytes, to: client)
      }
      if case .after(let action) = fault { action() }
      pass(answer, of: request, to: client, fault)
    }
  }

  private func forwarded(_ message: Message) -> Message? {
    guard let server = try? Socket.connected(to: store) else { return nil }
    defer { Socket.shut(server) }
    var message = message
    // The store then neither cuts its answer into chunks nor waits for a second request.
    message.line = message.line.exact.replacing(every: " HTTP/1.1", with: " HTTP/1.0").text
    Socket.send(message.bytes, to: server)
    return Message(from: server, isAnswerToHead: message.line.exact.begins(with: "HEAD "))
  }

  private func pass(
    _ answer: Message, of request: StoreRequest, to client: Int32, _ fault: StoreFault?
  ) {
    var answer = answer
    switch fault {
    case .lost: return
    case .brokenAfter(let status, let code):
      Socket.send(Message.error(status, code, [:], to: request).bytes, to: client)
    case .cutBody(let count):
      Socket.send(answer.bytes.dropLast(max(0, answer.body.count - count)), to: client)
    case .slow(let size):
      var rest = answer.bytes[...]
      while !rest.isEmpty {
        Socket.send(rest.prefix(size), to: client)
        rest = rest.dropFirst(size)
      }
    case .headed(let headers):
      answer.headers.removeAll { headers[$0.name.exact.lowercased] != nil }
      answer.headers += headers.map { ($0.key.text, $0.value) }
      Socket.send(answer.bytes, to: client)
    case .changed(let change):
      answer.body = Data(change(String(decoding: answer.body, as: UTF8.self)).utf8)
      Socket.send(answer.bytes, to: client)
    default: Socket.send(answer.bytes, to: client)
    }
  }
}

/// A request or an answer of HTTP/1.
private struct Message {
  var line: String
  /// Without those that say how long the body is, but in the answer to a HEAD.
  var headers: [(name: String, value: String)]
  var body: Data
  var isAnswerToHead = false

  init(line: String, headers: [(name: String, value: String)], body: Data) {
    self.line = line
    self.headers = headers
    self.body = body
  }

  /// Reads a whole one; nil when the connection ends before.
  init?(from socket: Int32, isAnswerToHead: Bool = false) {
    self.isAnswerToHead = isAnswerToHead
    var bytes = Data()
    let end = Data("\r\n\r\n".utf8)
    while bytes.range(of: end) == nil {
      guard let more = Socket.receive(from: socket), !more.isEmpty else { return nil }
      bytes += more
    }
    guard let range = bytes.range(of: end) else { return nil }
    let head = String(decoding: bytes[..<range.lowerBound], as: UTF8.self).exact
    body = bytes[range.upperBound...]
    let lines = head.replacing(every: "\r\n", with: "\n").parts(separatedBy: "\n")
    line = lines[0].text
    headers = lines.dropFirst().map { line in
      let parts = line.parts(separatedBy: ":", maxSplits: 1, omittingEmpty: false)
      return (parts[0].text, parts[1].text.trimmingCharacters(in: .whitespaces))
    }
    let length = value("content-length").flatMap { Int($0) }
    guard !isAnswerToHead else { return }
    headers.removeAll { ["content-length", "connection"].contains($0.name.exact.lowercased) }
    let isAnswer = line.exact.begins(with: "HTTP/")
    while body.count < length ?? (isAnswer ? .max : 0) {
      guard let more = Socket.receive(from: socket) else { return nil }
      if more.isEmpty { break }
      body += more
    }
  }

  static func error(
    _ status: Int, _ code: String, _ headers: [ExactText: String], to request: StoreRequest
  ) -> Message {
    let xml = "<Error><Code>\(code)</Code><Message>by the proxy</Message></Error>"
    let date = "Sun, 29 Nov 2026 20:05:38 GMT"
    var message = Message(
      line: "HTTP/1.1 \(status) -", headers: [("Date", date)],
      body: Data((request.kind == .head ? "" : xml).utf8))
    message.headers += headers.map { ($0.key.text, $0.value) }
    return message
  }

  private func value(_ name: ExactText) -> String? {
    headers.first { $0.name.exact.lowercased == name }?.value
  }

  var request: StoreRequest? {
    let parts = line.exact.parts(separatedBy: " ")
    guard parts.count == 3 else { return nil }
    let named = headers.map { ($0.name.exact.lowercased, $0.value) }
    return StoreRequest(
      method: parts[0].text, target: parts[1].text,
      headers: Dictionary(named) { first, _ in first }, size: body.count,
      body: body.count > 1 << 16 ? "" : String(decoding: body, as: UTF8.self))
  }

  var bytes: Data {
    let length = isAnswerToHead ? "" : "Content-Length: \(body.count)\r\n"
    let lines = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
    return Data("\(line)\r\n\(lines)\(length)Connection: close\r\n\r\n".utf8) + body
  }
}
