/// Text on which programs go wrong that compare or scan by what a reader takes for one character.
public enum HostileText {
  /// Marks that something escapes, matches or cuts at, alone and with a combining mark behind them;
  /// letters in several Unicode forms; what cannot be seen.
  public static let pieces: [String] =
    [
      "'", "\"", "`", "*", "?", "[", "]", "{", "}", "/", "=", "%", "_", ".", "\\", ",", ";", ":",
      "#", "+", "-", " ",
    ]
    .flatMap { [$0, $0 + "\u{301}", $0 + "\u{200D}"] } + [
      // One letter in two forms, and letters that are equal to others in form or in case.
      "\u{E9}", "e\u{301}", "\u{C5}", "A\u{30A}", "\u{212B}", "K", "\u{212A}", "k", "\u{AC00}",
      "\u{1100}\u{1161}", "\u{FB01}", "fi", "\u{1E9E}", "\u{DF}", "\u{130}", "\u{131}", "I", "i",
      // Punctuation that is equal to ASCII's.
      "\u{37E}", "\u{1FEF}",
      // Several scalars that are one character, and marks in either order.
      "\r\n", "\n", "\r", "\t", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "\u{1F1E9}\u{1F1EA}",
      "a\u{323}\u{302}", "a\u{302}\u{323}", "\u{301}",
      // What cannot be seen, or stands for what could not be read.
      "\u{200B}", "\u{FEFF}", "\u{202E}", "\u{FFFD}", "\u{1F}", "\u{7F}", "\u{85}", "%41", "%C3%A9",
      "a", "b", "1",
    ]

  /// Texts of one to four pieces, no two of the same bytes; some are equal to others but for their form.
  public static func distinct(
    _ count: Int, using generator: inout some RandomNumberGenerator
  ) -> [String] {
    var seen: Set<[UInt8]> = []
    var texts: [String] = []
    func add(_ text: String) {
      if !text.isEmpty, texts.count < count, seen.insert(Array(text.utf8)).inserted {
        texts.append(text)
      }
    }
    while texts.count < count {
      let chosen = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? ""
      }
      add(chosen.joined())
      // The same text to a reader.
      let twins = [
        "\u{E9}": "e\u{301}", "\u{C5}": "A\u{30A}", "\u{212A}": "K", "\u{AC00}": "\u{1100}\u{1161}",
      ]
      add(chosen.map { twins[$0] ?? $0 }.joined())
    }
    return texts
  }
}
