import PartitionPredicate
import Reports
import Wording

/// A report over the whole screen.
struct ReportView: Sendable {
  let report: TextReport
  /// The job that it is about.
  let job: String
  /// Partitions that a rerun puts right; none when there is nothing to repair.
  let repairs: [Partition]
  /// The first line that is drawn.
  var top = 0
  /// The report's lines in pieces that fit into `width` columns.
  private(set) var lines: [TextReport.Line] = []
  private var width = 0

  init(_ report: TextReport, job: String, repairs: [Partition] = []) {
    self.report = report
    self.job = job
    self.repairs = repairs
  }

  /// Wraps the lines, once a width.
  mutating func lay(outTo columns: Int) {
    guard width != columns else { return }
    width = columns
    lines = report.lines.flatMap { $0.wrapped(toColumns: columns) }
  }

  /// Scrolls by lines, so that the last page stays full.
  mutating func scroll(by rows: Int, height: Int) {
    top = max(0, min(top + rows, lines.count - height))
  }
}
