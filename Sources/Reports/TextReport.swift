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

    /// Where the line stands in a table; nil for a sentence.
    let place: TablePlace?

    /// The bar at the end of the text; nil if there is none.
    public let bar: Bar?

    /// The table of the Glue Data Catalog that the line stands for and Dovetail reads; nil for every other line.
    public let glueTable: String?

    /// Creates a row of a table, from cells without control characters.
    init(
      _ text: String, _ tone: Tone, cells: [String], bar: Bar? = nil, place: TablePlace? = nil,
      glueTable: String? = nil
    ) {
      self.place = place
      self.glueTable = glueTable
      self.text = bar?.text(columns: Bar.columns, full: "#", empty: ".") ?? text
      self.tone = tone
      self.cells = cells
      self.bar = bar
    }
  }

  /// A bar on an axis, after a label.
  public struct Bar: Hashable, Sendable {
    /// The columns of the axis, unless there is less room.
    static let columns = 24

    /// The text before the bar.
    let label: String
    /// The part of the axis from 0 to 1 that the bar covers.
    let span: ClosedRange<Double>

    /// The label and the bar; a bar that covers anything is at least one column long.
    ///
    /// - Parameters:
    ///   - columns: The columns of the axis.
    ///   - full: The character of the bar.
    ///   - empty: The character of the rest of the axis.
    /// - Returns: The line.
    func text(columns: Int, full: String, empty: String) -> String {
      func place(_ share: Double) -> Int { Int((share * Double(columns)).rounded()) }
      let isNothing = span.lowerBound == span.upperBound
      let start = isNothing ? columns : max(0, min(columns - 1, place(span.lowerBound)))
      let end = isNothing ? columns : min(columns, max(start + 1, place(span.upperBound)))
      return label + "  " + String(repeating: empty, count: max(0, start))
        + String(repeating: full, count: max(0, end - start))
        + String(repeating: empty, count: max(0, columns - end))
    }

    /// The label and the bar in at most so many columns, in the characters of a screen.
    public func text(within columns: Int, full: String, empty: String) -> String {
      text(
        columns: max(1, min(Self.columns, columns - label.columns - 2)), full: full, empty: empty)
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
  /// The line in pieces of at most `columns` columns that keep its indentation; the row of a table keeps its columns.
  ///
  /// Empty for a heading where the cells below it do not fit side by side.
  public func wrapped(toColumns columns: Int) -> [TextReport.Line] {
    if let place { return place.pieces(of: self, columns: columns) }
    guard bar == nil, cells.count < 2, text.columns > columns else { return [self] }
    let indent = text.prefix { $0 == " " }
    guard indent.count < columns / 2 else { return [self] }
    return String(text.dropFirst(indent.count)).wrapped(toColumns: columns - indent.count)
      .map { TextReport.Line(indent + $0, tone) }
  }
}
