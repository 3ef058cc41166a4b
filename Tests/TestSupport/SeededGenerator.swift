import Foundation

/// Random numbers that a seed repeats.
///
/// The numbers are those of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
/// Generators, 2014).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  /// The seed that repeats these numbers, for the messages of expectations.
  public let seed: UInt64
  private var state: UInt64

  /// Starts the numbers of a seed, and prints the seed with the test that makes the generator.
  public init(
    seed: UInt64 = SeededGenerator.chooseSeed(), file: String = #fileID,
    function: String = #function
  ) {
    self.seed = seed
    state = seed
    print("\(file), \(function): seed \(seed)")
  }

  /// A seed for one test: the number in the environment's `SEED`, which repeats a failure.
  ///
  /// Without such a number it is `other`, which is random unless a test says otherwise.
  public static func chooseSeed(
    otherwise other: UInt64 = .random(in: 0...UInt64.max)
  ) -> UInt64 {
    ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) } ?? other
  }

  /// The next number, of all 64-bit numbers.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
