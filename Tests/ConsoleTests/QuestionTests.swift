import Cells
import Console
import Foundation
import Testing

/// One row of the table of questions in docs/guide/console.md.
struct Question: Sendable, CustomTestStringConvertible {
  let text: String
  let keys: [String]

  var testDescription: String { "\(text) \(keys.joined(separator: " "))" }

  /// The rows of the table; none where the document has none.
  static let all: [Question] = {
    let url = Golden.root.appending(path: "docs/guide/console.md")
    guard let document = try? String(contentsOf: url, encoding: .utf8),
      let start = document.range(of: "\n## Fifteen questions\n")
    else { return [] }
    let section = document[start.upperBound...].prefix(
      upTo: document[start.upperBound...].range(of: "\n## ")?.lowerBound ?? document.endIndex)
    return section.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst().map { row in
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      let keys = cells[1].split(separator: "`").filter { $0 != " " }.map(String.init)
      // The question is a link to where the guide goes into it.
      let text = cells[0].drop { $0 == "[" }.prefix { $0 != "]" }
      return Question(text: String(text), keys: keys)
    }
  }()
}

@Suite("Fifteen questions of operating are answered within five keys from the overview")
struct QuestionTests {
  /// What stands on the screen of 80 by 24 when a question is answered.
  private static let answers: [String: [String]] = [
    "Which side is late?": ["month=2/day=1   weather", "late: longer than"],
    "Why is this pending?": ["month=1/day=5", "rewritten"],
    "Why is that not?": ["Partition month=1/day=1 of job flights_weather is not pending"],
    "What will this run overwrite?": ["4 overwritten, 1 removed", "overwrite month=1/day=5"],
    "What did it change?": ["What run 2 of flights_weather changed", "NULL -> 39.02"],
    "How do I redo Tuesday?": ["rerun of flights_weather", "1 partition"],
    "How do I undo it?": ["Undo run 2?", "10 partitions go back"],
    "How do I start over from run N?": ["goes back to where run 1 left it"],
    "What failed, and why?": ["month=1/day=14  failed", "cannot be read: truncated."],
    "What is held back, and until when?": ["1 partition held:", "month=2/day=3"],
    "Do the rows meet as they did before?": ["300 of 842 rows of flights (35.6 %) meet weather"],
    "Is the output still what the runs wrote?": [
      "20 published partitions checked: their files are those that the runs published."
    ],
    "What will it cost in time?": ["Takes about", "from the last"],
    "What changed since yesterday?": ["run partial", "10 partitions published", "8,555 now"],
    "Who is running what now?": ["ada on node1, process 71", "so far 1 committed, 0 failed"],
  ]

  @Test("the guide lists fifteen, each once, with at most five keys")
  func list() {
    #expect(Question.all.count == 15)
    #expect(Set(Question.all.map(\.text)) == Set(Self.answers.keys))
    for question in Question.all {
      #expect((1...5).contains(question.keys.count), "\(question.text)")
    }
  }

  @Test("its keys put the answer on the screen", arguments: Question.all)
  func answer(_ question: Question) async throws {
    let world = World.operated()
    var session = try await Session(world)
    for key in question.keys {
      session.press(key)
      try await session.answer(from: world)
    }
    // Sentences are broken where the columns end.
    let words = session.text.split { " │┌┐└┘─\n".contains($0) }.joined(separator: " ")
    for text in try #require(Self.answers[question.text]) {
      let wanted = text.split(separator: " ").joined(separator: " ")
      #expect(words.contains(wanted), "\(wanted) is not in\n\(session.text)")
    }
  }
}
