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
      if self.byte(at: start + 1).map(Self.isDigit) ?? false { return try number() }
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

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
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
}
