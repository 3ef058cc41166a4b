import Reports

/// A table that is saved as a file: made off the terminal's thread.
public struct Export: Hashable, Sendable {
  /// How the table is written.
  public enum Format: String, CaseIterable, Hashable, Sendable {
    /// Comma-separated values under a heading.
    case csv
    /// An array of objects, one a row; their keys are the columns.
    case json
  }

  /// What the table is of, in letters, digits and hyphens.
  public let name: String
  /// How it is written.
  public let format: Format
  private let number: Int
  private let body: @Sendable () -> ExportedTable

  init(
    _ number: Int, of title: String, as format: Format,
    _ body: @escaping @Sendable () -> ExportedTable
  ) {
    name = title.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
      .joined(separator: "-")
    self.format = format
    self.number = number
    self.body = body
  }

  /// Makes the table.
  public func table() -> ExportedTable { body() }

  /// Compares by number: each export of a model has its own.
  public static func == (left: Export, right: Export) -> Bool { left.number == right.number }

  /// Hashes the number.
  public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

/// The rows of a list or the lines of a report, as they are shown at the moment.
public struct ExportedTable: Equatable, Sendable, Encodable {
  /// What stands in a column of a row.
  public enum Cell: Equatable, Sendable, Encodable {
    case text(String)
    case number(Int64)

    /// The cell without quotes.
    public var text: String {
      switch self {
      case .text(let text): text
      case .number(let number): "\(number)"
      }
    }

    /// Writes a text or a number.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .number(let number): try container.encode(number)
      }
    }
  }

  /// The titles of the columns, with the unit where it is not in the cells.
  public let columns: [String]
  /// The cells, by column; a row may have fewer.
  public let rows: [[Cell]]

  /// Writes an array of objects.
  public func encode(to encoder: any Encoder) throws {
    var array = encoder.unkeyedContainer()
    for row in rows {
      var object = array.nestedContainer(keyedBy: ColumnKey.self)
      for (column, cell) in zip(columns, row) {
        try object.encode(cell, forKey: ColumnKey(stringValue: column))
      }
    }
  }

  private struct ColumnKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }

    init?(intValue: Int) { nil }
  }
}

extension Model {
  /// Asks how the list, or the report that lies over it, is saved.
  mutating func chooseExport(of report: ReportView? = nil) {
    guard report != nil || checkFilter() else { return }
    let details: [Export.Format: String] = [
      .csv: "comma-separated values under a heading", .json: "an array of objects, one a row",
    ]
    dialog = .choice(
      Choice(
        title: report == nil ? "Save the list as" : "Save the report as",
        items: Export.Format.allCases.map {
          Choice.Item(
            label: $0.rawValue.uppercased(), detail: details[$0] ?? "", action: .export($0))
        }, report: report))
  }

  /// Saves the rows that the list shows, in its order.
  mutating func exportList(as format: Export.Format) -> [Effect] {
    guard let page, let source = component.rowSource(self), checkFilter() else { return [] }
    let shown = shownRows
    computations += 1
    return [
      .export(
        Export(computations, of: "\(page.name) \(screen.title)", as: format) {
          source.table(shown ?? source.candidates())
        })
    ]
  }

  /// Saves the lines that a report shows.
  mutating func export(_ view: ReportView, as format: Export.Format) -> [Effect] {
    computations += 1
    return [
      .export(Export(computations, of: view.report.title, as: format) { view.table() })
    ]
  }
}

extension RowSource {
  /// Rows with all columns that the list can be sorted by; the first one is the name.
  func table(_ rows: [Int]) -> ExportedTable {
    let isNumbered = columns.first.map { $0.title == "Partition" } ?? false
    return ExportedTable(
      columns: columns.map { column in column.title + (column.unit.map { " (\($0))" } ?? "") },
      rows: rows.map { row in
        columns.enumerated().map { index, column in
          if index == 0, isNumbered { return .text(name(row)) }
          switch column.key(row) {
          case .number(let number): return .number(number)
          case .text(let text): return .text(text)
          }
        }
      })
  }
}
