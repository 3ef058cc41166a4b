public import IncrementalJoin
import PartitionPredicate

/// Reads from the ends of Parquet files between which times their rows lie.
///
/// Every group of rows says so for each of its columns; the layout is that of
/// https://parquet.apache.org/docs/file-format.
public struct ParquetTimes: FileTimeReader {
  /// How much of a file's end is read at once; most footers are smaller, and none is larger than `limit`.
  private static let usual = 16 << 10
  private static let limit = 64 << 20

  /// Creates a reader.
  public init() {}

  /// The times of the rows of a file; nil unless every group of rows has the least and the greatest, and no NULL.
  public func times(
    of file: DataFile, in table: TableDefinition, type: String, from files: any FileStore
  ) async -> FileTimes? {
    guard table.format == .parquet, let time = table.time,
      let kind = TimeKind(ColumnType(type), unit: time.unit),
      let metadata = await metadata(of: file, in: table.location, from: files)
    else { return nil }
    return FileTimes(metadata: metadata, column: time.column, kind)
  }

  private func metadata(
    of file: DataFile, in location: Location, from files: any FileStore
  ) async -> [UInt8]? {
    guard
      let first = try? await files.end(of: file, in: location, count: Self.usual),
      first.count >= 12, first.suffix(4).elementsEqual("PAR1".utf8)
    else { return nil }
    let length = first.suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= Self.limit, Int64(length) <= file.size - 12 else { return nil }
    if length + 8 <= first.count { return Array(first.suffix(length + 8).dropLast(8)) }
    guard
      let whole = try? await files.end(of: file, in: location, count: length + 8),
      whole.count == length + 8
    else { return nil }
    return Array(whole.dropLast(8))
  }
}

/// What the values of a time column are, by the type that it is read as.
enum TimeKind: Hashable {
  /// Instants in UTC.
  case instant
  /// What a clock shows.
  case local
  case date
  /// Whole numbers of something that takes so many microseconds.
  case count(Int64)

  init?(_ type: ColumnType, unit: EpochUnit?) {
    if type.integer != nil {
      guard let unit else { return nil }
      self = .count(unit.microseconds)
    } else if type == .scalar("TIMESTAMP WITH TIME ZONE") {
      self = .instant
    } else if type == .scalar("DATE") {
      self = .date
    } else if type.timestampDigits != nil {
      self = .local
    } else {
      return nil
    }
  }
}

extension FileTimes {
  /// Reads a file's metadata; nil unless it tells the times of all rows.
  init?(metadata: [UInt8], column name: String, _ kind: TimeKind) {
    var reader = ThriftReader(bytes: metadata)
    var element: ParquetElement?
    var groups: [ParquetGroup]?
    while groups == nil, let field = reader.field() {
      switch (field.id, field.type) {
      case (2, .list):
        guard let schema = reader.structures({ ParquetElement(&$0) }) else { return nil }
        element = ParquetElement.column(name, in: schema)
      case (4, .list):
        guard let found = element else { return nil }
        groups = reader.structures { ParquetGroup(&$0, column: found.name) }
        if groups == nil { return nil }
      default:
        guard reader.skip(field.type) else { return nil }
      }
    }
    guard let element, let groups, let unit = element.nanoseconds(of: kind) else { return nil }
    var range: ClosedRange<Int64>?
    for group in groups where group.rows > 0 {
      guard group.nulls == 0, let least = group.least.flatMap(element.integer),
        let greatest = group.greatest.flatMap(element.integer), least <= greatest,
        let from = Self.microseconds(least, of: unit, up: false),
        let to = Self.microseconds(greatest, of: unit, up: true)
      else { return nil }
      range = min(from, range?.lowerBound ?? from)...max(to, range?.upperBound ?? to)
    }
    guard let range else { return nil }
    let isInstant =
      switch kind {
      case .instant, .count: true
      case .local, .date: false
      }
    self.init(range: range, isInstant: isInstant)
  }

  /// A multiple of nanoseconds in microseconds, rounded; nil for an infinite time, and for one in a year beyond 10,000.
  private static func microseconds(_ number: Int64, of nanoseconds: Int64, up: Bool) -> Int64? {
    let (whole, rest) = (Int128(number) * Int128(nanoseconds))
      .quotientAndRemainder(dividingBy: 1_000)
    guard whole.magnitude < 300_000_000_000_000_000 else { return nil }
    return Int64(whole) + (up ? (rest > 0 ? 1 : 0) : (rest < 0 ? -1 : 0))
  }
}
