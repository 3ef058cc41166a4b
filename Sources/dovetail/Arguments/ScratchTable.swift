import Foundation
import IncrementalJoin
import PartitionPredicate
import Wording

/// A table that exists only on the command line: keys and rows of raw partition values.
struct ScratchTable {
  let keys: [PartitionKey]
  /// One partition per row, in the order of the rows.
  let partitions: PartitionTable

  /// Reads a scratch table.
  ///
  /// - Parameters:
  ///   - text: The keys: `station string, month int, share decimal(5,2)`.
  ///   - source: A JSON array of arrays of raw values, or the path of a file that holds it.
  /// - Throws: `UsageError` that names the wrong key or row.
  init(keys text: String, rows source: String) throws {
    let keys = try Self.keys(text)
    let rows = try Self.rows(source, keys: keys)
    self.keys = keys
    partitions = PartitionTable(rows.map { Partition(keys: keys, values: $0) }, keys: keys)
  }

  private static func keys(_ text: String) throws -> [PartitionKey] {
    // A comma in backquotes or in decimal(5,2) does not separate keys.
    let parts = text.split(
      separator: /,(?=(?:[^`]*`[^`]*`)*[^`]*$)(?![^(`]*\))/, omittingEmptySubsequences: false)
    var keys: [PartitionKey] = []
    for part in parts {
      guard let words = part.wholeMatch(of: /\s*(`(?:[^`]|``)+`|[^\s`]+)\s+(.*?)\s*/)?.output,
        let type = KeyType(String(words.2))
      else {
        throw UsageError(
          "\"\(part.trimmed)\" is not a key: write a name and a type, one of string, int, bigint, "
            + "date, timestamp, decimal(precision,scale) or boolean.")
      }
      let name = Self.name(words.1)
      if keys.contains(where: { $0.name.isSameName(as: name) }) {
        throw UsageError("The key \(name) is declared twice; names ignore case.")
      }
      keys.append(PartitionKey(name: name, type: type))
    }
    return keys
  }

  /// The name without its backquotes, in which two stand for one.
  private static func name(_ word: Substring) -> String {
    guard word.exact.begins(with: "`") else { return String(word) }
    return String(word.unicodeScalars.dropFirst().dropLast()).exact
      .replacing(every: "``", with: "`").text
  }

  private static func rows(_ source: String, keys: [PartitionKey]) throws -> [[PartitionValue]] {
    let isJSON = ["[", "{"].contains { source.trimmed.exact.begins(with: $0) }
    let data = isJSON ? Data(source.utf8) : try ArgumentFile.contents(source)
    let raw: [[RawValue]]
    do {
      raw = try JSONDecoder().decode([[RawValue]].self, from: data)
    } catch {
      throw UsageError(
        "\(isJSON ? "The rows" : source) must be a JSON array of arrays of raw partition values, "
          + "such as [[\"01\", \"3\"], [\"1\", null]].")
    }
    return try raw.enumerated().map { number, row in
      guard row.count == keys.count else {
        throw UsageError(
          "Row \(number + 1) has \(Quantity.count(row.count, "value")), and there "
            + "\(keys.count == 1 ? "is" : "are") \(Quantity.count(keys.count, "key")): give one value for each."
        )
      }
      return try zip(row, keys).map { raw, key in
        guard let text = raw.text else { return .null }
        guard let value = PartitionValue(raw: text, type: key.type) else {
          throw UsageError(
            "Row \(number + 1): \"\(text)\" is not a value of the key \(key.name), which is "
              + "\(key.type).")
        }
        return value
      }
    }
  }

  /// A raw value: text as in a path, or null for the NULL partition.
  private struct RawValue: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        text = nil
      } else if let string = try? container.decode(String.self) {
        text = string
      } else if let flag = try? container.decode(Bool.self) {
        text = String(flag)
      } else if let number = try? container.decode(Int64.self) {
        text = String(number)
      } else {
        text = "\(try container.decode(Decimal.self))"
      }
    }
  }
}

extension StringProtocol {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
