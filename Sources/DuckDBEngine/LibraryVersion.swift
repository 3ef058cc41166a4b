import CDuckDB

/// The version of libduckdb, which is found when the process starts and may be another one than at home.
public enum LibraryVersion {
  /// The version that the tests run with, which `make deps` fetches.
  public static let tested = "v1.5.5"

  /// The version of the library in the process, such as `v1.5.5`.
  public static let loaded = duckdb_library_version().map { String(cString: $0) } ?? "unknown"

  /// What the operator is told where the library is another one than the tested one; nil where it is that.
  public static var warning: String? { warning(loaded: loaded) }

  /// The sentence for a library of a version.
  static func warning(loaded: String) -> String? {
    guard !loaded.utf8.elementsEqual(tested.utf8) else { return nil }
    return
      "This process has found libduckdb \(loaded), but Dovetail is tested with \(tested). Results may "
      + "differ; `make deps` fetches the tested library, and DUCKDB_PREFIX names where another one is."
  }
}
