/// The number of a run, unique in a workspace and rising: a newer run has a greater one.
///
/// A run's staging area and the versions that it replaced are named by it too.
public struct RunID: Hashable, Sendable {
  /// 1 for the first run of a workspace; 0 stands for the time before it.
  public let number: Int64

  /// Takes a number from a ledger, a folder or a command line.
  public init(_ number: some BinaryInteger) { self.number = Int64(number) }

  /// No run has a greater number: the end of an open interval.
  public static let max = RunID(Int64.max)

  /// The previous number, so that `through: run.previous` is the state before a run.
  public var previous: RunID { RunID(number - 1) }
}

extension RunID: Strideable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// Whether a run began before another one.
  public static func < (left: RunID, right: RunID) -> Bool { left.number < right.number }

  /// How many numbers a run is after this one; negative before it.
  public func distance(to other: RunID) -> Int { Int(other.number - number) }

  /// The number that is so far after this one.
  public func advanced(by distance: Int) -> RunID { RunID(number + Int64(distance)) }

  /// Takes a literal.
  public init(integerLiteral number: Int64) { self.number = number }

  /// The number.
  public var description: String { "\(number)" }
}

extension RunID: Codable {
  /// Reads a number.
  public init(from decoder: any Decoder) throws {
    number = try decoder.singleValueContainer().decode(Int64.self)
  }

  /// Writes the number alone.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(number)
  }
}
