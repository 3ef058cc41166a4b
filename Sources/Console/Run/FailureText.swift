/// A failure's sentence in the row of a list.
enum FailureText {
  /// The first line of a sentence, with files by their names, so that the cause is seen where there is little room.
  static func brief(_ sentence: String) -> String {
    let words = sentence.prefix { !$0.isNewline }
      .split(separator: " ", omittingEmptySubsequences: false).map { name(in: $0) }
    return words.joined(separator: " ").replacing(" cannot be read: ", with: ": ")
  }

  /// The last part of a file's path; any other word as it is, a partition too.
  private static func name(in word: Substring) -> String {
    guard let slash = word.lastIndex(of: "/") else { return String(word) }
    let name = word[word.index(after: slash)...]
    guard !name.contains("="), let dot = name.firstIndex(of: "."),
      name[name.index(after: dot)...].contains(where: { $0.isLetter || $0.isNumber })
    else { return String(word) }
    let quote = word.first.map { $0 == "'" || $0 == "\"" ? String($0) : "" } ?? ""
    return quote + String(name)
  }
}
