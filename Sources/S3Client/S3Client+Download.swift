import AWSAccess
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
public import ObjectStorage
public import PartitionPredicate

extension S3Client {
  /// Writes an object into a file, by GET; one that is cut goes on where it ended, if the content is still the same.
  @discardableResult
  public func download(
    _ place: ObjectPlace, tag: ExactText, to path: String
  ) async throws(ObjectError) -> ExactText? {
    let partial = try PartialFile(for: path)
    var request = S3Request(.GET, .read, place)
    var failed = FailedTries()
    var checksum: ExactText?
    while true {
      let start = partial.size
      request.headers = [("If-Match", tag.quoted), ("x-amz-checksum-mode", "ENABLED")]
      if start > 0 { request.headers.append(("Range", "bytes=\(start)-")) }
      do {
        try await receive(request, into: partial, tag: tag, &checksum)
        break
      } catch {
        // Only tries that bring nothing are counted, so that a long way with many cuts is gone.
        if partial.size > start { failed = FailedTries() }
        try await pause(after: error, of: request, &failed)
      }
    }
    try partial.finish()
    return checksum
  }

  /// Takes in one answer, as far as it comes.
  private func receive(
    _ request: S3Request, into partial: PartialFile, tag: ExactText, _ checksum: inout ExactText?
  ) async throws(S3Trouble) {
    let response = try await respond(to: request)
    do {
      // A store without conditions serves whatever is there.
      if let other = response.headers.first(name: "ETag")?.exact.unquoted, other != tag {
        throw ObjectError.unmet
      }
      let total = try partial.total(of: response, request)
      if response.status == .ok {
        try partial.empty()
        // That of a range would be of the range.
        checksum = response.headers.contentChecksum
      }
      for try await bytes in response.body { try partial.append(bytes) }
      guard partial.size == total else {
        throw HTTPClientError.remoteConnectionClosed
      }
    } catch {
      throw trouble(of: error, request)
    }
  }
}

/// A file that has another name until it is whole.
private final class PartialFile {
  private let path: String
  private let partial: String
  private let file: FileHandle
  private(set) var size: Int64 = 0
  private var isFinished = false

  init(for path: String) throws(ObjectError) {
    self.path = path
    partial = "\(path).\(UUID().uuidString).partial"
    guard FileManager.default.createFile(atPath: partial, contents: nil),
      let file = FileHandle(forWritingAtPath: partial)
    else {
      throw .local(path: partial, reason: String(cString: strerror(errno)))
    }
    self.file = file
  }

  deinit {
    if !isFinished { try? FileManager.default.removeItem(atPath: partial) }
  }

  /// How large the whole object is, by an answer that goes on where this file ends.
  func total(of response: HTTPClientResponse, _ request: S3Request) throws(ObjectError) -> Int64 {
    if response.status == .partialContent {
      let range = response.headers.first(name: "Content-Range") ?? ""
      let parts = range.exact.parts(separatedBy: "/")
      guard range.exact.begins(with: "bytes \(size)-"), parts.count == 2,
        let total = Int64(parts[1].text)
      else {
        throw .unreadable(
          operation: request.operation.rawValue,
          reason: "bytes from \(size) on were asked for, \(range) came")
      }
      return total
    }
    guard let total = response.headers.first(name: "Content-Length").flatMap({ Int64($0) }) else {
      throw .unreadable(
        operation: request.operation.rawValue, reason: "it has no header Content-Length")
    }
    return total
  }

  func empty() throws(ObjectError) {
    try local { try file.truncate(atOffset: 0) }
    size = 0
  }

  func append(_ bytes: ByteBuffer) throws(ObjectError) {
    try local { try file.write(contentsOf: Data(bytes.readableBytesView)) }
    size += Int64(bytes.readableBytes)
  }

  /// Gives the file its name.
  func finish() throws(ObjectError) {
    try local { try file.close() }
    guard rename(partial, path) == 0 else {
      throw .local(path: path, reason: String(cString: strerror(errno)))
    }
    isFinished = true
  }

  private func local(_ body: () throws -> Void) throws(ObjectError) {
    do { try body() } catch { throw .local(path: partial, reason: error.localizedDescription) }
  }
}
