/// What a calendar knows about one partition, or about several that share a cell.
public struct CalendarCell: Hashable, Sendable {
  /// The most urgent status among them.
  public var status: PartitionStatus
  /// How many partitions there are.
  public private(set) var partitions = 1
  /// The size of their files in bytes; for an output, of what is published.
  public private(set) var bytes: Int64
  /// The published rows; nil where they were not counted, as for an input.
  public private(set) var rows: Int64?
  /// The longest time, in seconds, that an input came or is missing after the first one; nil where none has landed.
  public private(set) var lag: Double?
  /// Whether the input with that time has not come yet.
  public private(set) var isInputMissing: Bool
  /// The rows that met and the rows that could have; see `matchRate`.
  private var matched: Int64
  private var matchable: Int64

  /// Creates the cell of one partition.
  public init(
    status: PartitionStatus, bytes: Int64 = 0, rows: Int64? = nil, lag: Double? = nil,
    isInputMissing: Bool = false, matched: Int64 = 0, of matchable: Int64 = 0
  ) {
    self.status = status
    self.bytes = bytes
    self.rows = rows
    self.lag = lag
    self.isInputMissing = isInputMissing
    self.matched = matched
    self.matchable = matchable
  }

  /// The share, from 0 to 1, of the first input's rows that met a row of another input, over all pairs of inputs; nil
  /// where nothing was counted.
  public var matchRate: Double? {
    matchable == 0 ? nil : Double(matched) / Double(matchable)
  }

  /// Adds another partition to this cell.
  public mutating func add(_ other: CalendarCell) {
    if other.status.urgency > status.urgency { status = other.status }
    partitions += other.partitions
    bytes += other.bytes
    if let rows = other.rows { self.rows = (self.rows ?? 0) + rows }
    if let lag = other.lag, lag > self.lag ?? -1 {
      self.lag = lag
      isInputMissing = other.isInputMissing
    }
    matched += other.matched
    matchable += other.matchable
  }
}

/// What the colors of a calendar show.
public enum CalendarMeasure: String, CaseIterable, Hashable, Sendable {
  case status, bytes, rows
  case lag = "delay"
  case matchRate = "match rate"

  /// The value of a cell; nil where it has none, and for the status.
  public func value(of cell: CalendarCell) -> Double? {
    switch self {
    case .status: nil
    case .bytes: cell.bytes == 0 ? nil : Double(cell.bytes)
    case .rows: cell.rows == 0 ? nil : cell.rows.map(Double.init)
    case .lag: cell.lag
    case .matchRate: cell.matchRate
    }
  }
}

/// Sorts the values of a measure into five steps, so that a map needs five shades.
///
/// Each step holds as nearly as possible the same number of cells, except that those of the match rate are fixed: 50 %,
/// 80 %, 95 % and all.
public struct HeatScale: Hashable, Sendable {
  /// The number of steps.
  public static let steps = 5
  /// What the colors show.
  public let measure: CalendarMeasure
  /// Where the second to fifth steps begin, in ascending order; fewer where values are equal.
  public let bounds: [Double]
  /// The smallest and largest value; nil when there are none.
  public let range: ClosedRange<Double>?
  /// The statuses of the cells of which nothing is published and that therefore have no value.
  public let unpublished: Set<PartitionStatus>
  /// Whether other cells have no value, such as adopted ones, whose rows nobody has counted.
  public let hasUnknown: Bool

  /// Makes a scale for cells, in time n log n.
  public init(_ measure: CalendarMeasure, of cells: some Sequence<CalendarCell>) {
    self.measure = measure
    var values: [Double] = []
    var unpublished: Set<PartitionStatus> = []
    var hasUnknown = false
    for cell in cells {
      if let value = measure.value(of: cell) {
        values.append(value)
      } else if cell.bytes == 0 {
        unpublished.insert(cell.status)
      } else {
        hasUnknown = true
      }
    }
    values.sort()
    (self.unpublished, self.hasUnknown) = (unpublished, hasUnknown)
    range = values.first.flatMap { first in values.last.map { first...$0 } }
    if measure == .matchRate {
      bounds = [0.5, 0.8, 0.95, 1]
    } else {
      var bounds: [Double] = []
      for step in 1..<Self.steps where !values.isEmpty {
        let bound = values[values.count * step / Self.steps]
        if bound > bounds.last ?? values[0] { bounds.append(bound) }
      }
      self.bounds = bounds
    }
  }

  /// The step of a cell, counted from 0; nil where it has no value.
  public func step(of cell: CalendarCell) -> Int? {
    measure.value(of: cell).map { value in bounds.count { $0 <= value } }
  }
}

extension HeatScale {
  /// What the cells are of which nothing is published: `not built`, or `empty` where they were all built.
  public var unpublishedText: String { unpublished == [.empty] ? "empty" : "not built" }
}
