import Crypto
import Foundation
import NIOHTTP1
public import ObjectStorage
public import PartitionPredicate
import XMLCoder

extension S3Client {
  /// Begins an upload whose parts have checksums.
  public func beginUpload(to place: ObjectPlace, metadata: ObjectMetadata)
    async throws(ObjectError) -> ObjectUpload
  {
    var request = S3Request(.POST, .beginUpload, place)
    request.query = [("uploads", "")]
    request.headers = creation.creation + [("x-amz-checksum-algorithm", "SHA256")]
    request.add(metadata)
    let answer = try await send(request).decoded(BegunUpload.self, of: request)
    return ObjectUpload(place: place, id: answer.uploadId.exact)
  }

  /// Uploads a part, which is read twice: its checksum is signed.
  public func upload(
    part number: Int, of upload: ObjectUpload, from path: String, range: Range<Int64>
  ) async throws(ObjectError) -> UploadedPart {
    var request = S3Request(.PUT, .uploadPart, upload.place)
    request.query = [("partNumber", "\(number)"), ("uploadId", upload.id.text)]
    let part = FilePart(path: path, range: range)
    let checksum = request.send(.file(part, try part.digest()))
    let tag = try await send(request).header("ETag", of: request)
    return UploadedPart(number: number, tag: tag.exact.unquoted, checksum: checksum.exact)
  }

  /// Copies a part, by UploadPartCopy.
  public func copy(
    part number: Int, of upload: ObjectUpload, from place: ObjectPlace, tag: ExactText,
    range: Range<Int64>?
  ) async throws(ObjectError) -> UploadedPart {
    var request = S3Request(.PUT, .copyPart, upload.place)
    request.query = [("partNumber", "\(number)"), ("uploadId", upload.id.text)]
    request.copy(from: place, tag: tag)
    if let range {
      request.headers.append(
        ("x-amz-copy-source-range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)"))
    }
    let answer = try await send(request).decoded(CopiedPart.self, of: request)
    return UploadedPart(
      number: number, tag: answer.eTag.exact.unquoted, checksum: answer.checksumSHA256?.exact)
  }

  /// Completes an upload; the tag is the one that the store says.
  public func complete(
    _ upload: ObjectUpload, parts: [UploadedPart], if condition: WriteCondition
  ) async throws(ObjectError) -> ExactText {
    var request = S3Request(.POST, .complete, upload.place)
    request.query = [("uploadId", upload.id.text)]
    request.require(condition)
    // A second completion may meet an object that has replaced the first one's since.
    request.isRepeatable = false
    let document = Completion(
      part: parts.sorted { $0.number < $1.number }.map {
        Completion.Part(
          partNumber: $0.number, eTag: $0.tag.quoted, checksumSHA256: $0.checksum?.text)
      })
    request.payload = .data(try document.xml())
    let answer = try await send(request)
    return try request.carriedOut { () throws(ObjectError) in
      try answer.decoded(CompletedUpload.self, of: request).eTag.exact.unquoted
    }
  }

  /// Gives an upload up.
  public func abort(_ upload: ObjectUpload) async throws(ObjectError) {
    var request = S3Request(.DELETE, .abort, upload.place)
    request.query = [("uploadId", upload.id.text)]
    do {
      _ = try await send(request)
    } catch .noUpload, .absent {
      return
    }
  }

  /// All unfinished uploads, by ListMultipartUploads.
  public func uploads(in bucket: ExactText, prefix: ExactText)
    async throws(ObjectError) -> [ObjectUpload]
  {
    var request = S3Request(.GET, .listUploads, ObjectPlace(bucket: bucket, key: ""))
    // Without an encoding, since SeaweedFS says that it has encoded the keys and has not.
    let query = [("uploads", ""), ("prefix", prefix.text)]
    request.query = query
    var uploads: [ObjectUpload] = []
    while true {
      let page = try await send(request).decoded(UploadsDocument.self, of: request)
      let encoding = KeyEncoding(name: page.encodingType)
      for upload in page.upload ?? [] {
        let place = ObjectPlace(bucket: bucket, key: try encoding.decode(upload.key))
        uploads.append(ObjectUpload(place: place, id: upload.uploadId.exact))
      }
      guard page.isTruncated else { return uploads }
      let next = [
        ("key-marker", try encoding.decode(page.nextKeyMarker ?? "").text),
        ("upload-id-marker", page.nextUploadIdMarker ?? ""),
      ]
      guard !next[0].1.isEmpty, request.query.suffix(2).map(\.value) != next.map(\.1) else {
        throw .unreadable(
          operation: request.operation.rawValue,
          reason: "there is more, but it does not say how to go on")
      }
      request.query = query + next
    }
  }

  /// The MD5 of the MD5s of the parts, with their number: the tag that S3 gives without encryption by KMS.
  public func tag(of parts: [UploadedPart]) -> ExactText {
    let parts = parts.sorted { $0.number < $1.number }
    var hash = Insecure.MD5()
    for part in parts { hash.update(data: part.tag.bytesOfHexadecimal) }
    let digits = hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return "\(digits)-\(parts.count)"
  }
}

extension ExactText {
  /// The bytes that pairs of hexadecimal digits stand for.
  fileprivate var bytesOfHexadecimal: [UInt8] {
    let digits = Array(text.utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).map {
      UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16) ?? 0
    }
  }
}

private struct BegunUpload: Decodable {
  let uploadId: String
}

private struct CopiedPart: Decodable {
  let eTag: String
  let checksumSHA256: String?
}

private struct CompletedUpload: Decodable {
  let eTag: String
}

/// What is sent to complete an upload.
private struct Completion: Encodable {
  struct Part: Encodable {
    let partNumber: Int
    let eTag: String
    let checksumSHA256: String?
  }

  let part: [Part]

  func xml() throws(ObjectError) -> Data {
    let encoder = XMLEncoder()
    encoder.keyEncodingStrategy = .capitalized
    do {
      return try encoder.encode(self, withRootKey: "CompleteMultipartUpload")
    } catch {
      throw .unreadable(operation: "complete", reason: "\(error)")
    }
  }
}
