import Foundation
package import PartitionPredicate

/// Into which parts large objects are cut, in bytes; stores want 5 MiB at least, and 10,000 parts at most.
package struct PartSizes: Sendable {
  /// Of a local file that is uploaded.
  package var uploaded: Int64 = 64 << 20
  /// Of an object that is copied within the store, which copies no more than 5 GiB by one request.
  package var copied: Int64 = 4 << 30

  package init(uploaded: Int64 = 64 << 20, copied: Int64 = 4 << 30) {
    self.uploaded = uploaded
    self.copied = copied
  }
}

extension ObjectClient {
  /// Writes a local file as an object of which nobody knows yet: in one request, or in parts where it is large.
  ///
  /// - Parameters:
  ///   - path: The file's.
  ///   - size: In bytes.
  ///   - place: The object's.
  ///   - partSize: In bytes; stores want 5 MiB at least, and 10,000 parts at most.
  /// - Returns: The object's tag.
  /// - Throws: `ObjectError`.
  package func upload(
    _ path: String, size: Int64, to place: ObjectPlace, partSize: Int64 = 64 << 20
  ) async throws(ObjectError) -> ExactText {
    if size <= 8 << 20 {
      guard let content = FileManager.default.contents(atPath: path) else {
        throw .local(path: path, reason: "it cannot be read")
      }
      return try await write(content, to: place, metadata: [:], if: .always).tag
    }
    let upload = try await beginUpload(to: place, metadata: [:])
    var parts: [UploadedPart] = []
    for start in stride(from: 0, to: size, by: Int(partSize)) {
      let (number, end) = (parts.count + 1, min(start + partSize, size))
      parts.append(
        try await self.upload(part: number, of: upload, from: path, range: start..<end))
    }
    do throws(ObjectError) {
      return try await complete(upload, parts: parts, if: .always)
    } catch .lost {
      // Nobody else writes there: what is there has come from here.
      return try await head(place).tag
    }
  }

  /// Copies an object within the store to a place that nobody else writes: in one request, or in parts where it is large.
  ///
  /// - Parameters:
  ///   - place: The object's.
  ///   - tag: Of its content.
  ///   - size: In bytes.
  ///   - other: Where the copy goes.
  ///   - partSize: In bytes.
  /// - Throws: `ObjectError.unmet` where the content is not the one of the tag.
  package func copy(
    _ place: ObjectPlace, tag: ExactText, size: Int64, to other: ObjectPlace, partSize: Int64
  ) async throws(ObjectError) {
    guard size > partSize else { return try await copy(place, tag: tag, to: other) }
    let upload = try await beginUpload(to: other, metadata: [:])
    do throws(ObjectError) {
      let parts = try await copiedParts(
        of: upload, from: place, tag: tag, size: size, partSize: partSize)
      _ = try await complete(upload, parts: parts, if: .always)
    } catch {
      // Also one whose answer is lost may be there.
      if case .lost = error, try await head(other).size == size { return }
      try? await abort(upload)
      throw error
    }
  }

  /// The parts of an upload that are copied from another object.
  func copiedParts(
    of upload: ObjectUpload, from place: ObjectPlace, tag: ExactText, size: Int64, partSize: Int64
  ) async throws(ObjectError) -> [UploadedPart] {
    guard size > partSize else {
      return [try await copy(part: 1, of: upload, from: place, tag: tag, range: nil)]
    }
    var parts: [UploadedPart] = []
    for start in stride(from: 0, to: size, by: Int(partSize)) {
      let range = start..<min(start + partSize, size)
      parts.append(
        try await copy(
          part: parts.count + 1, of: upload, from: place, tag: tag, range: range))
    }
    return parts
  }
}
