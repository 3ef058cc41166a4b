import Foundation
import ObjectStorage
import PartitionPredicate

/// The answer to ListObjectsV2, by the names of its elements.
struct ListDocument: Decodable {
  struct Object: Decodable {
    let key: String
    let lastModified: String
    let eTag: String
    let size: Int64
    let storageClass: String?
  }

  struct Prefix: Decodable {
    let prefix: String
  }

  let isTruncated: Bool
  let encodingType: String?
  let nextContinuationToken: String?
  let contents: [Object]?
  let commonPrefixes: [Prefix]?

  /// The page, its keys decoded.
  ///
  /// - Throws: `ObjectError.unreadable`.
  func page() throws(ObjectError) -> ObjectPage {
    let encoding = KeyEncoding(name: encodingType)
    var page = ObjectPage()
    for object in contents ?? [] {
      guard let modified = try? Date(object.lastModified, strategy: .iso8601) else {
        throw .unreadable(
          operation: "list", reason: "\(object.key) was modified at \(object.lastModified)")
      }
      page.objects.append(
        ObjectSummary(
          key: try encoding.decode(object.key), size: object.size, tag: object.eTag.exact.unquoted,
          modified: Date(timeIntervalSince1970: modified.timeIntervalSince1970.rounded(.down)),
          storageClass: object.storageClass?.exact))
    }
    for prefix in commonPrefixes ?? [] { page.prefixes.append(try encoding.decode(prefix.prefix)) }
    guard isTruncated else { return page }
    guard let nextContinuationToken, !nextContinuationToken.isEmpty else {
      throw .unreadable(
        operation: "list", reason: "there is more, but it does not say how to go on")
    }
    page.next = nextContinuationToken.exact
    return page
  }
}

/// The answer to ListMultipartUploads.
struct UploadsDocument: Decodable {
  struct Upload: Decodable {
    let key: String
    let uploadId: String
  }

  let isTruncated: Bool
  let encodingType: String?
  let nextKeyMarker: String?
  let nextUploadIdMarker: String?
  let upload: [Upload]?
}

/// How keys stand in an answer: XML has no way to write all of them.
enum KeyEncoding {
  case plain
  /// Percent-encoded bytes, and `+` for a blank.
  case url

  /// The encoding that an answer names.
  init(name: String?) { self = name?.exact == "url" ? .url : .plain }

  /// The key that a text stands for.
  ///
  /// - Throws: `ObjectError.unreadable` of one that is not UTF-8.
  func decode(_ text: String) throws(ObjectError) -> ExactText {
    guard self == .url else { return text.exact }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        let digits = String(decoding: rest.prefix(2), as: UTF8.self)
        guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else {
          throw .unreadable(operation: "list", reason: "the key \(text) is not encoded as promised")
        }
        bytes.append(value)
        rest = rest.dropFirst(2)
      default: bytes.append(byte)
      }
    }
    guard let key = String(validating: bytes, as: UTF8.self) else {
      throw .unreadable(operation: "list", reason: "the key \(text) is not UTF-8")
    }
    return key.exact
  }
}
