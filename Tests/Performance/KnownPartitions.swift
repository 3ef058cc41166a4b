import PartitionPredicate

/// The made partitions of a table: 50 regions, days and hours, in the order of a listing.
struct KnownPartitions {
  /// Which partitions are to be loaded.
  enum Choice: CaseIterable {
    case newestDays
    case runOfEachRegion
    case random
  }

  static let keys = [
    PartitionKey(name: "region", type: .string), PartitionKey(name: "day", type: .date),
    PartitionKey(name: "hour", type: .int),
  ]
  private static let regions = 50
  private static let hours = 24
  /// 2022-01-01.
  private static let firstDay = 18_993

  let partitions: [Partition]
  /// A row is the index of a partition.
  let table: PartitionTable
  /// The place of each partition in the order of time.
  private let places: [Int]
  /// The rows of each region, by day and hour.
  private let rows: [Range<Int>]

  /// Makes partitions, of which the last day may have some of its hours only.
  init(count: Int) {
    var partitions: [Partition] = []
    var places: [Int] = []
    var rows: [Range<Int>] = []
    for region in 0..<Self.regions {
      let name = "region-\(region < 10 ? "0" : "")\(region)"
      let start = partitions.count
      for day in 0...count / (Self.regions * Self.hours) {
        for hour in 0..<Self.hours {
          let place = (day * Self.regions + region) * Self.hours + hour
          guard place < count else { break }
          places.append(place)
          partitions.append(
            Partition(
              keys: Self.keys,
              values: [
                .string(name), .date(days: Self.firstDay + day), .integer(Int64(hour)),
              ]))
        }
      }
      rows.append(start..<partitions.count)
    }
    self.partitions = partitions
    self.places = places
    self.rows = rows
    table = PartitionTable(partitions, keys: Self.keys)
  }

  /// Chooses rows, in ascending order, the same ones every time.
  func choose(_ count: Int, _ choice: Choice) -> [Int] {
    var numbers = SplitMix()
    switch choice {
    case .newestDays:
      return places.indices.filter { places[$0] >= places.count - count }
    case .random:
      return places.indices.shuffled(using: &numbers).prefix(count).sorted()
    case .runOfEachRegion:
      return rows.enumerated().flatMap { region, rows in
        let share = count * (region + 1) / Self.regions - count * region / Self.regions
        let length = min(share, rows.count)
        let days = (rows.count - length) / Self.hours
        let start = rows.lowerBound + Int.random(in: 0...days, using: &numbers) * Self.hours
        return start..<start + length
      }
    }
  }

  /// The partitions of rows.
  func partitions(at rows: [Int]) -> [Partition] { rows.map { partitions[$0] } }
}

/// Random numbers that are the same every time: those of SplitMix64.
private struct SplitMix: RandomNumberGenerator {
  private var state: UInt64 = 1

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
