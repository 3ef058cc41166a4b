/// The values of a string key by what remains of them when case, blanks and leading zeros go: finds the
/// known value that a literal is nearly.
struct KnownSpellings {
  private let column: PartitionTable.Column
  private let counts: [Int]
  private var codesByText: [ExactText: Int] = [:]
  private var codesByNumber: [Int: Int] = [:]

  /// Indexes a column, in time that grows with its distinct values and its rows.
  init(_ column: PartitionTable.Column) {
    self.column = column
    var counts = [Int](repeating: 0, count: column.values.count)
    for code in column.codes { counts[Int(code)] += 1 }
    self.counts = counts
    for (code, value) in column.values.enumerated().reversed() {
      guard case .string(let text) = value else { continue }
      codesByText[Self.bare(text)] = code
      if let number = Int(text) { codesByNumber[number] = code }
    }
  }

  /// The known value that a literal is nearly; nil when the literal is known, or like none.
  func nearMiss(of literal: String, key: PartitionKey) -> PredicateFinding.Kind? {
    let code = codesByText[Self.bare(literal)] ?? Int(literal).flatMap { codesByNumber[$0] }
    let value = PartitionValue.string(literal)
    guard let code, column.code(of: value) == nil else { return nil }
    return .spelling(
      key: key.name, literal: value.literalText, known: column.values[code].literalText,
      partitions: counts[code])
  }

  private static func bare(_ text: String) -> ExactText {
    ExactText(String(text.unicodeScalars.filter { !$0.properties.isWhitespace })).lowercased
  }
}
