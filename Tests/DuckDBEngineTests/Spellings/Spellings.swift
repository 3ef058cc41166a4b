import TestSupport

/// Texts that look like values, or nearly so, of the types that the guide knows.
enum Spellings {
  /// All of them, each once by its bytes.
  static func all(mutatedWith random: inout SeededGenerator) -> [String] {
    unique(fixed + mutations(of: fixed, count: 300, random: &random))
  }

  /// All but the random ones.
  static let fixed = unique(
    [numbers, edges, oddNumbers, names, dates, times, timestamps, offsets, uuids, texts].flatMap(
      \.self))

  /// The texts without repetition; two are the same if their bytes are.
  static func unique(_ texts: [String]) -> [String] {
    var seen: Set<[UInt8]> = []
    return texts.filter { seen.insert(Array($0.utf8)).inserted }
  }

  static let blanks = [" ", "  ", "\t", "\n", "\r", "\r\n", "\u{0B}", "\u{0C}", " \t\r\n "]

  /// White space and the like that ASCII does not have.
  static let nearBlanks = [
    "\u{A0}", "\u{85}", "\u{200B}", "\u{2009}", "\u{2028}", "\u{202F}", "\u{3000}", "\u{FEFF}",
    "\u{1C}", "\u{1F}", "\u{08}", "\u{7F}", "\\n", "\\t",
  ]

  /// Every text between blanks of every kind, and beside what is none.
  static func surrounded(_ texts: [String]) -> [String] {
    texts.flatMap { text in
      blanks.flatMap { [$0 + text, text + $0, $0 + text + $0] }
        + nearBlanks.flatMap { [$0 + text, text + $0] }
    }
  }

  static func cross(_ parts: [String]...) -> [String] {
    parts.reduce([""]) { heads, tails in heads.flatMap { head in tails.map { head + $0 } } }
  }

  /// Texts with one to three changes at random places.
  private static func mutations(
    of texts: [String], count: Int, random: inout SeededGenerator
  ) -> [String] {
    let letters = Array("0123456789019+-.,:eETZ _xnaif'\"\t\u{A0}\u{660}".unicodeScalars)
    return (0..<count).map { _ in
      var scalars = Array(texts[Int.random(in: 0..<texts.count, using: &random)].unicodeScalars)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let letter = letters[Int.random(in: 0..<letters.count, using: &random)]
        let place = Int.random(in: 0...scalars.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: scalars.insert(letter, at: place)
        case 1 where place < scalars.count: scalars[place] = letter
        case 2 where place < scalars.count: scalars.remove(at: place)
        case 3 where place + 1 < scalars.count: scalars.swapAt(place, place + 1)
        default: scalars.append(letter)
        }
      }
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars)
      return String(text)
    }
  }
}

extension Spellings {
  static let names: [String] =
    cross(["", "+", "-", "--", "+-", " +", "- "], ["nan", "NaN", "NAN", "inf", "Inf", "INF"])
    + cross(
      ["", "+", "-"], ["infinity", "Infinity", "INFINITY", "iNfInItY", "infinit", "infinitys"])
    + [
      "nan(1)", "nan0x1", "snan", "qnan", "NaN ", "1.#INF", "1.#QNAN", "∞", "-∞", "infi", "in", "i",
      "n", "na", "N/A", "inf inity", "ınf", "İNF", "ınfınıty", "INFİNITY", "ｉｎｆ", "in\u{301}f",
      "inf\u{301}", "1inf", "inf1", "infe1", "nane1", "+nan ", "Infinity.", "inf.0",
    ]
    + ["true", "false"].flatMap { word in
      (0..<(1 << word.utf8.count)).map { mask in
        word.enumerated().map {
          mask >> $0.offset & 1 == 1 ? $0.element.uppercased() : "\($0.element)"
        }
        .joined()
      }
    }
    + [
      "t", "f", "T", "F", "y", "n", "Y", "N", "yes", "no", "on", "off", "YES", "NO", "0", "1",
      "tru",
      "fals", "truee", "falsee", "true.", "true1", "true false", "'true'", "\"true\"", "falſe",
      "FALſE", "ｔｒｕｅ", "true\u{301}", "tru\u{E9}", "wahr", "vrai", "true\\n", "truth", "1.0", "0.0",
      "-1", "2",
    ]
    + surrounded(["true", "False", "NaN", "-inf", "+Infinity"])

  static let uuids: [String] = {
    let plain = "123e4567-e89b-12d3-a456-426614174000"
    return [
      plain, plain.uppercased(), "123E4567-e89B-12d3-A456-42661417400f",
      "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
      "80000000-0000-0000-0000-000000000000", "7fffffff-ffff-ffff-ffff-ffffffffffff", "{\(plain)}",
      "(\(plain))", "{\(plain)", "urn:uuid:\(plain)", "123e4567e89b12d3a456426614174000",
      "123e4567-e89b12d3a456426614174000", "123e4567-e89b-12d3-a456426614174000",
      "123e-4567-e89b-12d3-a456-4266-1417-4000", "123e4567-e89b-12d3-a456-42661417400",
      "123e4567-e89b-12d3-a456-4266141740000", "123e4567-e89b-12d3-a456-42661417400g",
      "123e4567_e89b_12d3_a456_426614174000", "123e4567 e89b 12d3 a456 426614174000",
      "123e456-7e89b-12d3-a456-426614174000", "-123e4567-e89b-12d3-a456-42661417400",
      "123e4567-e89b-12d3-a456-42661417400-", "123e4567--e89b-12d3-a456-42661417400",
      "0x3e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-４26614174000",
      "123e4567\u{2010}e89b\u{2010}12d3\u{2010}a456\u{2010}426614174000",
      "1\u{301}23e4567-e89b-12d3-a456-426614174000", "\(plain)\(plain)",
    ] + surrounded([plain])
  }()

  static let texts: [String] =
    ["", "\\N", "NULL", "null", "Null", "None", "nil", "NA", "n/a", "-", "--", "?", "''", "\"\""]
    + blanks + nearBlanks
    + [
      "x", "ä", "a\u{308}", "\u{1F6EB}", "\u{1F468}\u{200D}\u{1F469}", "a,b", "a;b", "a\tb", "a\nb",
      "a\r\nb", "a\"b", "\"a\"", "'a'", "a''b", "a\\b", "a\\\"b", "\\", "\"", "'", "# comment",
      "{\"a\": 1}", "[1, 2]", "[1,2]", "{}", "[]", "3 days", "01067", "+4930123456", " x ", "$1",
      "1 €", "5 %", "%Y", "{{x}}", "=1+1", "e", "E5", ".", ",", "+", "x'00'", "$$", "-- x",
      "/* x */",
    ]
}
