/// Reads Thrift's compact protocol as far as is needed to find the fields of a struct.
struct ThriftReader {
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
  /// The value of a boolean field, which its header has.
  private(set) var isTrue = false
  private var lastID: Int64 = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The next field of the struct; nil at its end, and where it is broken.
  mutating func field() -> (id: Int64, type: Kind)? {
    guard let header = byte(), header != 0, let type = Kind(header & 0xF) else { return nil }
    isTrue = header & 0xF == 1
    if header >> 4 == 0 {
      guard let id = integer() else { return nil }
      lastID = id
    } else {
      lastID &+= Int64(header >> 4)
    }
    return (lastID, type)
  }

  /// Reads a struct that is the value of a field or an element of a list.
  ///
  /// - Parameter read: Reads or skips the value of a field; false ends it.
  /// - Returns: Whether it was read to its end.
  mutating func structure(_ read: (inout ThriftReader, Int64, Kind) -> Bool) -> Bool {
    let outer = lastID
    lastID = 0
    defer { lastID = outer }
    while let field = field() {
      guard read(&self, field.id, field.type) else { return false }
    }
    // At the end of a struct stands a zero.
    return position > 0 && bytes[position - 1] == 0
  }

  /// The structs of a list.
  ///
  /// - Parameter read: Reads one of them; nil where it is broken.
  /// - Returns: nil for a list that is broken or of other values.
  mutating func structures<Value>(_ read: (inout ThriftReader) -> Value?) -> [Value]? {
    guard let header = byte(), let kind = Kind(header & 0xF), kind == .structure,
      let count = header >> 4 == 15 ? unsigned() : UInt64(header >> 4),
      count <= UInt64(bytes.count - position)
    else { return nil }
    var values: [Value] = []
    for _ in 0..<count {
      guard let value = read(&self) else { return nil }
      values.append(value)
    }
    return values
  }

  /// A text or other bytes.
  mutating func binary() -> ArraySlice<UInt8>? {
    guard let count = unsigned() else { return nil }
    let start = position
    return pass(count) ? bytes[start..<position] : nil
  }

  /// A list of texts.
  mutating func texts() -> [ArraySlice<UInt8>]? {
    guard let header = byte(), let kind = Kind(header & 0xF), kind == .binary,
      let count = header >> 4 == 15 ? unsigned() : UInt64(header >> 4),
      count <= UInt64(bytes.count - position)
    else { return nil }
    var texts: [ArraySlice<UInt8>] = []
    for _ in 0..<count {
      guard let text = binary() else { return nil }
      texts.append(text)
    }
    return texts
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
