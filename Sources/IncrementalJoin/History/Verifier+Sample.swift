public import PartitionPredicate

extension Verifier {
  /// Picks partitions at random, each equally likely, in the order of the partitions.
  ///
  /// The same seed picks the same ones from the same partitions, whatever order they are given in.
  ///
  /// - Parameters:
  ///   - count: How many; all of them when there are fewer.
  ///   - partitions: The partitions to pick from.
  ///   - seed: The seed, to be reported so that the choice can be repeated.
  /// - Returns: The picked ones, each one once.
  public static func sample(_ count: Int, of partitions: [Partition], seed: UInt64) -> [Partition] {
    var rest = Set(partitions).sorted()
    var generator = SplitMix64(state: seed)
    let wanted = max(0, min(count, rest.count))
    for index in 0..<wanted {
      rest.swapAt(index, index + generator.next(below: rest.count - index))
    }
    return rest[..<wanted].sorted()
  }
}

/// The numbers of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
private struct SplitMix64 {
  var state: UInt64

  /// The next number from 0 up to a limit.
  mutating func next(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return Int(mixed.multipliedFullWidth(by: UInt64(limit)).high)
  }
}
