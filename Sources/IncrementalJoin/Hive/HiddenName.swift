public import PartitionPredicate

extension HivePath {
  /// Whether a name is no data by convention: it begins with `.` or `_` (`_SUCCESS`, `_temporary`).
  ///
  /// Spark reads `_year=2013` when a partition key is called `_year`, and so does a listing.
  ///
  /// - Parameters:
  ///   - name: Of a file or a folder.
  ///   - keys: The names of the partition keys that folders may have here.
  /// - Returns: Whether it is left out.
  public static func isHidden(_ name: ExactText, keys: [String] = []) -> Bool {
    switch name.text.utf8.first {
    case UInt8(ascii: "."): true
    case UInt8(ascii: "_"):
      !keys.contains { name.lowercased.begins(with: "\($0.exact.lowercased)=") }
    default: false
    }
  }
}
