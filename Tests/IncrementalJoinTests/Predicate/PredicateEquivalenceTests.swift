import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("Plain and compact predicates select exactly the given partitions")
struct PredicateEquivalenceTests {
  @Test("for every subset of two keys with three values each, NULL included, also as text")
  func exhaustiveSmall() throws {
    let domain = grid([.null, .integer(1), .integer(2)], [.null, .integer(1), .integer(2)])
    var mistakes: [Int] = []
    for bits in 0..<(1 << domain.count) {
      let chosen = domain.indices.filter { bits >> $0 & 1 == 1 }.map { domain[$0] }
      if !(try agrees(chosen, over: domain, readingText: true)) { mistakes.append(bits) }
    }
    #expect(mistakes.isEmpty)
  }

  static let four: [PartitionValue] = [.null, .integer(1), .integer(2), .integer(3)]
  static let two: [PartitionValue] = [.integer(2), .integer(3)]

  @Test(
    "for every subset of values that make runs, also over values that nobody has",
    arguments: [(four, two), (two, four)])
  func exhaustiveRuns(_ months: [PartitionValue], _ days: [PartitionValue]) throws {
    let chosenFrom = grid(months, days)
    let values: [PartitionValue] = [.null] + (0...4).map { .integer($0) }
    let domain = grid(values, values)
    var mistakes: [Int] = []
    for bits in 0..<(1 << chosenFrom.count) {
      let chosen = chosenFrom.indices.filter { bits >> $0 & 1 == 1 }.map { chosenFrom[$0] }
      if !(try agrees(chosen, over: domain)) { mistakes.append(bits) }
    }
    #expect(mistakes.isEmpty)
  }

  @Test("for random subsets of three keys of several types")
  func random() throws {
    var random = SeededGenerator()
    let keys = [
      PartitionKey(name: "year", type: .int), PartitionKey(name: "day", type: .date),
      PartitionKey(name: "site", type: .string),
    ]
    let years: [PartitionValue] = [.null] + (0..<6).map { .integer($0) }
    let days: [PartitionValue] = [.null] + (-2..<6).map { .date(days: $0) }
    let sites: [PartitionValue] = [.null, .string(""), .string("a"), .string("a'b")]
    var domain: [Partition] = []
    for year in years {
      for day in days {
        for site in sites { domain.append(Partition(keys: keys, values: [year, day, site])) }
      }
    }
    for _ in 0..<12 {
      let density = Double.random(in: 0...1, using: &random)
      let chosen = domain.filter { _ in Double.random(in: 0..<1, using: &random) < density }
        .shuffled(using: &random)
      #expect(try agrees(chosen, over: domain), "seed \(random.seed)")
    }
  }

  @Test("a random text reads back as the same selection")
  func randomText() throws {
    var random = SeededGenerator()
    let values: [PartitionValue] = [.null] + (1...7).map { .integer($0) }
    let domain = grid(values, values)
    for _ in 0..<30 {
      let density = Double.random(in: 0...1, using: &random)
      let chosen = domain.filter { _ in Double.random(in: 0..<1, using: &random) < density }
      #expect(try agrees(chosen, over: domain, readingText: true), "seed \(random.seed)")
    }
  }

  private func grid(_ months: [PartitionValue], _ days: [PartitionValue]) -> [Partition] {
    months.flatMap { month in
      days.map { Partition(keys: FlightsAndWeather.keys, values: [month, $0]) }
    }
  }

  /// Whether membership, plain, compact and, when asked, their texts agree on the whole domain.
  private func agrees(
    _ chosen: [Partition], over domain: [Partition], readingText: Bool = false
  ) throws -> Bool {
    let members = Set(chosen)
    let plain = Predicate.plain(chosen)
    let compact = Predicate.compact(chosen)
    let readers =
      readingText
      ? [PredicateReader(plain.text(.plain)), PredicateReader(compact.text(.compact))] : []
    return try domain.allSatisfy { partition in
      let isMember = members.contains(partition)
      return try plain.selects(partition) == isMember && compact.selects(partition) == isMember
        && readers.allSatisfy { try $0.selects(partition) == isMember }
    }
  }
}
