import IncrementalJoin
import PartitionPredicate

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the end of a Parquet file says of it: its schema, byte by byte, how many rows it has, and their times.
///
/// Files of one writer have the same schema, so that DuckDB is asked once what it means. The layout is that
/// of https://parquet.apache.org/docs/file-format: metadata in Thrift's compact protocol, its length, `PAR1`.
struct ParquetFooter: Hashable, Sendable {
  let schema: [UInt8]
  let rows: Int64
  /// All of it, from which `FileTimes` are read.
  let metadata: [UInt8]

  /// How much of a file's end is read at once; most footers are smaller, and none is larger than `limit`.
  private static let usual = 16 << 10
  private static let limit = 64 << 20

  /// Reads the end of a local file; nil for a file whose footer is not whole or encrypted: what is wrong with
  /// it is DuckDB's to tell.
  init?(ofFile path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard size >= 12,
      var end = Self.read(descriptor, at: max(0, size - Self.usual), size: min(size, Self.usual)),
      end.suffix(4).elementsEqual("PAR1".utf8)
    else { return nil }
    let length = end.suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= min(size - 12, Self.limit) else { return nil }
    if length + 8 > end.count {
      guard let whole = Self.read(descriptor, at: size - 8 - length, size: length + 8) else {
        return nil
      }
      end = whole
    }
    self.init(metadata: Array(end.suffix(length + 8).dropLast(8)))
  }

  /// Reads a file's metadata; nil when it is not as the format has it.
  init?(metadata: [UInt8]) {
    var reader = ThriftReader(bytes: metadata)
    var schema: [UInt8]?
    while let field = reader.field() {
      switch (field.id, field.type) {
      case (2, .list):
        let start = reader.position
        guard reader.skip(field.type) else { return nil }
        schema = Array(metadata[start..<reader.position])
      case (3, .integer):
        guard let schema, let rows = reader.integer(), rows >= 0 else { return nil }
        self.schema = schema
        self.rows = rows
        self.metadata = metadata
        return
      default:
        guard reader.skip(field.type) else { return nil }
      }
    }
    return nil
  }

  private static func read(_ descriptor: Int32, at offset: Int, size: Int) -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = max(0, pread(descriptor, buffer.baseAddress, size, off_t(offset)))
    }
    return bytes.count == size ? bytes : nil
  }
}

extension Connection {
  /// The footers of local Parquet files, by file, read on the connection's thread; without those that cannot
  /// be read.
  func footers(of files: [String]) -> [ExactText: ParquetFooter] {
    var footers: [ExactText: ParquetFooter] = [:]
    for file in files where footers[file.exact] == nil {
      footers[file.exact] = ParquetFooter(ofFile: file)
    }
    return footers
  }
}
