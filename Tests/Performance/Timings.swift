import Foundation

/// The times of the rows of a table.
struct Timings<Row: Hashable> {
  private var seconds: [Row: [Double]] = [:]

  /// What takes this many seconds altogether is not repeated again.
  private static var budget: Double { 60 }

  mutating func add(_ time: Duration, to row: Row) {
    seconds[row, default: []].append(time / .seconds(1))
  }

  /// Whether a row has been measured for so long that it need not be repeated.
  func isSpent(_ row: Row) -> Bool { (seconds[row] ?? []).reduce(0, +) >= Self.budget }

  /// In seconds.
  func median(_ row: Row) -> Double { (seconds[row] ?? []).median }

  /// The cells of a line: median, range and number of repetitions, of times multiplied by `scale`.
  func cells(_ row: Row, scale: Double = 1) -> String {
    let times = (seconds[row] ?? []).map { $0 * scale }
    let range = "\(Self.text(times.min() ?? 0)) to \(Self.text(times.max() ?? 0))"
    return "\(Self.text(times.median)) | \(range) | \(times.count)"
  }

  private static func text(_ seconds: Double) -> String {
    switch seconds {
    case ..<0.1: String(format: "%.1f ms", seconds * 1000)
    case ..<1: String(format: "%.0f ms", seconds * 1000)
    case ..<100: String(format: "%.2f s", seconds)
    default: String(format: "%.0f s", seconds)
    }
  }
}
