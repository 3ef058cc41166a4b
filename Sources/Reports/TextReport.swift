import Wording

/// What is said about one thing, line by line: the command line prints it, and the console shows it.
///
/// It reads without colors too: a tone never says what the words do not.
public struct TextReport: Equatable, Sendable {
  /// How a line is meant.
  public enum Tone: String, Hashable, Sendable, CaseIterable {
    case plain
    case strong
    case good
    case warning
    case bad
    case dim
  }

  /// One line: a sentence of any length, or a row of a table.
  public struct Line: Hashable, Sendable {
    /// The text, without control characters.
    public let text: String
    /// How it is meant.
    public let tone: Tone

    /// The cells of a row of a table; the whole text of a sentence, without its indentation.
    public let cells: [String]

    /// Creates a line.
    public init(_ text: String = "", _ tone: Tone = .plain) {
      let text = text.sanitized
      self.init(text, tone, cells: [String(text.drop { $0 == " " })])
    }

    /// Creates a row of a table, from cells without control characters.
    init(_ text: String, _ tone: Tone, cells: [String]) {
      self.text = text
      self.tone = tone
      self.cells = cells
    }
  }

  /// What the report is about, in a few words.
  public let title: String
  /// In their order; an empty one separates parts.
  public private(set) var lines: [Line]

  /// Creates a report.
  public init(title: String, lines: [Line] = []) {
    self.title = title.sanitized
    self.lines = lines
  }

  /// Title and lines, with a line end after each.
  ///
  /// - Parameter columns: Where lines are wrapped; nil for nowhere.
  /// - Returns: The text.
  public func text(wrappedTo columns: Int? = nil) -> String {
    let all = [Line(title, .strong)] + lines
    let texts = columns.map { columns in all.flatMap { $0.wrapped(toColumns: columns) } }
    return (texts ?? all).map { "\($0.text)\n" }.joined()
  }

  /// Adds a line.
  mutating func add(_ text: String = "", _ tone: Tone = .plain) { lines.append(Line(text, tone)) }

  /// Adds lines.
  mutating func add(_ more: [Line]) { lines += more }
}

extension TextReport.Line {
  /// The line in pieces of at most so many columns, which keep its indentation.
  public func wrapped(toColumns columns: Int) -> [TextReport.Line] {
    guard text.columns > columns else { return [self] }
    let indent = text.prefix { $0 == " " }
    guard indent.count < columns / 2 else { return [self] }
    return String(text.dropFirst(indent.count)).wrapped(toColumns: columns - indent.count)
      .map { TextReport.Line(indent + $0, tone) }
  }
}
