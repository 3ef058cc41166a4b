import PartitionPredicate
import Testing

@Suite("Predicates as Spark answers them")
struct SparkGoldenTests {
  @Test("every recorded predicate has Spark's truth for every row, or is refused")
  func answers() throws {
    let goldens = try SparkGoldens()
    #expect(goldens.answers.count > 1000)
    let differences = goldens.answers.compactMap(Self.difference)
    #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
  }

  /// How Dovetail's answer differs from Spark's; nil when it does not.
  static func difference(_ answer: SparkGoldens.Answer) -> String? {
    let predicate: PushdownPredicate
    do {
      predicate = try PushdownPredicate(answer.predicate, keys: answer.keys, today: 0)
    } catch {
      return answer.truths == nil ? nil : "\(answer.predicate): refused: \(error)"
    }
    guard let truths = answer.truths else { return "\(answer.predicate): not refused" }
    let evaluator = PredicateEvaluator(predicate)
    for (row, truth) in zip(answer.rows, truths) {
      let found = evaluator.truth(row)
      if found != truth {
        let values = row.map(\.text).joined(separator: ", ")
        return "\(answer.predicate): \(found.rawValue), Spark says \(truth.rawValue), for \(values)"
      }
    }
    return nil
  }
}
