public import IncrementalJoin
public import Operations
import PartitionPredicate
import Wording

extension JobOperation {
  /// The operation in a few words: `undo run 12`.
  public var title: String {
    switch self {
    case .bookmark(let change):
      if case .set = change.kind {
        return "set \(change.detail.isEmpty ? "all positions" : change.detail) to now"
      }
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
    case .adopt: return "adopt the output"
    }
  }

  private static func text(_ partitions: [Partition]) -> String {
    partitions.count == 1
      ? "\(partitions[0])" : Quantity.count(partitions.count, "partition")
  }

  /// The sentence that says what an operation did, by how its run ended.
  public func sentence(about summary: RunSummary) -> String {
    guard let run = summary.run else {
      // Only what changes something is carried out: here the place alone was taken over.
      return self == .adopt
        ? "The output belongs to this workspace now; nothing in it was unknown."
        : "There was nothing to do."
    }
    var parts: [String] = []
    if summary.moved > 0 { parts.append("\(Quantity.count(summary.moved, "position")) moved") }
    if summary.released > 0 {
      parts.append("\(Quantity.count(summary.released, "partition")) released")
    }
    if summary.adopted > 0 {
      parts.append("\(Quantity.count(summary.adopted, "partition")) adopted")
    }
    if summary.committed > 0 {
      let verb: String =
        switch self {
        case .undo: "put back"
        case .bookmark, .publish, .discard, .collectGarbage, .adopt: "published"
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

  /// The sentence that says which replaced versions were removed.
  public static func sentence(aboutRemoved removed: [KeptRun]) -> String {
    guard !removed.isEmpty else { return "No replaced version had to go." }
    let bytes = removed.reduce(0) { $0 + $1.bytes }
    return "Removed what \(Quantity.count(removed.count, "run")) had replaced: "
      + "\(Quantity.bytes(bytes))."
  }
}
