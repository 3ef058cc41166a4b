import Cells
import IncrementalJoin
import Operations
import Reports

/// What the detail pane shows of a list's selected row.
struct RowDetail: Sendable {
  /// What the console already knows; its title is the title of the pane.
  let known: TextReport
  /// What is read in addition; nil if everything is known.
  var request: ReportRequest?
  /// Whether the answer replaces what is known, instead of following it.
  var isReplaced = false

  /// Why a known partition of a job is or is not pending; until the account is read, in one sentence.
  static func why(_ index: Int, of page: JobPage) -> RowDetail {
    let partition = page.known[index].partition
    let status = page.status(index)
    return RowDetail(
      known: TextReport(
        title: TextReport.whyTitle(of: partition, job: page.name),
        lines: [TextReport.Line(status.prefix(1).uppercased() + status.dropFirst() + ".")]),
      request: .why(partition), isReplaced: true)
  }
}

/// The lines of the detail pane: those of one report, or of two, one below the other.
///
/// Copies nothing, since an account may have very many lines.
struct DetailText {
  let title: String
  private let first: [TextReport.Line]
  private let second: [TextReport.Line]

  init(title: String, _ first: [TextReport.Line], _ second: [TextReport.Line] = []) {
    self.title = title
    self.first = first
    self.second = second
  }

  /// The number of lines before wrapping.
  var count: Int { first.count + second.count }

  /// Wraps a line to a number of columns; the row of a table keeps its columns.
  func pieces(_ index: Int, columns: Int) -> [TextReport.Line] {
    let line = index < first.count ? first[index] : second[index - first.count]
    guard line.text.utf8.count > Self.longest else { return line.wrapped(toColumns: columns) }
    let start = String.UnicodeScalarView(line.text.unicodeScalars.prefix(Self.longest))
    return TextReport.Line(String(start), line.tone).wrapped(toColumns: columns)
  }

  /// The bytes from which on the end of a line would not be visible in any pane.
  private static let longest = 10_000

  /// The first line from which on all lines fit into the rows of the pane.
  func last(columns: Int, rows: Int) -> Int {
    var room = rows
    var first = count
    while first > 0 {
      room -= pieces(first - 1, columns: columns).count
      guard room >= 0 else { break }
      first -= 1
    }
    return min(first, max(0, count - 1))
  }
}

extension Rect {
  /// Cuts off the pane on the right, with a blank column before it; nil if the pane has no columns.
  mutating func cutDetail(_ columns: Int) -> Rect? {
    guard columns > 0 else { return nil }
    let pane = cutRight(columns)
    _ = cutRight(1)
    return pane
  }
}
