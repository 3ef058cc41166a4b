import Wording

/// A report on one subject, line by line: the command line prints it and the console shows it.
///
/// It also reads without colors: a tone never says anything that the words do not.
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

  /// The title and lines, each followed by a line end.
  ///
  /// - Parameter columns: Where to wrap lines; nil to not wrap them.
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
  /// The line in pieces of at most `columns` columns that keep its indentation.
  public func wrapped(toColumns columns: Int) -> [TextReport.Line] {
    guard text.columns > columns else { return [self] }
    let indent = text.prefix { $0 == " " }
    guard indent.count < columns / 2 else { return [self] }
    return String(text.dropFirst(indent.count)).wrapped(toColumns: columns - indent.count)
      .map { TextReport.Line(indent + $0, tone) }
  }
}
