import PartitionPredicate

/// An element of a Parquet file's schema, as far as it matters to times.
struct ParquetElement: Hashable {
  /// What the file says about the meaning of a column's numbers.
  enum Meaning: Hashable {
    case date
    case timestamp(isInstant: Bool, nanoseconds: Int64)
    case integer(isSigned: Bool)
    case other
  }

  let name: [UInt8]
  let children: Int64
  /// 1 for numbers of 32 bits, 2 for 64.
  private let physical: Int64?
  private let isRepeated: Bool
  /// nil for plain numbers.
  private let meaning: Meaning?

  init?(_ reader: inout ThriftReader) {
    var name: ArraySlice<UInt8> = []
    var numbers: [Int64: Int64] = [:]
    var logical: Meaning?
    let isWhole = reader.structure { reader, id, type in
      switch (id, type) {
      case (4, .binary):
        guard let text = reader.binary() else { return false }
        name = text
      case (_, .integer):
        guard let number = reader.integer() else { return false }
        numbers[id] = number
      case (10, .structure):
        guard let found = Meaning(logical: &reader) else { return false }
        logical = found
      default: return reader.skip(type)
      }
      return true
    }
    let children = numbers[5] ?? 0
    guard isWhole, (0...1_000_000).contains(children) else { return nil }
    self.name = Array(name)
    self.children = children
    physical = numbers[1]
    isRepeated = numbers[3] == 2
    meaning = logical ?? numbers[6].map { Meaning(converted: $0) }
  }

  /// The only column of a name at the top of a schema; nil where there is none, several, or one with parts.
  static func column(_ name: String, in schema: [ParquetElement]) -> ParquetElement? {
    var found: [ParquetElement] = []
    var index = 1
    for _ in 0..<(schema.first?.children ?? 0) {
      guard index < schema.count else { return nil }
      let element = schema[index]
      if String(decoding: element.name, as: UTF8.self).isSameName(as: name) {
        found.append(element)
      }
      // Everything that lies in it stands behind it.
      var rest: Int64 = 1
      while rest > 0 {
        guard index < schema.count else { return nil }
        rest += schema[index].children - 1
        index += 1
      }
    }
    guard found.count == 1, found[0].children == 0, !found[0].isRepeated else { return nil }
    return found[0]
  }

  /// What one of its numbers counts, if they are what a table is read as.
  func nanoseconds(of kind: TimeKind) -> Int64? {
    switch (kind, meaning, physical) {
    case (.instant, .timestamp(true, let nanoseconds), 2): nanoseconds
    case (.local, .timestamp(false, let nanoseconds), 2): nanoseconds
    case (.date, .date, 1): 86_400_000_000_000
    case (.count(let microseconds), nil, 1), (.count(let microseconds), nil, 2),
      (.count(let microseconds), .integer(true), 1), (.count(let microseconds), .integer(true), 2):
      microseconds * 1_000
    default: nil
    }
  }

  /// A number of the column, from the little end; nil where it has another length.
  func integer(_ bytes: ArraySlice<UInt8>) -> Int64? {
    guard bytes.count == (physical == 1 ? 4 : 8) else { return nil }
    let bits = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return physical == 1 ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(bitPattern: bits)
  }
}

extension ParquetElement.Meaning {
  /// By the older way of saying it.
  init(converted number: Int64) {
    self =
      switch number {
      case 6: .date
      case 9: .timestamp(isInstant: false, nanoseconds: 1_000_000)
      case 10: .timestamp(isInstant: false, nanoseconds: 1_000)
      case 11...14: .integer(isSigned: false)
      case 15...18: .integer(isSigned: true)
      default: .other
      }
  }

  /// Reads the union `LogicalType`; nil where it is broken.
  init?(logical reader: inout ThriftReader) {
    var meaning = Self.other
    let isWhole = reader.structure { reader, id, type in
      switch (id, type) {
      case (6, .structure):
        meaning = .date
        return reader.skip(type)
      case (8, .structure):
        guard let timestamp = Self.readTimestamp(&reader) else { return false }
        meaning = timestamp
        return true
      case (10, .structure):
        return reader.structure { reader, id, type in
          if id == 2, type == .boolean { meaning = .integer(isSigned: reader.isTrue) }
          return reader.skip(type)
        }
      default: return reader.skip(type)
      }
    }
    guard isWhole else { return nil }
    self = meaning
  }

  private static func readTimestamp(_ reader: inout ThriftReader) -> Self? {
    var isInstant: Bool?
    var unit: Int64?
    let isWhole = reader.structure { reader, id, type in
      if id == 1, type == .boolean { isInstant = reader.isTrue }
      guard id == 2, type == .structure else { return reader.skip(type) }
      return reader.structure { reader, id, type in
        unit = id
        return reader.skip(type)
      }
    }
    let units: [Int64: Int64] = [1: 1_000_000, 2: 1_000, 3: 1]
    guard isWhole, let isInstant, let nanoseconds = unit.flatMap({ units[$0] }) else { return nil }
    return .timestamp(isInstant: isInstant, nanoseconds: nanoseconds)
  }
}

/// What a group of rows of a Parquet file says about one column.
struct ParquetGroup: Hashable {
  let rows: Int64
  private(set) var nulls: Int64?
  private(set) var least: ArraySlice<UInt8>?
  private(set) var greatest: ArraySlice<UInt8>?

  /// Reads a group; nil where it is broken.
  init?(_ reader: inout ThriftReader, column name: [UInt8]) {
    var rows: Int64?
    var chunks: [ParquetChunk]?
    let isWhole = reader.structure { reader, id, type in
      switch (id, type) {
      case (1, .list):
        chunks = reader.structures { ParquetChunk(&$0) }
        return chunks != nil
      case (3, .integer):
        rows = reader.integer()
        return rows != nil
      default: return reader.skip(type)
      }
    }
    guard isWhole, let rows, let chunks else { return nil }
    self.rows = rows
    let own = chunks.filter { $0.path.count == 1 && $0.path[0].elementsEqual(name) }
    guard own.count == 1, !own[0].isElsewhere else { return }
    (nulls, least, greatest) = (own[0].nulls, own[0].least, own[0].greatest)
  }
}

/// The rows of a group in one column.
private struct ParquetChunk {
  var path: [ArraySlice<UInt8>] = []
  /// Whether another file has them.
  var isElsewhere = false
  var nulls: Int64?
  var least: ArraySlice<UInt8>?
  var greatest: ArraySlice<UInt8>?

  init?(_ reader: inout ThriftReader) {
    var chunk = Self()
    let isWhole = reader.structure { reader, id, type in
      switch (id, type) {
      case (1, .binary):
        chunk.isElsewhere = true
        return reader.skip(type)
      case (3, .structure): return chunk.readMetadata(&reader)
      default: return reader.skip(type)
      }
    }
    guard isWhole else { return nil }
    self = chunk
  }

  private init() {}

  private mutating func readMetadata(_ reader: inout ThriftReader) -> Bool {
    reader.structure { reader, id, type in
      switch (id, type) {
      case (3, .list):
        guard let path = reader.texts() else { return false }
        self.path = path
        return true
      case (12, .structure): return readStatistics(&reader)
      default: return reader.skip(type)
      }
    }
  }

  private mutating func readStatistics(_ reader: inout ThriftReader) -> Bool {
    reader.structure { reader, id, type in
      switch (id, type) {
      case (3, .integer): nulls = reader.integer()
      case (5, .binary): greatest = reader.binary()
      case (6, .binary): least = reader.binary()
      default: return reader.skip(type)
      }
      return true
    }
  }
}
