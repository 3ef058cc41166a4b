import Foundation
import TestSupport
import Testing
import Workspace

@Suite("Random mutations")
struct MutationTests {
  private static let valid = """
    version: 1
    tables:
      a: { location: data/a, format: csv, partitions: &keys { month: int, day: "decimal(5,2)" } }
      b:
        location: data/b
        partitions: *keys
        columns: { id: BIGINT, price: "DECIMAL(18,3)" }
        min_age: 15m
        schema: lenient
        record_rows: true
        optional: [price, id.part]
      c:
        location: data/c
        partitions: *keys
        format: csv
        csv:
          { delimiter: ";", quote: none, null: ["", NA], encoding: latin-1, date_format: "%d/%m/%Y",
            decimal: ",", thousands: ".", true: yes, false: [no, "0"] }
    jobs:
      j:
        inputs: { a: a, b: b }
        join: { type: left, on: [id], select: [a.*, b.price] }
        output: { location: out/j, partitions: [month, day], types: spark }
        wait: { for: all, deadline: 36 h }
        key: [id, leg]
        limits: { removals: 0.25, kept_runs: 3, kept_for: 30d, max_partitions: 500, memory: 4GiB }
      k:
        inputs: [a, j]
        sql: |
          SELECT * FROM a
        output: { location: out/k }
        wait: all
    hooks: { on_run_finished: './notify.sh' }
    """
  private static let pieces = [
    "", " ", "\n", "\t", ":", "- ", "[", "]", "{", "}", "\"", "'", "*keys", "&keys ", "#", "|",
    "? ",
    "~", "!!int ", "<<: *keys", "---\n", "\u{0}", "\u{1B}", "\u{202E}", "\u{E000}", "é", "🛫", "a",
    "..", "/", "(", ",", "99999999999999999999", "-1", "nan", "\\u0000", "\r", "\u{2028}", "%",
  ]

  @Test("of a valid file are read or refused at places of the file, never more")
  func mutations() throws {
    var generator = SeededGenerator()
    let folder = try TemporaryFolder()
    #expect(try folder.complaint(about: Self.valid).isEmpty)
    var refused = 0
    for round in 1...500 {
      let text = mutated(using: &generator)
      do {
        _ = try folder.load(text)
      } catch WorkspaceError.invalid(let mistakes, _) {
        refused += 1
        let breaks = "\n\r\u{85}\u{2028}".unicodeScalars
        let lineCount = text.unicodeScalars.count { breaks.contains($0) }
        let flaw = mistakes.first { mistake in
          !(1...lineCount + 1).contains(mistake.line)
            || !(1...mistake.source.unicodeScalars.count + 1).contains(mistake.column)
            || mistake.description.contains("\u{1B}")
        }
        let isSorted = zip(mistakes, mistakes.dropFirst()).allSatisfy { left, right in
          (left.line, left.column) <= (right.line, right.column)
        }
        #expect(
          flaw == nil && isSorted && !mistakes.isEmpty,
          "seed \(generator.seed), round \(round): \(mistakes)")
      }
    }
    #expect(refused > 150, "seed \(generator.seed)")
  }

  /// Puts a piece in the place of up to ten characters, one to three times, or doubles or drops a line.
  private func mutated(using generator: inout SeededGenerator) -> String {
    var text = Array(Self.valid)
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let start = Int.random(in: 0...text.count, using: &generator)
      let end = min(text.count, start + Int.random(in: 0...10, using: &generator))
      let piece = Self.pieces.randomElement(using: &generator) ?? ""
      text.replaceSubrange(start..<end, with: Array(piece))
    }
    var lines = String(text).split(separator: "\n", omittingEmptySubsequences: false)
    let line = Int.random(in: 0..<lines.count, using: &generator)
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: lines.insert(lines[line], at: line)
    case 1: lines.remove(at: line)
    default: break
    }
    return lines.joined(separator: "\n")
  }
}
