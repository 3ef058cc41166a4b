import Foundation
import NIOHTTP1
import ObjectStorage
import PartitionPredicate
import XMLCoder

/// An answer that has come in whole.
struct S3Answer: Sendable {
  let status: Int
  let headers: HTTPHeaders
  var body = Data()
}

extension S3Answer {
  /// The body as what an XML document says.
  ///
  /// - Throws: `ObjectError.unreadable`.
  func decoded<Value: Decodable>(_ type: Value.Type, of request: S3Request)
    throws(ObjectError) -> Value
  {
    do {
      return try XMLDecoder.s3.decode(type, from: xml)
    } catch {
      throw .unreadable(operation: request.operation.rawValue, reason: "its XML is not as promised")
    }
  }

  /// The body from where it begins: a store that needs long sends blanks first.
  var xml: Data { Data(body.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D }) }

  /// A header that has to be there.
  ///
  /// - Throws: `ObjectError.unreadable`.
  func header(_ name: String, of request: S3Request) throws(ObjectError) -> String {
    guard let value = headers.first(name: name) else {
      throw .unreadable(operation: request.operation.rawValue, reason: "it has no header \(name)")
    }
    return value
  }

  /// The facts of the object that the answer is about.
  ///
  /// - Throws: `ObjectError.unreadable`.
  func facts(size: Int64, metadata: ObjectMetadata? = nil, of request: S3Request)
    throws(ObjectError) -> ObjectFacts
  {
    let date = try header("Date", of: request)
    guard let answeredAt = try? Date(date, strategy: .http) else {
      throw .unreadable(operation: request.operation.rawValue, reason: "its date is \(date)")
    }
    return ObjectFacts(
      tag: try header("ETag", of: request).exact.unquoted, size: size,
      metadata: metadata ?? self.metadata, checksum: headers.contentChecksum, answeredAt: answeredAt
    )
  }

  private var metadata: ObjectMetadata {
    let prefix: ExactText = "x-amz-meta-"
    return headers.reduce(into: [:]) { metadata, header in
      let name = header.name.exact.lowercased
      guard name.begins(with: prefix) else { return }
      metadata[String(name.text.dropFirst(prefix.text.count))] = header.value
    }
  }

  /// The answer as a refusal, by its headers and by as much of its body as is XML.
  ///
  /// - Returns: nil for a body with status 200 that is no `<Error>`.
  var refusal: Refusal? {
    let error = try? XMLDecoder.s3.decode(ErrorDocument.self, from: xml)
    if status == 200, error?.code == nil { return nil }
    return Refusal(
      status: status, code: (error?.code ?? "").exact, message: error?.message ?? "",
      region: headers.first(name: "x-amz-bucket-region") ?? error?.region,
      date: headers.first(name: "Date"))
  }
}

extension HTTPHeaders {
  /// The checksums of an object's whole content, as `ObjectFacts.checksum` has them.
  ///
  /// One that is made of those of parts is none: it says so, or ends with their number.
  var contentChecksum: ExactText? {
    guard first(name: "x-amz-checksum-type")?.exact.uppercased != "COMPOSITE" else { return nil }
    let words = ["sha256", "sha1", "crc64nvme", "crc32c", "crc32"].compactMap { name -> String? in
      guard let value = first(name: "x-amz-checksum-\(name)"),
        let bytes = Data(base64Encoded: value), !bytes.isEmpty
      else { return nil }
      return "\(name):" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    return words.isEmpty ? nil : words.joined(separator: " ").exact
  }
}

/// What S3 answers instead of what was asked for.
private struct ErrorDocument: Decodable {
  let code: String?
  let message: String?
  let region: String?
}

extension XMLDecoder {
  /// Reads the documents of S3, whose elements begin with a capital letter.
  fileprivate static var s3: XMLDecoder {
    let decoder = XMLDecoder(trimValueWhitespaces: false)
    decoder.keyDecodingStrategy = .convertFromCapitalized
    return decoder
  }
}

extension ParseStrategy where Self == Date.ParseStrategy {
  /// `Sun, 29 Nov 2026 20:05:38 GMT`.
  fileprivate static var http: Date.ParseStrategy {
    Date.ParseStrategy(
      format: """
        \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .padded(4)) \
        \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
        \(second: .twoDigits) GMT
        """,
      locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt)
  }
}
