import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

/// A report that covers the whole screen: a list of lines with a cursor, a filter and a search.
struct ReportView: Sendable {
  /// A piece of a line that fits the width.
  struct Row: Sendable {
    let piece: TextReport.Line
    /// The line of the report that it belongs to.
    let line: Int
  }

  let report: TextReport
  /// The job that the report is about.
  let job: String
  /// Partitions that a rerun would put right; empty when there is nothing to repair.
  let repairs: [Partition]
  var list = ListState()
  private(set) var filter = TextField()
  /// Whether the filter is being typed.
  var isTyping = false
  /// What the last key could not do.
  var message: String?
  /// The last filter, for moving from match to match.
  private var lastSearch = ""
  /// The lines that pass the filter, in pieces that fit into `width` columns.
  private(set) var rows: [Row] = []
  private var width = 0

  init(_ report: TextReport, job: String, repairs: [Partition] = []) {
    self.report = report
    self.job = job
    self.repairs = repairs
  }

  /// Wraps the lines, once per width.
  mutating func lay(outTo columns: Int) {
    guard width != columns else { return }
    width = columns
    fill()
  }

  /// Shows only lines that contain the words of a text.
  mutating func setFilter(_ field: TextField) {
    if field.text.isEmpty { keepSearch() }
    let selected = selectedLine
    filter = field
    fill()
    list.index = rows.firstIndex { $0.line >= selected ?? 0 } ?? 0
  }

  /// Keeps the words of the filter for moving from match to match.
  mutating func keepSearch() { if !filter.text.isEmpty { lastSearch = filter.text } }

  private mutating func fill() {
    let words = SearchWords(filter.text)
    rows = report.lines.indices.filter { words.isEmpty || words.match(report.lines[$0].text) }
      .flatMap { line in
        report.lines[line].wrapped(toColumns: width).map { Row(piece: $0, line: line) }
      }
  }

  /// The line of the report under the cursor.
  var selectedLine: Int? { rows.indices.contains(list.index) ? rows[list.index].line : nil }

  /// Moves the cursor by `offset` rows.
  mutating func move(by offset: Int, height: Int) {
    list.select(list.index + offset, count: rows.count, height: height)
  }

  /// Goes to the next (1) or previous (-1) line with the words of the last filter, wrapping at the end.
  ///
  /// - Returns: Whether there is one.
  mutating func search(_ direction: Int, height: Int) -> Bool {
    let words = SearchWords(lastSearch)
    guard !lastSearch.isEmpty, let line = selectedLine else { return false }
    for step in 1...rows.count {
      let place = ((list.index + direction * step) % rows.count + rows.count) % rows.count
      let isFirst = place == 0 || rows[place - 1].line != rows[place].line
      let isElsewhere = rows[place].line != line || step == rows.count
      if isFirst, isElsewhere, words.match(report.lines[rows[place].line].text) {
        list.select(place, count: rows.count, height: height)
        return true
      }
    }
    return false
  }

  /// What the selected line leads to: a partition of the job, or otherwise a run.
  func target(in page: JobPage) -> ReportRequest? {
    guard let line = selectedLine else { return nil }
    let words = report.lines[line].text.split(separator: " ").map { word in
      String(word.drop { "(\"'".contains($0) }.prefix { !",;:)\"'".contains($0) })
    }
    let keys = page.status.job.output.keys
    for word in words where word.contains("=") {
      guard let partition = try? Partition(path: ExactText(word), keys: keys),
        page.index(of: partition) != nil
      else { continue }
      return .why(partition)
    }
    for (word, next) in zip(words, words.dropFirst()) where ["run", "Run"].contains(word) {
      let digits = next.prefix { $0.isASCII && $0.isNumber }
      guard let number = Int64(digits), page.status.runs.contains(where: { $0.id.number == number })
      else { continue }
      return .run(RunID(number))
    }
    return nil
  }
}
