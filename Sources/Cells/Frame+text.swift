import Wording

extension Frame {
  /// The frame as plain text: its rows joined by newlines, without trailing spaces.
  public var text: String {
    (0..<size.rows).map { rowText($0) }.joined(separator: "\n")
  }

  /// The styles of the frame, one line for each row that has any: `3: 0-9 bold, 12-14 red`.
  ///
  /// Columns count from zero and both ends are included. Plain cells are left out.
  public var styleRuns: String {
    (0..<size.rows).compactMap { row in
      let runs = runs(row).filter { $0.style != .plain }
      guard !runs.isEmpty else { return nil }
      let words = runs.map { run in
        let columns = run.columns
        return "\(columns.lowerBound)-\(columns.upperBound - 1) \(run.style)"
      }
      return "\(row): " + words.joined(separator: ", ")
    }.joined(separator: "\n")
  }

  private func rowText(_ row: Int) -> String {
    let text = self.row(row).map(\.text).joined()
    guard let last = text.lastIndex(where: { $0 != " " }) else { return "" }
    return String(text[...last])
  }

  /// Adjacent cells with the same style.
  struct Run {
    var columns: Range<Int>
    var style: Style
    var text: String
  }

  /// A row as runs of a single style each.
  func runs(_ row: Int) -> [Run] {
    var runs: [Run] = []
    for (column, cell) in self.row(row).enumerated() {
      if let last = runs.last, last.style == cell.style {
        runs[runs.count - 1].columns = last.columns.lowerBound..<column + 1
        runs[runs.count - 1].text += cell.text
      } else {
        runs.append(Run(columns: column..<column + 1, style: cell.style, text: cell.text))
      }
    }
    return runs
  }
}
