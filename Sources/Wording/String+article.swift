extension String {
  /// The word behind `a` or `an`, as it is spoken: `an undo`, `a year`, `an hour`.
  public var withArticle: String {
    let vowels = Array("aeiou".utf8)
    let soundsLikeVowel = utf8.first.map { vowels.contains($0) } ?? false
    // A silent letter.
    return soundsLikeVowel || self == "hour" ? "an \(self)" : "a \(self)"
  }
}
