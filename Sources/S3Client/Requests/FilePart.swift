import Crypto
import Foundation
import NIOCore
import ObjectStorage

/// Bytes of a local file that are read in pieces as they are sent.
struct FilePart: AsyncSequence, Sendable {
  let path: String
  let range: Range<Int64>

  /// The SHA-256 of the bytes, which are read for it.
  ///
  /// - Throws: `ObjectError.local`.
  func digest() throws(ObjectError) -> SHA256.Digest {
    var hash = SHA256()
    var pieces = makeAsyncIterator()
    while let piece = try pieces.read() { hash.update(data: piece) }
    return hash.finalize()
  }

  /// Reads the pieces one after the other.
  func makeAsyncIterator() -> Iterator { Iterator(part: self) }

  /// Where reading stands.
  struct Iterator: AsyncIteratorProtocol {
    private let path: String
    private var position: Int64
    private let end: Int64
    private var file: FileHandle?

    init(part: FilePart) {
      path = part.path
      position = part.range.lowerBound
      end = part.range.upperBound
    }

    /// The next piece; nil at the end.
    ///
    /// - Throws: `ObjectError.local`, also when the file is shorter than the range.
    mutating func read() throws(ObjectError) -> Data? {
      guard position < end else { return nil }
      let piece: Data?
      do {
        if file == nil {
          file = try FileHandle(forReadingFrom: URL(filePath: path))
          try file?.seek(toOffset: UInt64(position))
        }
        piece = try file?.read(upToCount: Int(Swift.min(end - position, 1 << 18)))
      } catch {
        throw .local(path: path, reason: error.localizedDescription)
      }
      guard let piece, !piece.isEmpty else {
        throw .local(path: path, reason: "it ends at byte \(position), before byte \(end)")
      }
      position += Int64(piece.count)
      return piece
    }

    /// The next piece for a body.
    mutating func next() async throws -> ByteBuffer? {
      try read().map { ByteBuffer(bytes: $0) }
    }
  }
}
