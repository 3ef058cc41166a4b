/// The rules by which text and files are read as values; the version is raised whenever a file may be read as different
/// rows.
///
/// Every build records the version by which it was read.
public enum ReadingRules {
  /// The rules of this Dovetail.
  ///
  /// 1: until version 0.4, in the engine's own reading of text.
  /// 2: text is exactly a value of its column's type, or the partition fails.
  public static let current = 2
}
