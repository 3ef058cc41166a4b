import IncrementalJoin

/// A text with parentheses that YAML ended at a comma: in `{ price: DECIMAL(18,2) }` the value is `DECIMAL(18`, and
/// `2)` is a key without a value.
struct CommaCut {
  /// The whole text as it was probably meant.
  let text: String
  let position: Position
  /// The indices of the neighbors that are its pieces.
  let indices: Range<Int>

  /// The cut values of a mapping.
  static func all(in pairs: [(key: YAMLValue, value: YAMLValue)]) -> [CommaCut] {
    all(
      beginnings: pairs.map { pair in pair.value.text.map { Located($0, at: pair.value.position) }
      },
      pieces: pairs.map { $0.value.kind == .nothing ? $0.key.text : nil })
  }

  /// The cut items of a list.
  static func all(in texts: [Located<String>]) -> [CommaCut] {
    all(beginnings: texts, pieces: texts.map(\.value))
  }

  private static func all(beginnings: [Located<String>?], pieces: [String?]) -> [CommaCut] {
    var cuts: [CommaCut] = []
    for (start, beginning) in beginnings.enumerated() {
      guard let beginning, start >= cuts.last?.indices.upperBound ?? 0 else { continue }
      var text = beginning.value
      var end = start + 1
      while openParentheses(in: text) > 0, end < pieces.count, let piece = pieces[end] {
        text += ",\(piece)"
        end += 1
      }
      guard end > start + 1, openParentheses(in: text) == 0 else { continue }
      cuts.append(CommaCut(text: text, position: beginning.position, indices: start..<end))
    }
    return cuts
  }

  private static func openParentheses(in text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1 == "(" ? 1 : $1 == ")" ? -1 : 0) }
  }
}
