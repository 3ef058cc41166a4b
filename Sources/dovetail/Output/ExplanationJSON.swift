import IncrementalJoin
import PartitionPredicate

/// The JSON of an explanation.
struct ExplanationJSON: Encodable {
  struct Line: Encodable {
    let clause: Int
    let text: String
    let result: String
    let depth: Int
    let decides: Bool
    let reason: String?
  }

  let partition: ExactText
  let result: String
  let selected: Bool
  let sentence: String
  /// What the job's pending report says about it.
  let status: String?
  let lines: [Line]
  /// How many alternatives were left out of `lines`.
  let omitted: Int

  init(
    _ explanation: PartitionExplanation, _ outline: PredicateOutline, _ scope: PredicateScope
  ) {
    partition = explanation.partition.path
    result = explanation.truth.rawValue
    selected = explanation.truth == .isTrue
    sentence = explanation.sentence(outline)
    status = scope.status(of: explanation.partition)
    lines = explanation.lines.map { line in
      Line(
        clause: line.clause, text: outline.text(of: line.clause), result: line.truth.rawValue,
        depth: line.depth, decides: line.decides, reason: line.reason)
    }
    omitted = explanation.omitted
  }
}
