extension DatePattern.Problem {
  /// Why, and what to write instead, as the end of a sentence.
  func reason(_ purpose: DatePattern.Purpose) -> String {
    let letters =
      purpose == .reading
      ? "y, M, d, H, m, s and S" : "y, M, d, E, H, m, s and S"
    switch self {
    case .letter(let letter) where "YwWuec".unicodeScalars.contains(letter):
      return
        "Spark 3 has no \(letter), which counts by weeks; write y for the year, and E for the weekday where "
        + "text is written"
    case .letter(let letter) where letter == "h" || letter == "a" || letter == "K" || letter == "k":
      return "\(letter) is not known here; write H for the hour from 0 to 23"
    case .letter(let letter):
      return
        "\(letter) is not known here; the letters are \(letters), and text stands in single quotes"
    case .count(let run): return "\(run) has more letters than are known here"
    case .unclosedQuote: return "a single quote is never closed"
    case .bracket: return "this ] closes nothing"
    case .reserved(let scalar): return "\(scalar) stands in single quotes"
    case .twice(let run): return "the field of \(run) is there twice"
    }
  }
}
