import Foundation
package import PartitionPredicate

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
}
