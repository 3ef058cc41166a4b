import class Foundation.ProcessInfo
import TestSupport
import Testing

@testable import PartitionPredicate

@Suite("The parser and any text")
struct ParserFuzzTests {
  /// How many texts are tried; `FUZZ_ROUNDS` in the environment says otherwise.
  static let rounds =
    ProcessInfo.processInfo.environment["FUZZ_ROUNDS"].flatMap { Int($0) } ?? 4_000

  @Test("random and mutated bytes are read, or refused at a place inside them")
  func fuzz() {
    var generator = SeededGenerator()
    var refused = 0
    for round in 0..<Self.rounds {
      let bytes = Self.bytes(round, &generator)
      let text = String(decoding: bytes, as: UTF8.self)
      do {
        let syntax = try PredicateSyntax(parsing: text)
        #expect(syntax.range.upperBound <= text.utf8.count)
        _ = try Binder(source: text, keys: PredicateKeys.all, today: 0).predicate(syntax)
      } catch {
        refused += 1
        if let problem = Self.problem(error, text) {
          Issue.record(
            "\(problem) in round \(round), seed \(generator.seed): \(text.debugDescription)")
          return
        }
      }
    }
    #expect(Self.rounds < 100 || refused > 0)
    #expect(Self.rounds < 100 || refused < Self.rounds)
  }

  /// What is wrong with an error, or nil.
  private static func problem(_ error: PushdownPredicateError, _ text: String) -> String? {
    let count = text.utf8.count
    guard error.source == text, 0 <= error.range.lowerBound, error.range.upperBound <= count else {
      return "a range outside the text"
    }
    for offset in [error.range.lowerBound, error.range.upperBound] {
      let index = text.utf8.index(text.startIndex, offsetBy: offset)
      if index.samePosition(in: text.unicodeScalars) == nil { return "a range inside a character" }
    }
    let lines = error.description.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 3, !lines[0].isEmpty, lines[2].contains("^") else {
      return "a description of other lines"
    }
    let isPlain = error.description.unicodeScalars.allSatisfy {
      $0 == "\n" || $0.properties.generalCategory != .control
    }
    guard isPlain, error.line >= 1, error.column >= 1 else { return "a control character" }
    return nil
  }

  /// Random bytes, a random sequence of tokens, or a valid predicate with some bytes changed.
  private static func bytes(_ round: Int, _ generator: inout SeededGenerator) -> [UInt8] {
    switch round % 4 {
    case 0:
      return (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
    case 1:
      let tokens = (0..<Int.random(in: 1...12, using: &generator)).compactMap { _ in
        Self.tokens.randomElement(using: &generator)
      }
      return Array(tokens.joined(separator: " ").utf8)
    default:
      var bytes = corpusBytes(&generator)
      for _ in 0..<Int.random(in: 0...4, using: &generator) {
        let place = Int.random(in: 0...bytes.count, using: &generator)
        switch Int.random(in: 0...4, using: &generator) {
        case 0: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        case 1: bytes.insert(contentsOf: corpusBytes(&generator), at: place)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + 3))
        case 3: bytes.removeSubrange(place...)
        default:
          bytes.insert(
            contentsOf: "'\"`()-/\\*".utf8.shuffled(using: &generator).prefix(1), at: place)
        }
      }
      return bytes
    }
  }

  private static func corpusBytes(_ generator: inout SeededGenerator) -> [UInt8] {
    Array((PredicateKeys.corpus.randomElement(using: &generator) ?? "").utf8)
  }

  private static let tokens = [
    "month", "station", "day", "final", "`odd name`", "AND", "OR", "NOT", "!", "IN", "LIKE",
    "RLIKE",
    "BETWEEN", "IS", "NULL", "TRUE", "FALSE", "CAST(", "AS", "int", "decimal(5,2)", "ESCAPE", "(",
    ")",
    ",", "=", "<=>", "!=", "<", "1", "17L", "1.5", "-", "+", "*", ";", ".", "'a'", "'%'", "DATE",
    "'2013-01-01'", "year(", "date_add(", "current_date", "where", "case", "select", "--", "/*",
    "*/",
    "\u{301}", "\u{200B}", "\t", "\r\n", "'", "\"", "`", "r'", "\\",
  ]

  @Test("the corpus is right")
  func corpus() throws {
    for text in PredicateKeys.corpus {
      _ = try PushdownPredicate(text, keys: PredicateKeys.all, today: 0)
    }
  }
}
