public import IncrementalJoin
public import PartitionPredicate

/// What an operator does to a job's positions or published data, other than building.
public enum JobOperation: Hashable, Sendable {
  /// Positions move; its note is the one that was asked for.
  case bookmark(BookmarkChange)
  /// A run, or the last publish of some partitions, is undone.
  case undo(UndoRequest)
  /// What a run staged is published: all of it, or some partitions.
  case publish(staged: RunID, partitions: [Partition]?)
  /// What a run staged is thrown away: all of it, or some partitions.
  case discard(staged: RunID, partitions: [Partition]?)
  /// Replaced versions that are no longer kept go.
  case collectGarbage

  /// In a few words: `undo run 12`.
  var title: String {
    switch self {
    case .bookmark(let change):
      let detail = change.detail.isEmpty ? "" : " \(change.detail)"
      return "\(change.runKind.rawValue)\(detail)"
    case .undo(.run(let run)): return "undo run \(run)"
    case .undo(.partitions(let partitions)):
      return "undo the last publish of \(Self.text(partitions))"
    case .publish(let run, let partitions):
      return "publish \(partitions.map(Self.text) ?? "all") that run \(run) staged"
    case .discard(let run, let partitions):
      return "discard \(partitions.map(Self.text) ?? "all") that run \(run) staged"
    case .collectGarbage: return "remove replaced versions"
    }
  }

  /// The partitions that it names; nothing where it is about a run or all of them.
  var partitions: [Partition] {
    switch self {
    case .bookmark(let change): change.partitions ?? []
    case .undo(.partitions(let partitions)): partitions
    case .publish(_, let partitions), .discard(_, let partitions): partitions ?? []
    case .undo(.run), .collectGarbage: []
    }
  }

  /// Whether why it is done is recorded; a skip is not done without saying so.
  var note: NoteRule {
    switch self {
    case .bookmark(let change): change.kind == .skip ? .required : .optional
    case .undo: .optional
    case .publish, .discard, .collectGarbage: .none
    }
  }

  /// Whether the operator says why.
  enum NoteRule: Hashable, Sendable {
    case none
    case optional
    case required
  }

  private static func text(_ partitions: [Partition]) -> String {
    partitions.count == 1
      ? "\(partitions[0])" : Quantity.count(partitions.count, "partition")
  }
}

/// What an operation would do, before it is done.
public struct OperationPreview: Equatable, Sendable {
  /// What is shown before the operator confirms.
  public let report: TextReport
  /// The id that the operation is performed with; nil when it has none.
  public let expected: String?
  /// Whether there is nothing to do.
  public let isEmpty: Bool

  /// Creates a preview.
  public init(report: TextReport, expected: String? = nil, isEmpty: Bool = false) {
    self.report = report
    self.expected = expected
    self.isEmpty = isEmpty
  }
}

extension JobOperation {
  /// The sentence that says what an operation did, by how its run ended.
  public func sentence(about summary: RunSummary) -> String {
    guard let run = summary.run else { return "There was nothing to do." }
    var parts: [String] = []
    if summary.moved > 0 { parts.append("\(Quantity.count(summary.moved, "position")) moved") }
    if summary.released > 0 {
      parts.append("\(Quantity.count(summary.released, "partition")) let go")
    }
    if summary.committed > 0 {
      let verb: String =
        switch self {
        case .undo: "put back"
        case .bookmark, .publish, .discard, .collectGarbage: "published"
        }
      parts.append("\(Quantity.count(summary.committed, "partition")) \(verb)")
    }
    if summary.unchanged > 0 { parts.append("\(Quantity.number(summary.unchanged)) unchanged") }
    if case .discard = self, summary.cancelled > 0 {
      parts.append("\(Quantity.count(summary.cancelled, "partition")) discarded")
    }
    if summary.staged > 0 { parts.append("\(Quantity.number(summary.staged)) still staged") }
    if !summary.failures.isEmpty {
      parts.append("\(Quantity.number(summary.failures.count)) failed")
    }
    let first = summary.failures.first.map { " \($0.partition): \($0.message)" } ?? ""
    let what = parts.isEmpty ? "nothing had to be changed" : parts.joined(separator: ", ")
    return "Run \(run): \(what).\(first)"
  }

  /// The sentence that says which replaced versions went.
  public static func sentence(aboutRemoved removed: [KeptRun]) -> String {
    guard !removed.isEmpty else { return "No replaced version had to go." }
    let bytes = removed.reduce(0) { $0 + $1.bytes }
    return "Removed what \(Quantity.count(removed.count, "run")) had replaced: "
      + "\(Quantity.bytes(bytes))."
  }
}
