public import PartitionPredicate

/// A pattern such as `yyyyMMdd` in which a key spells a time.
public struct TimePattern: Hashable, Sendable {
  /// As it was declared: `yyyy`, `MM`, `dd`, `HH`, `mm` and any other characters.
  @ExactText public var text: String
}
