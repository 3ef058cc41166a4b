extension HivePath {
  /// Whether a partition's path comes before another one's, where the types of the keys are not at hand.
  ///
  /// Paths are ordered by the outermost key first: NULL, then whole numbers by their value, so that
  /// `day=4` comes before `day=10`, then all other text by its bytes. That is the order of `Partition`
  /// but for decimals and for text that looks like a number.
  public static func precedes(_ left: String, _ right: String) -> Bool {
    let slash = UInt8(ascii: "/")
    let (lefts, rights) = (left.utf8.split(separator: slash), right.utf8.split(separator: slash))
    for (left, right) in zip(lefts, rights) where !left.elementsEqual(right) {
      return Level(left) < Level(right)
    }
    return lefts.count < rights.count
  }

  /// One folder of a path.
  private enum Level: Comparable {
    case null
    case number(Int64, text: String)
    case text(String)

    init(_ folder: Substring.UTF8View) {
      let text = String(decoding: folder, as: UTF8.self)
      switch split(text)?.value {
      case hiveDefaultPartition?: self = .null
      case let value?: self = Int64(value).map { .number($0, text: text) } ?? .text(text)
      case nil: self = .text(text)
      }
    }

    static func < (left: Level, right: Level) -> Bool {
      switch (left, right) {
      case (.null, .null): false
      case (.null, _): true
      case (_, .null): false
      case (.number(let a, let left), .number(let b, let right)) where a == b:
        left.utf8.lexicographicallyPrecedes(right.utf8)
      case (.number(let a, _), .number(let b, _)): a < b
      case (.number, .text): true
      case (.text, .number): false
      case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
      }
    }
  }
}
