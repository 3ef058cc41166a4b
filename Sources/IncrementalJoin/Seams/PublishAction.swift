public import PartitionPredicate

/// A store's identifier for the staged, published or kept content of one partition.
///
/// Ledgers keep it, and only its store understands it: the same content has the same token wherever the store has put
/// it, and other content of the partition has another one.
public struct StoreToken: Hashable, Sendable {
  /// Not empty.
  public let text: ExactText

  /// Takes over a store's or a ledger's text.
  public init(_ text: ExactText) { self.text = text }
}

extension StoreToken: CustomStringConvertible {
  /// The text.
  public var description: String { text.text }
}

/// What a publish does to one partition of the output.
public enum PublishAction: Hashable, Sendable {
  /// The staged content replaces the published one, if there is any.
  case publish(staged: StoreToken, replaced: StoreToken?)
  /// The partition's join is empty: the published content is removed.
  case remove(published: StoreToken)

  /// The published content that is replaced or removed; nil when there was none.
  public var replaced: StoreToken? {
    switch self {
    case .publish(_, let replaced): replaced
    case .remove(let published): published
    }
  }
}

/// What a publish does to which partition.
public struct PartitionAction: Hashable, Sendable {
  /// What to do.
  public let action: PublishAction
  /// To which one.
  public let partition: Partition

  /// Names an action.
  public init(_ action: PublishAction, on partition: Partition) {
    self.action = action
    self.partition = partition
  }
}

/// An entry of a catalog for a partition that no run in the ledger has published.
public struct ForeignCatalogEntry: Hashable, Sendable {
  /// The partition; nil where the catalog's values do not fit the output's keys.
  public let partition: Partition?
  /// Where it is; nil where the catalog does not name a partition that is published.
  public let place: ExactText?
  /// For people: the partition's path, or the catalog's values.
  public let name: ExactText

  /// Describes what was found.
  public init(partition: Partition?, place: ExactText?, name: ExactText) {
    self.partition = partition
    self.place = place
    self.name = name
  }
}

extension ForeignCatalogEntry {
  /// What was found, and what to do about it.
  func sentence(of job: JobDefinition, isPublished: Bool) -> String {
    let table = job.output.catalog.map { "\($0)" } ?? job.output.place.declared
    guard let place else {
      return
        "\(table) has no partition \(name) in the catalog any more, which a run has published. "
        + "A rerun of the partition publishes it again."
    }
    guard isPublished else {
      return
        "\(table) has a partition \(name) at \(place) in the catalog, and no run of this workspace put it there. "
        + "It was left alone."
    }
    return
      "\(table) has the partition \(name) at \(place) in the catalog, where no run of this workspace put it. It was "
      + "left alone; a rerun of the partition replaces it."
  }
}

/// The state of a publish that may have been interrupted.
public enum PublishState: Hashable, Sendable {
  /// The old content is in place.
  case notDone
  /// The new content is in place.
  case done
  /// Neither can be found: somebody changed the output by hand.
  case unknown
}
