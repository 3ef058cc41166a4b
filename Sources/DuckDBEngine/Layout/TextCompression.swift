/// How a text file is compressed, in DuckDB's words.
enum TextCompression: String, Hashable, Sendable {
  case none = "uncompressed"
  case gzip
  case zstd

  /// What a file's name says, in whatever case, as the listing of a table's files takes it.
  ///
  /// DuckDB has a guess of its own, which fails for `X.CSV.GZ` and below folders with a question mark.
  init(ofFile path: String) {
    // By byte, since the last character before the point may merge with it.
    let name = path.utf8.suffix(4).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    if name.suffix(3).elementsEqual(".gz".utf8) {
      self = .gzip
    } else if name.elementsEqual(".zst".utf8) {
      self = .zstd
    } else {
      self = .none
    }
  }
}
