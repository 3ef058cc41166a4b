import Foundation
import PartitionPredicate

/// What Spark answered to predicates, as Goldens/record.py wrote it down.
struct SparkGoldens {
  /// A predicate, over the rows of the last table before it.
  struct Answer {
    let predicate: String
    let keys: [PartitionKey]
    let rows: [[PartitionValue]]
    /// One truth a row; nil when Spark, or Dovetail on purpose, refuses the predicate.
    let truths: [Truth]?
  }

  let answers: [Answer]

  /// One line of the file: a table or an answer.
  private struct Line: Decodable {
    let keys: String?
    let rows: [[String?]]?
    let predicate: String?
    let isTrue: [Int]?
    let isNull: [Int]?

    enum CodingKeys: String, CodingKey {
      case keys, rows, predicate
      case isTrue = "true"
      case isNull = "null"
    }
  }

  /// A line that is not what the script writes.
  struct Malformed: Error {
    let line: String
  }

  /// Reads the file beside the tests, or another.
  init(
    path: String = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Goldens/spark.jsonl").path(percentEncoded: false)
  ) throws {
    var answers: [Answer] = []
    var keys: [PartitionKey] = []
    var rows: [[PartitionValue]] = []
    let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    // JSON escapes every line feed inside a line.
    for written in text.utf8.split(separator: UInt8(ascii: "\n")) {
      let line = try JSONDecoder().decode(Line.self, from: Data(written))
      if let declaration = line.keys, let raw = line.rows {
        keys = Self.keys(declaration)
        rows = try raw.map { row in
          try zip(row, keys).map { text, key in
            guard let text else { return PartitionValue.null }
            guard let value = PartitionValue(raw: text, type: key.type) else {
              throw Malformed(line: text)
            }
            return value
          }
        }
      } else if let predicate = line.predicate {
        var truths: [Truth]?
        if let isTrue = line.isTrue, let isNull = line.isNull {
          var known = Array(repeating: Truth.isFalse, count: rows.count)
          for row in isTrue { known[row] = .isTrue }
          for row in isNull { known[row] = .isNull }
          truths = known
        }
        answers.append(Answer(predicate: predicate, keys: keys, rows: rows, truths: truths))
      } else {
        throw Malformed(line: String(decoding: Data(written), as: UTF8.self))
      }
    }
    self.answers = answers
  }

  /// Reads declarations such as "s string, `Hour Of` int, c decimal(5,2)".
  private static func keys(_ declaration: String) -> [PartitionKey] {
    declaration.split(separator: ", ").compactMap { text -> PartitionKey? in
      guard let space = text.lastIndex(of: " "),
        let type = KeyType(String(text[text.index(after: space)...]))
      else { return nil }
      return PartitionKey(name: text[..<space].filter { $0 != "`" }, type: type)
    }
  }
}
