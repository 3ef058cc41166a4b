/// One column by which a table is partitioned: a level of `name=value` folders.
public struct PartitionKey: Hashable, Sendable {
  /// The column's name as declared.
  ///
  /// Names are compared ignoring case.
  @ExactText public var name: String
  /// How the text in the path is read and compared.
  public let type: KeyType

  /// Creates a key from its declaration.
  public init(name: String, type: KeyType) {
    _name = ExactText(name)
    self.type = type
  }
}
