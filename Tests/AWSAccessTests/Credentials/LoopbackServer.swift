import NIOCore
import NIOHTTP1
import NIOPosix
import PartitionPredicate
import Synchronization

/// An HTTP server on 127.0.0.1 that answers as a test says, and keeps what it was asked; it ends with the value.
final class LoopbackServer: Sendable {
  struct Request: Sendable {
    var method: String
    /// Path and query, as they came.
    var uri: String
    var headers: HTTPHeaders
    var body: String

    func header(_ name: String) -> ExactText? { headers.first(name: name)?.exact }
  }

  struct Answer: Sendable {
    var status = 200
    var body = ""
    var location: String?
  }

  /// Gives the answer; nil never gives one.
  typealias Answering = @Sendable (Request) async -> Answer?

  private let channel: any Channel
  private let log: Log

  /// Where it listens: `http://127.0.0.1:…`.
  var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }

  /// What came so far.
  var requests: [Request] { log.requests.withLock { $0 } }

  init(_ answering: @escaping Answering) async throws {
    let log = Log()
    self.log = log
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(Handler(log: log, answering: answering))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  deinit { channel.close(promise: nil) }

  private final class Log: Sendable {
    let requests = Mutex<[Request]>([])
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let log: Log
    private let answering: Answering
    private var request = Request(method: "", uri: "", headers: [:], body: "")

    init(log: Log, answering: @escaping Answering) {
      self.log = log
      self.answering = answering
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head):
        request = Request(
          method: head.method.rawValue, uri: head.uri, headers: head.headers, body: "")
      case .body(let bytes): request.body += String(buffer: bytes)
      case .end:
        let (request, answering, channel) = (request, answering, context.channel)
        log.requests.withLock { $0.append(request) }
        Task {
          guard let answer = await answering(request) else { return }
          var head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status),
            headers: ["Content-Length": "\(answer.body.utf8.count)"])
          if let location = answer.location { head.headers.add(name: "Location", value: location) }
          channel.write(HTTPServerResponsePart.head(head), promise: nil)
          let body = ByteBuffer(string: answer.body)
          channel.write(HTTPServerResponsePart.body(.byteBuffer(body)), promise: nil)
          channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
        }
      }
    }
  }
}
