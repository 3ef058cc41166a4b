import Foundation
import ObjectStorage
import PartitionPredicate

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The answer to ListObjectsV2, by the names of its elements.
struct ListDocument {
  struct Object {
    var key: String?
    var lastModified: String?
    var eTag: String?
    var size: Int64?
    var storageClass: String?
  }

  fileprivate(set) var isTruncated: Bool?
  fileprivate(set) var encodingType: String?
  fileprivate(set) var nextContinuationToken: String?
  fileprivate(set) var contents: [Object] = []
  fileprivate(set) var commonPrefixes: [String] = []

  /// Takes in a document element by element: a tree of 1,000 objects takes longer than the store needs to list them.
  ///
  /// - Throws: `ObjectError.unreadable`.
  init(_ xml: Data) throws(ObjectError) {
    let reader = ListReader()
    let parser = XMLParser(data: xml)
    parser.delegate = reader
    // The parser takes a document that breaks off for a whole one.
    guard parser.parse(), reader.isWhole else { throw Self.broken }
    self = reader.document
  }

  fileprivate init() {}

  private static let broken = ObjectError.unreadable(
    operation: S3Request.Operation.list.rawValue, reason: "its XML is not as promised")

  /// The page, its keys decoded.
  ///
  /// - Throws: `ObjectError.unreadable`.
  func page() throws(ObjectError) -> ObjectPage {
    let encoding = KeyEncoding(name: encodingType)
    var page = ObjectPage()
    page.objects.reserveCapacity(contents.count)
    for object in contents {
      guard let key = object.key, let date = object.lastModified, let tag = object.eTag,
        let size = object.size
      else { throw Self.broken }
      guard let modified = try? Date(date, strategy: .iso8601) else {
        throw .unreadable(operation: "list", reason: "\(key) was modified at \(date)")
      }
      page.objects.append(
        ObjectSummary(
          key: try encoding.decode(key), size: size, tag: tag.exact.unquoted,
          modified: Date(timeIntervalSince1970: modified.timeIntervalSince1970.rounded(.down)),
          storageClass: object.storageClass?.exact))
    }
    for prefix in commonPrefixes { page.prefixes.append(try encoding.decode(prefix)) }
    guard let isTruncated else { throw Self.broken }
    guard isTruncated else { return page }
    guard let nextContinuationToken, !nextContinuationToken.isEmpty else {
      throw .unreadable(
        operation: "list", reason: "there is more, but it does not say how to go on")
    }
    page.next = nextContinuationToken.exact
    return page
  }
}

/// Notes what the elements of an answer to ListObjectsV2 say, as the parser comes to their ends.
private final class ListReader: NSObject, XMLParserDelegate {
  private(set) var document = ListDocument()
  /// Whether the end of the document has been seen.
  private(set) var isWhole = false
  private var object = ListDocument.Object()
  /// The names of the elements that are open, from the outer to the inner one.
  private var path: [String] = []
  /// Of the innermost one.
  private var text = ""

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?,
    attributes: [String: String]  // characters: none is looked at
  ) {
    path.append(name)
    text = ""
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) { self.text += text }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    text += String(decoding: block, as: UTF8.self)
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    path.removeLast()
    switch path.count {
    case 0: isWhole = true
    case 1: endOfPart(name)
    case 2 where path[1] == "Contents": endOfFact(name)
    case 2 where path[1] == "CommonPrefixes" && name == "Prefix":
      document.commonPrefixes.append(text)
    default: break
    }
  }

  /// Ends an element of the document itself.
  private func endOfPart(_ name: String) {
    switch name {
    case "Contents":
      document.contents.append(object)
      object = ListDocument.Object()
    case "IsTruncated": document.isTruncated = Bool(text)
    case "EncodingType": document.encodingType = text
    case "NextContinuationToken": document.nextContinuationToken = text
    default: break
    }
  }

  /// Ends an element of an object.
  private func endOfFact(_ name: String) {
    switch name {
    case "Key": object.key = text
    case "LastModified": object.lastModified = text
    case "ETag": object.eTag = text
    case "Size": object.size = Int64(text)
    case "StorageClass": object.storageClass = text
    default: break
    }
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
    let signs = [UInt8(ascii: "%"), UInt8(ascii: "+")]
    guard self == .url, text.utf8.contains(where: signs.contains) else { return text.exact }
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
