import IncrementalJoin
import PartitionPredicate

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the end of a Parquet file says of it: its schema, byte by byte, and how many rows it has.
///
/// Files of one writer have the same schema, so that DuckDB is asked once what it means. The layout is that
/// of https://parquet.apache.org/docs/file-format: metadata in Thrift's compact protocol, its length, `PAR1`.
struct ParquetFooter: Hashable, Sendable {
  let schema: [UInt8]
  let rows: Int64

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

/// Reads Thrift's compact protocol as far as is needed to find the fields of a struct.
private struct ThriftReader {
  enum Kind {
    case boolean, byte, integer, double, binary, list, map, structure

    init?(_ code: UInt8) {
      switch code {
      case 1, 2: self = .boolean
      case 3: self = .byte
      case 4, 5, 6: self = .integer
      case 7: self = .double
      case 8: self = .binary
      case 9, 10: self = .list
      case 11: self = .map
      case 12: self = .structure
      default: return nil
      }
    }
  }

  let bytes: [UInt8]
  private(set) var position = 0
  private var lastID: Int64 = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The next field of the struct; nil at its end, and where it is broken.
  mutating func field() -> (id: Int64, type: Kind)? {
    guard let header = byte(), header != 0, let type = Kind(header & 0xF) else { return nil }
    if header >> 4 == 0 {
      guard let id = integer() else { return nil }
      lastID = id
    } else {
      lastID &+= Int64(header >> 4)
    }
    return (lastID, type)
  }

  /// A number of 16 to 64 bits.
  mutating func integer() -> Int64? {
    unsigned().map { Int64(bitPattern: $0 >> 1) ^ -Int64(bitPattern: $0 & 1) }
  }

  /// Passes over a field's value; false where it is broken.
  mutating func skip(_ type: Kind, depth: Int = 0) -> Bool {
    guard depth < 64 else { return false }
    switch type {
    case .boolean: return true
    case .byte: return pass(1)
    case .integer: return integer() != nil
    case .double: return pass(8)
    case .binary: return unsigned().map { pass($0) } ?? false
    case .list:
      guard let header = byte(), let element = Kind(header & 0xF),
        let count = header >> 4 == 15 ? unsigned() : UInt64(header >> 4)
      else { return false }
      return skip([element], count, depth)
    case .map:
      guard let count = unsigned() else { return false }
      guard count > 0 else { return true }
      guard let types = byte(), let key = Kind(types >> 4), let value = Kind(types & 0xF) else {
        return false
      }
      return skip([key, value], count, depth)
    case .structure:
      while let header = byte() {
        guard header != 0 else { return true }
        guard let type = Kind(header & 0xF), header >> 4 != 0 || integer() != nil,
          skip(type, depth: depth + 1)
        else { return false }
      }
      return false
    }
  }

  /// Passes over the elements of a list or a map, where a boolean has a byte of its own.
  private mutating func skip(_ types: [Kind], _ count: UInt64, _ depth: Int) -> Bool {
    // Every element has at least a byte.
    guard count <= UInt64(bytes.count - position) else { return false }
    for _ in 0..<count {
      for type in types {
        guard type == .boolean ? pass(1) : skip(type, depth: depth + 1) else { return false }
      }
    }
    return true
  }

  private mutating func pass(_ count: UInt64) -> Bool {
    guard count <= UInt64(bytes.count - position) else { return false }
    position += Int(count)
    return true
  }

  private mutating func byte() -> UInt8? {
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  private mutating func unsigned() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = byte() else { return nil }
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
    }
    return nil
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
