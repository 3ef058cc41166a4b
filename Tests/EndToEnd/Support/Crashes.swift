import Foundation

/// How many times tests kill processes: few in CI, many in `make soak`.
enum Crashes {
  /// How often rounds of a test are repeated, so that a suite comes to the number of kills in the environment's
  /// `CRASHES`.
  ///
  /// - Parameters:
  ///   - usual: The rounds without that number.
  ///   - kills: The kills of the whole suite without it.
  /// - Returns: At least the usual rounds.
  static func rounds(_ usual: Int, of kills: Int) -> Int {
    let wanted = ProcessInfo.processInfo.environment["CRASHES"].flatMap { Int($0) } ?? 0
    return usual * max(1, (wanted + kills - 1) / kills)
  }
}
