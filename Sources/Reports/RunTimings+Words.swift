public import IncrementalJoin
import Wording

/// The phases of a run.
public enum RunPhase: String, CaseIterable, Hashable, Sendable {
  case planning = "listing and planning"
  case joining = "reading and joining"
  case publishing
  case committing

  /// A single word, for places with little room.
  public var word: String {
    switch self {
    case .planning: "plan"
    case .joining: "join"
    case .publishing: "publish"
    case .committing: "commit"
    }
  }
}

extension RunTimings {
  /// How long the phases took, in order; each is a sum over all batches.
  public var phases: [(phase: RunPhase, took: Duration)] {
    [(.planning, plan), (.joining, stage), (.publishing, publish), (.committing, commit)]
  }

  /// Where the time went, in one line: `plan 0.3 s, join 9.0 s, publish 2.0 s, commit 1.0 s`; nil if nothing is
  /// recorded.
  public var text: String? {
    guard phases.contains(where: { $0.took > .zero }) else { return nil }
    return phases.map { "\($0.phase.word) \(Quantity.elapsed($0.took))" }.joined(separator: ", ")
  }
}

extension TextReport {
  /// Adds a bar for each phase, which begins where the bar of the previous phase ends; nothing if nothing is recorded.
  mutating func add(timings: RunTimings) {
    let total = timings.phases.reduce(.zero) { $0 + $1.took }
    guard total > .zero else { return }
    add("Where the time went:")
    var past = Duration.zero
    add(
      [Column(""), .number(""), .number("")],
      timings.phases.map { phase, took in
        let start = past
        past += took
        return Row(
          [
            phase.rawValue, Quantity.elapsed(took), "\(Int((took / total * 100).rounded())) %",
          ], bar: start / total...past / total)
      }, indent: 2)
  }
}
