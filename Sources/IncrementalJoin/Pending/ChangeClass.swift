/// What kind of event a reason reports.
public enum ChangeClass: String, Hashable, Sendable, Codable, CaseIterable {
  /// Files were seen for the first time, in addition to those that were there.
  case arrival
  /// Files were rewritten or replaced.
  case correction
  /// Files were removed, and none added.
  case deletion
  /// Files were rewritten with the same rows.
  case compaction
}

extension Reason {
  /// What kind of event it is; nil for a reason that is no change of an input.
  public var changeClass: ChangeClass? {
    switch self {
    case .definitionChanged, .typesChanged, .unreadName, .requested: return nil
    case .compacted: return .compaction
    case .inputChanged(let change):
      let kinds = Set(change.changes.map(\.kind))
      if kinds == [.added] { return .arrival }
      return kinds == [.removed] ? .deletion : .correction
    }
  }
}
