/// The rules by which text and files are read as values, counted up whenever a file may be read as other
/// rows than before.
///
/// Every build records the version that it was read by.
public enum ReadingRules {
  /// The rules of this Dovetail.
  ///
  /// 1: until version 0.4, in the engine's own reading of text.
  /// 2: text is exactly a value of its column's type, or the partition fails.
  public static let current = 2
}
