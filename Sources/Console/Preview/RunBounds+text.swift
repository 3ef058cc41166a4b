import IncrementalJoin
import Wording

extension RunBounds {
  /// Parses bounds as an operator types them: `10`, `2 GB`, `newest`, or several separated by commas; nil for anything
  /// else.
  init?(text: String) {
    self.init()
    for part in text.split(separator: ",") {
      let words = part.split(separator: " ").map { $0.lowercased() }
      switch words.first {
      case nil: continue
      case "newest"?: order = .newestFirst
      case "oldest"?: order = .oldestFirst
      case let word?:
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        let unit = String(word.dropFirst(digits.count)) + words.dropFirst().joined()
        guard let number = Int64(digits), number > 0 else { return nil }
        if ["", "partition", "partitions"].contains(unit) {
          maxPartitions = Int(number)
        } else if let size = Self.units[unit] {
          let (bytes, isTooLarge) = number.multipliedReportingOverflow(by: size)
          if isTooLarge { return nil }
          maxBytes = bytes
        } else {
          return nil
        }
      }
    }
  }

  private static let units: [String: Int64] = [
    "b": 1, "kb": 1000, "mb": 1_000_000, "gb": 1_000_000_000, "tb": 1_000_000_000_000,
  ]

  /// The bounds as they can be typed; empty for none.
  var text: String {
    var parts: [String] = []
    if let maxPartitions { parts.append("\(maxPartitions)") }
    if let maxBytes {
      let unit = Self.units.sorted { $0.value > $1.value }.first {
        maxBytes >= $0.value && maxBytes % $0.value == 0
      }
      let names = ["b": "B", "kb": "kB", "mb": "MB", "gb": "GB", "tb": "TB"]
      parts.append("\(maxBytes / (unit?.value ?? 1)) \(names[unit?.key ?? "b"] ?? "B")")
    }
    if order == .newestFirst { parts.append("newest") }
    return parts.joined(separator: ", ")
  }

  /// The bounds in words: `at most 10 partitions, at most 2.0 GB, the newest first`; empty for none.
  var words: String {
    var parts: [String] = []
    if let maxPartitions { parts.append("at most \(Quantity.count(maxPartitions, "partition"))") }
    if let maxBytes { parts.append("at most \(Quantity.bytes(maxBytes))") }
    if order == .newestFirst { parts.append("the newest first") }
    return parts.joined(separator: ", ")
  }
}
