import Foundation

/// The calls of the system for connections on loopback, which block.
enum Socket {
  /// A socket that listens on a free port.
  static func listening() throws -> Int32 {
    let socket = try made()
    try call(socket, port: 0) { bind(socket, $0, $1) }
    try check(listen(socket, 128))
    return socket
  }

  /// A connection to a port.
  static func connected(to port: Int) throws -> Int32 {
    let socket = try made()
    try call(socket, port: port) { connect(socket, $0, $1) }
    return socket
  }

  /// Where a socket listens.
  static func port(of socket: Int32) throws -> Int {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    try withUnsafeMutablePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        try check(getsockname(socket, $0, &size))
      }
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  /// What has come; empty at the end, nil when the connection was cut.
  static func receive(from socket: Int32) -> Data? {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = repeating { recv(socket, &bytes, bytes.count, 0) }
    return count < 0 ? nil : Data(bytes.prefix(count))
  }

  /// Sends bytes, as far as they are taken.
  static func send(_ bytes: Data, to socket: Int32) {
    #if os(Linux)
      let flags = Int32(MSG_NOSIGNAL)
    #else
      let flags: Int32 = 0
    #endif
    var rest = [UInt8](bytes)[...]
    while !rest.isEmpty {
      let count = repeating { rest.withUnsafeBytes { sent(socket, $0, flags) } }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Ends a connection, or the listening for them.
  static func shut(_ socket: Int32) {
    shutdown(socket, Int32(SHUT_RDWR))
    close(socket)
  }

  private static func sent(_ socket: Int32, _ bytes: UnsafeRawBufferPointer, _ flags: Int32) -> Int
  {
    Foundation.send(socket, bytes.baseAddress, bytes.count, flags)
  }

  /// Makes a call again that a signal has interrupted.
  private static func repeating(_ call: () -> Int) -> Int {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }

  private static func made() throws -> Int32 {
    #if os(Linux)
      let made = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let made = socket(AF_INET, SOCK_STREAM, 0)
      var one: Int32 = 1
      setsockopt(made, SOL_SOCKET, SO_NOSIGPIPE, &one, socklen_t(MemoryLayout<Int32>.size))
    #endif
    try check(made)
    // A program that a test starts meanwhile must not keep it open.
    try check(fcntl(made, F_SETFD, FD_CLOEXEC))
    return made
  }

  private static func call(
    _ socket: Int32, port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) throws {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    try withUnsafePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        try check(body($0, socklen_t(MemoryLayout<sockaddr_in>.size)))
      }
    }
  }

  private static func check(_ result: Int32) throws {
    guard result >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
  }
}
