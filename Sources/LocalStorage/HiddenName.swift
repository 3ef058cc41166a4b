import PartitionPredicate

/// Whether a name is no data by convention: it begins with `.` or `_` (`_SUCCESS`, `_temporary`).
///
/// Spark reads `_year=2013` when a partition key is called `_year`, and so does a listing.
func isHidden(_ name: String, keys: [String]) -> Bool {
  switch name.utf8.first {
  case UInt8(ascii: "."): true
  case UInt8(ascii: "_"): !keys.contains { isFolder(name, of: $0) }
  default: false
  }
}

private func isFolder(_ name: String, of key: String) -> Bool {
  name.exact.lowercased.begins(with: "\(key.exact.lowercased)=")
}
