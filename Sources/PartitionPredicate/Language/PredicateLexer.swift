/// Cuts a predicate's text into tokens, by the rules of Spark's SqlBaseLexer.
///
/// It works on bytes: every sign of the language is ASCII, so a byte is never a part of another
/// character.
struct PredicateLexer {
  let source: String
  let bytes: [UInt8]
  /// Where the next token is looked for.
  var position = 0

  init(_ source: String) {
    self.source = source
    bytes = Array(source.utf8)
  }

  /// Reads the next token; at the end of the text, the token `end` again and again.
  mutating func next() throws(PushdownPredicateError) -> PredicateToken {
    try skipBlanks()
    let start = position
    guard let byte = byte(at: start) else { return token(.end, from: start) }
    switch byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      return try string(from: start)
    case UInt8(ascii: "`"):
      return try quotedName()
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try number()
    case UInt8(ascii: "."):
      if self.byte(at: start + 1).map(isDigit) ?? false { return try number() }
      position += 1
      return token(.dot, from: start)
    case _ where Self.isNamePart(byte):
      return try word()
    default:
      return try sign(byte)
    }
  }

  func byte(at index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  func token(_ kind: PredicateToken.Kind, from start: Int) -> PredicateToken {
    PredicateToken(kind: kind, range: start..<position)
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  func error(_ kind: PushdownPredicateError.Kind, _ range: Range<Int>) -> PushdownPredicateError {
    PushdownPredicateError(kind, source: source, range: range)
  }

  static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Moves over the letters, digits and underscores of a name.
  mutating func skipNameParts() {
    while position < bytes.count, Self.isNamePart(bytes[position]) { position += 1 }
  }

  private mutating func word() throws(PushdownPredicateError) -> PredicateToken {
    let start = position
    skipNameParts()
    if position == start + 1, bytes[start] | 0x20 == UInt8(ascii: "r"),
      let quote = byte(at: position),
      quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
    {
      return try rawString(from: start)
    }
    let word = text(start..<position)
    if let keyword = PredicateKeyword.all[word.exact.lowercased] {
      return token(.keyword(keyword), from: start)
    }
    return token(.word(word), from: start)
  }

  private mutating func quotedName() throws(PushdownPredicateError) -> PredicateToken {
    let start = position
    position += 1
    var doubled = false
    while let byte = byte(at: position) {
      position += 1
      guard byte == UInt8(ascii: "`") else { continue }
      guard self.byte(at: position) == byte else {
        let name = text(start + 1..<position - 1)
        return token(
          .quotedName(doubled ? name.exact.replacing(every: "``", with: "`").text : name),
          from: start)
      }
      doubled = true
      position += 1
    }
    throw error(.unclosedName, start..<start + 1)
  }

  private mutating func skipBlanks() throws(PushdownPredicateError) {
    while let byte = byte(at: position) {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        position += 1
      case UInt8(ascii: "-") where self.byte(at: position + 1) == UInt8(ascii: "-"):
        skipLineComment()
      case UInt8(ascii: "/") where self.byte(at: position + 1) == UInt8(ascii: "*"):
        try skipComment()
      default: return
      }
    }
  }

  /// Moves to the end of the line; as in Spark, a backslash before it goes on with the comment.
  private mutating func skipLineComment() {
    while let byte = byte(at: position), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
      let isContinued =
        byte == UInt8(ascii: "\\") && self.byte(at: position + 1) == UInt8(ascii: "\n")
      position += isContinued ? 2 : 1
    }
  }

  private mutating func skipComment() throws(PushdownPredicateError) {
    let start = position
    var depth = 0
    while position + 1 < bytes.count {
      switch (bytes[position], bytes[position + 1]) {
      case (UInt8(ascii: "/"), UInt8(ascii: "*")):
        // Spark reads `/*+` as a hint; within a comment it opens nothing.
        let isHint = byte(at: position + 2) == UInt8(ascii: "+")
        if isHint, depth == 0 { throw error(.unsupported(.hint), start..<start + 3) }
        depth += isHint ? 0 : 1
        position += 2
      case (UInt8(ascii: "*"), UInt8(ascii: "/")):
        depth -= 1
        position += 2
        if depth == 0 { return }
      default: position += 1
      }
    }
    throw error(.unclosedComment, start..<start + 2)
  }

  // MARK: Signs

  /// Reads an operator, a parenthesis or a comma, the longest that fits.
  mutating func sign(_ byte: UInt8) throws(PushdownPredicateError) -> PredicateToken {
    let start = position
    position += 1
    switch byte {
    case UInt8(ascii: "("): return token(.open, from: start)
    case UInt8(ascii: ")"): return token(.close, from: start)
    case UInt8(ascii: ","): return token(.comma, from: start)
    case UInt8(ascii: "+"): return token(.plus, from: start)
    case UInt8(ascii: "-"): return token(.minus, from: start)
    case UInt8(ascii: "*"): return token(.times, from: start)
    case UInt8(ascii: "%"): return token(.percent, from: start)
    case UInt8(ascii: "|") where accept("|"): return token(.pipes, from: start)
    case UInt8(ascii: "="):
      _ = accept("=")
      return token(.comparison(.equal), from: start)
    case UInt8(ascii: "<"):
      if accept("=") {
        return token(.comparison(accept(">") ? .nullSafeEqual : .lessOrEqual), from: start)
      }
      return token(.comparison(accept(">") ? .notEqual : .less), from: start)
    case UInt8(ascii: ">"):
      return token(.comparison(accept("=") ? .greaterOrEqual : .greater), from: start)
    case UInt8(ascii: "!"):
      if accept("=") { return token(.comparison(.notEqual), from: start) }
      if accept(">") { return token(.comparison(.lessOrEqual), from: start) }
      if accept("<") { return token(.comparison(.greaterOrEqual), from: start) }
      return token(.not, from: start)
    default: return try foreignSign(byte, from: start)
    }
  }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    guard byte(at: position) == UInt8(ascii: scalar) else { return false }
    position += 1
    return true
  }

  private mutating func foreignSign(
    _ byte: UInt8, from start: Int
  ) throws(PushdownPredicateError) -> PredicateToken {
    if "/^~;[]{}@?:|&#$\\".utf8.contains(byte) {
      // `&&` and `::` are one sign each.
      if "&:".utf8.contains(byte), self.byte(at: position) == byte { position += 1 }
      return token(.foreign, from: start)
    }
    while let next = self.byte(at: position), next & 0xC0 == 0x80 { position += 1 }
    let scalar = text(start..<position).unicodeScalars.first ?? "\u{FFFD}"
    throw error(.unexpectedCharacter(scalar), start..<position)
  }
}

/// A word, literal or sign of a predicate's text.
struct PredicateToken: Sendable {
  enum Kind: Equatable, Sendable {
    /// A name without quotes, which may also be a word of the language such as `DATE`.
    case word(String)
    /// A word that is not a name unless it is quoted.
    case keyword(PredicateKeyword)
    /// A name in back quotes, without them.
    case quotedName(String)
    /// A string literal's value.
    case string(String)
    case number(PredicateNumber)
    case comparison(ComparisonOperator)
    case not
    case plus
    case minus
    case times
    case percent
    /// `||`
    case pipes
    case open
    case close
    case comma
    case dot
    /// A sign that only other SQL knows, such as `/` or `;`.
    case foreign
    case end
  }

  let kind: Kind
  /// Where it stands in the text, in UTF-8 offsets.
  let range: Range<Int>
}

/// The words that are names only in back quotes.
enum PredicateKeyword: String, CaseIterable, Sendable {
  case and, between, cast, escape, `false`, `in`, `is`, like, not, null, or, regexp, rlike
  case `true`

  /// The keyword of each lower-case word.
  static let all = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue.exact, $0) })
}
