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

/// What a publish does to which partition.
public struct PartitionAction: Hashable, Sendable {
  /// What is done.
  public let action: PublishAction
  /// To which one.
  public let partition: Partition

  /// Names an action.
  public init(_ action: PublishAction, on partition: Partition) {
    self.action = action
    self.partition = partition
  }
}

/// What a catalog says of a partition, and no run of the ledger has published.
public struct StrangePlace: Hashable, Sendable {
  /// The partition; nil where the catalog's values are none of the output's keys.
  public let partition: Partition?
  /// Where it lies; nil where the catalog does not name a partition that is published.
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

extension StrangePlace {
  /// What was found, and what to do about it.
  func sentence(of job: JobDefinition, isPublished: Bool) -> String {
    let table = job.output.catalog.map { "\($0)" } ?? job.output.place.declared
    guard let place else {
      return
        "\(table) has no partition \(name) in the catalog any more, which a run has published. "
        + "`dovetail rerun \(name) --job \(job.name)` publishes it again."
    }
    guard isPublished else {
      return
        "\(table) has a partition \(name) at \(place) in the catalog, and no run of this workspace put it there. "
        + "It was left alone."
    }
    return
      "\(table) has the partition \(name) at \(place) in the catalog, where no run of this workspace put it. It was "
      + "left alone; `dovetail rerun \(name) --job \(job.name)` replaces it."
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
