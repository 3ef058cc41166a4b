import AsyncHTTPClient
import Crypto
import Foundation
import NIOCore
import NIOHTTP1
import ObjectStorage
import PartitionPredicate

/// A request to a store before it is signed.
struct S3Request: Sendable {
  /// What is sent with a request.
  enum Payload: Sendable {
    case none
    case data(Data)
    /// Bytes of a file with their SHA-256.
    case file(FilePart, SHA256.Digest)
  }

  /// What a request does, spelled as a verb for people.
  enum Operation: String, Sendable {
    case list, read, write, copy, remove, complete
    case removeSeveral = "remove objects of"
    case copyPart = "copy a part to"
    case beginUpload = "begin an upload of"
    case uploadPart = "upload a part of"
    case abort = "abort the upload of"
    case listUploads = "list the uploads of"
  }

  let method: HTTPMethod
  let operation: Operation
  /// The key is empty where it is about the bucket.
  let place: ObjectPlace
  /// Not encoded.
  var query: [(name: String, value: String)] = []
  var headers: [(name: String, value: String)] = []
  var payload = Payload.none
  /// Whether carrying it out twice is the same as once, so that it may be sent again when its answer was lost.
  var isRepeatable = true
  /// What the request needs to find in place of the object; nil for any other request.
  var condition: WriteCondition?
  /// When it may be carried out; nil for a signature by headers.
  var validity: RequestValidity?

  /// A request of a method for what it does to a place.
  init(_ method: HTTPMethod, _ operation: Operation, _ place: ObjectPlace) {
    self.method = method
    self.operation = operation
    self.place = place
  }
}

extension S3Request.Payload {
  /// The SHA-256 that signature and checksum hold for.
  var digest: SHA256.Digest {
    switch self {
    case .none: SHA256.hash(data: Data())
    case .data(let data): SHA256.hash(data: data)
    case .file(_, let digest): digest
    }
  }

  /// The digest as signatures have it.
  var hash: String { digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

  /// What is sent.
  var body: HTTPClientRequest.Body? {
    switch self {
    case .none: nil
    case .data(let data): .bytes(ByteBuffer(bytes: data))
    case .file(let part, _): .stream(part, length: .known(Int64(part.range.count)))
    }
  }
}

extension S3Request {
  /// Writes only under a condition, and so not twice: the second try would meet the first one's content.
  mutating func require(_ condition: WriteCondition) {
    self.condition = condition
    switch condition {
    case .always: return
    case .absent: headers.append(("If-None-Match", "*"))
    case .tag(let tag): headers.append(("If-Match", tag.quoted))
    }
    isRepeatable = false
  }

  /// Sends metadata of the object that is made.
  mutating func add(_ metadata: ObjectMetadata) {
    headers += metadata.sorted { $0.key.exact < $1.key.exact }
      .map { ("x-amz-meta-\($0.key)", $0.value) }
  }

  /// Sends a payload with the checksum that the store verifies and keeps.
  ///
  /// - Returns: The checksum.
  @discardableResult
  mutating func send(_ payload: Payload) -> String {
    self.payload = payload
    let checksum = Data(payload.digest).base64EncodedString()
    headers.append(("x-amz-checksum-sha256", checksum))
    return checksum
  }
}

extension ExactText {
  /// A tag as it stands in headers.
  var quoted: String { "\"\(text)\"" }

  /// A tag without the quotes that it has in headers and in some answers.
  var unquoted: ExactText {
    begins(with: "\"") && ends(with: "\"") && text.utf8.count >= 2
      ? ExactText(Substring(text.utf8.dropFirst().dropLast())) : self
  }
}
