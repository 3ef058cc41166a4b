/// What a store calls the staged, published or kept content of one partition.
///
/// Ledgers keep it, and only its store understands it: the same content has the same token wherever the store has
/// put it, and other content of the partition another one.
public struct StoreToken: Hashable, Sendable {
  /// Not empty.
  public let text: ExactText

  /// Takes what a store, or a ledger, says.
  public init(_ text: ExactText) { self.text = text }
}

extension StoreToken: CustomStringConvertible {
  /// The text.
  public var description: String { text.text }
}
