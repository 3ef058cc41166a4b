import Testing

/// A case of a table of mistakes: the place is marked by `¦` in the text.
struct MarkedMistake: Sendable, CustomTestStringConvertible {
  let text: String
  let sentence: String
  let hint: String

  init(_ text: String, _ sentence: String, _ hint: String) {
    self.text = text
    self.sentence = sentence
    self.hint = hint
  }

  var testDescription: String { text }

  /// Expects this mistake and no other in a file, the marked text being in it.
  func check(in file: String) throws {
    let lines = file.split(separator: "\n", omittingEmptySubsequences: false)
    let index = try #require(lines.firstIndex { $0.contains("¦") })
    let before = lines[index].unicodeScalars.prefix { $0 != "¦" }.count
    try expectComplaint(
      about: file.replacing("¦", with: ""),
      """
      dovetail.yaml:\(index + 1):\(before + 1): error: \(sentence)
        \(lines[index].replacing("¦", with: ""))
        \(String(repeating: " ", count: before))^
        hint: \(hint)
      """)
  }
}
