/// The checksum CRC-64/NVME, incremental: the one that Amazon S3 keeps of every object unless it was given another.
///
/// Its polynomial is 0xAD93D23594C93659; bits come in and go out reflected, and both ends are inverted (NVM Express, NVM
/// Command Set Specification, section 5.2.1.3.4).
struct CRC64NVME {
  private var state = UInt64.max

  /// Adds bytes.
  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var state = state
    Self.tables.withUnsafeBufferPointer { tables in
      var rest = bytes[...]
      // Eight bytes at a time: each has a table of what it leaves behind the others.
      while rest.count >= 8 {
        let word =
          state
          ^ UInt64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: rest.startIndex, as: UInt64.self))
        state = 0
        for byte in 0..<8 {
          let value = Int(truncatingIfNeeded: word >> UInt64(8 * byte)) & 0xFF
          state ^= tables[256 * (7 - byte) + value]
        }
        rest = rest.dropFirst(8)
      }
      for byte in rest {
        state = tables[Int(truncatingIfNeeded: state ^ UInt64(byte)) & 0xFF] ^ (state >> 8)
      }
    }
    self.state = state
  }

  /// The checksum of what was added; 16 hexadecimal digits.
  var hexadecimal: String {
    let digits = String(~state, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  /// What is left of a byte with none to seven zero bytes behind it: eight tables of 256 values.
  private static let tables: [UInt64] = {
    let reflected: UInt64 = 0x9A6C_9329_AC4B_C9B5
    var tables = [UInt64](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var value = UInt64(byte)
      for _ in 0..<8 {
        value = value & 1 == 1 ? (value >> 1) ^ reflected : value >> 1
      }
      tables[byte] = value
    }
    for index in 256..<tables.count {
      let before = tables[index - 256]
      tables[index] = tables[Int(truncatingIfNeeded: before) & 0xFF] ^ (before >> 8)
    }
    return tables
  }()
}
