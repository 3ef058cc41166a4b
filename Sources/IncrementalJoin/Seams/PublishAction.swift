public import PartitionPredicate

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

/// What a publish does to one partition of the output.
public enum PublishAction: Hashable, Sendable {
  /// The staged content takes the place of the published one, if there is one.
  case publish(staged: StoreToken, replaced: StoreToken?)
  /// The partition's join is empty: the published content goes.
  case remove(published: StoreToken)

  /// The published content that goes; nil when there was none.
  public var replaced: StoreToken? {
    switch self {
    case .publish(_, let replaced): replaced
    case .remove(let published): published
    }
  }
}

/// Where a publish that may have been interrupted stands.
public enum PublishState: Hashable, Sendable {
  /// The old content is in place.
  case notDone
  /// The new content is in place.
  case done
  /// Neither can be found: somebody changed the output by hand.
  case unknown
}
