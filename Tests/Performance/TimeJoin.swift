/// A join of trades with quotes by time.
enum TimeJoin: String, CaseIterable {
  case asof
  case within

  /// What it is called in the results.
  var title: String {
    switch self {
    case .asof:
      "`asof`: each trade (`left`) with the last quote of its symbol, at most 15 minutes old"
    case .within:
      "`within`: each trade with every quote of its symbol at most a minute away (`inner`)"
    }
  }

  /// What a job says of it.
  var definition: String {
    switch self {
    case .asof: "{ type: left, on: [symbol], asof: { direction: backward, tolerance: 15m } }"
    case .within: "{ type: inner, on: [symbol], within: { before: 1m, after: 1m } }"
    }
  }

  /// The hours of quotes that an hour of trades meets, counted from it.
  var halo: ClosedRange<Int> {
    switch self {
    case .asof: -1...0
    case .within: -1...1
    }
  }

  /// The scripts that it is compared with, over what is touched.
  var scripts: [HandWrittenTimeJoin] {
    switch self {
    case .asof: [.distinctOn, .tiesFirst, .anyTie]
    case .within: [.range]
    }
  }

  /// The script over the whole history; nil where none is measured.
  var full: HandWrittenTimeJoin? { self == .asof ? .tiesFirst : nil }

  /// The most that a run may take, as a multiple of the fastest script that has the same result.
  var goal: Double {
    switch self {
    case .asof: 1.1
    case .within: 0.5
    }
  }
}

/// Which partitions new files touch.
enum TouchedHours: String, CaseIterable {
  case inARow
  case scattered

  static let count = 24

  var title: String {
    switch self {
    case .inARow: "\(Self.count) in a row"
    case .scattered: "\(Self.count) scattered"
    }
  }

  /// The numbers of these hours among all.
  func chosen(of count: Int) -> [Int] {
    switch self {
    case .inARow: Array((count - Self.count) / 2..<(count + Self.count) / 2)
    case .scattered: (0..<Self.count).map { $0 * count / Self.count }
    }
  }
}
