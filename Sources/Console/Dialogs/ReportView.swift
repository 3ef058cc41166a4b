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
  private(set) var lastSearch = ""
  /// The lines that the filter lets through, in pieces that fit into the columns.
  private(set) var rows: [Row] = []
  /// What `rows` is the answer to; nil before there was one.
  private(set) var answered: Question?
  /// What is being found out.
  var asked: Question?

  /// What is asked about the lines, off the terminal's thread: a report may have very many.
  struct Question: Equatable, Sendable {
    /// Which report it is.
    let report: Int
    let columns: Int
    let filter: String
  }

  /// Which of the reports that were shown it is.
  let number: Int
  /// Whether lines stand for tables of Glue, which can be declared.
  let offersTables: Bool
  /// The lines of the tables that are marked.
  var marked: Set<Int> = []
  /// Whether a line near its beginning leads to another report.
  private(set) var leadsOn = false

  init(_ report: TextReport, job: String, number: Int, repairs: [Partition] = []) {
    self.report = report
    self.job = job
    self.number = number
    self.repairs = repairs
    offersTables = report.lines.contains { $0.glueTable != nil }
  }

  /// The same report when it is shown again: what was asked about it before may have been answered unseen.
  var again: ReportView {
    var view = self
    view.asked = nil
    return view
  }

  /// Shows only lines that contain the words of a text.
  mutating func setFilter(_ field: TextField) {
    if field.text.isEmpty { keepSearch() }
    filter = field
  }

  /// Keeps the words of the filter for moving from match to match.
  mutating func keepSearch() { if !filter.text.isEmpty { lastSearch = filter.text } }

  /// Shows rows; the cursor stays on its line, or goes to the next one that is shown.
  mutating func take(_ rows: [Row], for question: Question) {
    let selected = selectedLine ?? 0
    self.rows = rows
    answered = question
    list.index = min(rows.lowerBound { $0.line < selected }, max(0, rows.count - 1))
  }

  /// The lines of a report that have all words, in pieces that fit into the columns.
  static func rows(_ report: TextReport, _ question: Question) -> [Row] {
    let words = SearchWords(question.filter)
    return report.lines.indices.filter { words.isEmpty || words.match(report.lines[$0].text) }
      .flatMap { line in
        report.lines[line].wrapped(toColumns: question.columns).map { Row(piece: $0, line: line) }
      }
  }

  /// The lines that the filter lets through.
  private var shownLines: [TextReport.Line] {
    let words = SearchWords(filter.text)
    return report.lines.filter { words.isEmpty || words.match($0.text) }
  }

  /// The title and the lines that are shown, as a text.
  var shownText: String { TextReport(title: report.title, lines: shownLines).text() }

  /// The lines that are shown: how each is meant, and its cells.
  func table() -> ExportedTable {
    let lines = shownLines
    let count = lines.reduce(1) { max($0, $1.cells.count) }
    return ExportedTable(
      columns: ["Tone"] + (1...count).map { "Cell \($0)" },
      rows: lines.map { line in [.text(line.tone.rawValue)] + line.cells.map { .text($0) } })
  }

  /// The line of the report under the cursor.
  var selectedLine: Int? { rows.indices.contains(list.index) ? rows[list.index].line : nil }

  /// Moves the cursor by `offset` rows.
  mutating func move(by offset: Int, height: Int) {
    list.select(list.index + offset, count: rows.count, height: height)
  }

  /// The place of the next (1) or the previous (-1) line with the words of the last filter, around the end.
  ///
  /// - Returns: nil when there is none.
  func found(_ direction: Int) -> Int? {
    let words = SearchWords(lastSearch)
    guard !lastSearch.isEmpty, let line = selectedLine else { return nil }
    for step in 1...rows.count {
      let place = ((list.index + direction * step) % rows.count + rows.count) % rows.count
      let isFirst = place == 0 || rows[place - 1].line != rows[place].line
      let isElsewhere = rows[place].line != line || step == rows.count
      if isFirst, isElsewhere, words.match(report.lines[rows[place].line].text) { return place }
    }
    return nil
  }

  /// What the selected line leads to: a file of an input that it names, a partition of the job, or otherwise a run.
  func target(in page: JobPage) -> ReportRequest? {
    selectedLine.flatMap { target(ofLine: $0, in: page) }
  }

  private func target(ofLine line: Int, in page: JobPage) -> ReportRequest? {
    if let file = file(inLine: line, of: page) { return .uses(file: file) }
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
      guard let number = Int64(digits), page.history.contains(where: { $0.id.number == number })
      else { continue }
      return .run(RunID(number))
    }
    return nil
  }
}

/// The detail pane of a report: what the selected line leads to.
extension ReportView {
  /// The lines that are looked through for one that leads on.
  private static let lookedThrough = 200

  /// Looks for a line that leads to another report.
  mutating func findWhetherItLeadsOn(in page: JobPage) {
    leadsOn = report.lines.indices.prefix(Self.lookedThrough).contains {
      next(ofLine: $0, in: page) != nil
    }
  }

  /// What the pane shows of the selected line; nil without a line.
  func detail(in page: JobPage) -> RowDetail? {
    guard let line = selectedLine else { return nil }
    guard page.name == job, let (request, title) = next(ofLine: line, in: page) else {
      let hint = "Lines that name a partition, a run or a file have more to show."
      return RowDetail(known: TextReport(title: "", lines: [TextReport.Line(hint, .dim)]))
    }
    return RowDetail(known: TextReport(title: title), request: request, isReplaced: true)
  }

  /// The report that a line leads to, with its title; nil where that is this report itself.
  private func next(ofLine line: Int, in page: JobPage) -> (ReportRequest, String)? {
    guard let request = target(ofLine: line, in: page) else { return nil }
    let title =
      switch request {
      case .why(let partition): TextReport.whyTitle(of: partition, job: page.name)
      case .run(let run): TextReport.runTitle(of: run, job: page.name)
      default: request.title
      }
    return title.utf8.elementsEqual(report.title.utf8) ? nil : (request, title)
  }

  /// The file that the row of a table names beside its input, as a whole path; nil for another line.
  private func file(inLine line: Int, of page: JobPage) -> String? {
    let cells = report.lines[line].cells
    guard cells.count > 2, let path = cells.last, path.utf8.contains(UInt8(ascii: "/")),
      let input = page.status.job.inputs.first(where: { input in
        cells.dropLast().contains { $0.utf8.elementsEqual(input.name.utf8) }
      })
    else { return nil }
    return input.table.location.file(path.exact)
  }
}
