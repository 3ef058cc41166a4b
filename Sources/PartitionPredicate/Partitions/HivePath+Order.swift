extension HivePath {
  /// Whether a partition's path comes before another one's, where the types of the keys are not at hand.
  ///
  /// Paths are ordered by the outermost key first: NULL, then whole numbers by their value, so that
  /// `day=4` comes before `day=10`, then all other text by its bytes. That is the order of `Partition`
  /// but for decimals and for text that looks like a number.
  public static func precedes(_ left: ExactText, _ right: ExactText) -> Bool {
    let (lefts, rights) = (left.parts(separatedBy: "/"), right.parts(separatedBy: "/"))
    for (left, right) in zip(lefts, rights) where left != right {
      return Level(left) < Level(right)
    }
    return lefts.count < rights.count
  }

  /// One folder of a path.
  private enum Level: Comparable {
    case null
    case number(Int64, text: ExactText)
    case text(ExactText)

    init(_ folder: ExactText) {
      switch split(folder.text)?.value.exact {
      case hiveDefaultPartition.exact?: self = .null
      case let value?: self = Int64(value.text).map { .number($0, text: folder) } ?? .text(folder)
      case nil: self = .text(folder)
      }
    }

    static func < (left: Level, right: Level) -> Bool {
      switch (left, right) {
      case (.null, .null): false
      case (.null, _): true
      case (_, .null): false
      case (.number(let a, let left), .number(let b, let right)) where a == b: left < right
      case (.number(let a, _), .number(let b, _)): a < b
      case (.number, .text): true
      case (.text, .number): false
      case (.text(let a), .text(let b)): a < b
      }
    }
  }
}
