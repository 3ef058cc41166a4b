import Foundation

/// One measurement: how much data there is, how much of it is new, and the goal.
struct Case {
  /// Days of the history; beside it another one is measured that has twice as many.
  var days = 30
  /// Partitions a day.
  var hours = 24
  /// Rows an hour in each of the two tables.
  var rows = 10_000
  /// Partitions that a new file touches; by default one in six.
  var touched: Int?
  /// The memory that the job and the scripts may take, such as `1GB`; nil for what is there.
  var memory: String?
  /// The most that a run may take, as a multiple of the faster script by hand; nil without a goal.
  var goal: Double?
  /// Whether nothing to do, and twice the untouched history, are measured, too.
  var isWhole = false

  /// What `make bench` measures: many partitions and few, tiny ones and one that is large.
  static let all = [
    Case(touched: 120, goal: 0.9, isWhole: true),
    Case(touched: 720, goal: 0.9),
    Case(touched: 24, goal: 1.0),
    Case(days: 210, rows: 20, touched: 5_000, goal: 2.0),
    Case(days: 1, hours: 1, rows: 30_000_000, touched: 1, memory: "1GB", goal: 1.2),
  ]

  /// All partitions of the history.
  var partitions: Int { days * hours }
  /// Partitions that a new file touches.
  var touchedCount: Int { touched ?? max(1, partitions / 6) }

  /// The sizes in words.
  var title: String {
    """
    \(touchedCount.formatted()) of \(partitions.formatted()) partitions of \(rows.formatted()) rows in each \
    table\(memory.map { ", with \($0) of memory" } ?? "")
    """
  }
}
