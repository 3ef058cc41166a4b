/// The percent-encoding of partition values in Hive-style paths.
///
/// The set of encoded characters is that of Hive's `FileUtils.escapePathName`: control characters and
/// `" # % ' * / : = ? \ ^ { [ ]` and DEL. Decoding accepts any `%XX`, so that paths written by other engines are read too.
public enum HivePath {
  private static let special = Set("\"#%'*/:=?\\^{[]\u{7F}".utf8)
  private static let hexadecimal = Array("0123456789ABCDEF".utf8)

  /// Encodes a key's name or value for use in a folder name.
  public static func encode(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte < 0x20 || special.contains(byte) {
        bytes += [0x25, hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Decodes every `%XX`; a percent sign without two hexadecimal digits stands for itself.
  ///
  /// - Returns: nil when the bytes are not UTF-8: repaired, two such names would be one.
  public static func decode(_ text: some StringProtocol) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.contains(0x25) else { return String(text) }
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x25, index + 2 < bytes.count,
        let high = nibble(bytes[index + 1]), let low = nibble(bytes[index + 2])
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return String(validating: decoded, as: UTF8.self)
  }

  /// Splits a folder name `name=value` into its decoded halves; nil when it has no `=`, or when a half
  /// is not UTF-8.
  public static func split(_ folder: some StringProtocol) -> (name: String, value: String)? {
    // By byte, since a value may begin with a combining character, which would merge with the `=`.
    guard let equals = folder.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    guard let name = decode(folder[..<equals]),
      let value = decode(folder[folder.utf8.index(after: equals)...])
    else { return nil }
    return (name, value)
  }

  private static func nibble(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }
}
