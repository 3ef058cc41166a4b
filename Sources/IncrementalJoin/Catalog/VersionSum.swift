import PartitionPredicate

/// The sum of the names in a set of partition versions.
///
/// A sum has no order and can be subtracted, so the name of every range of many partitions follows from the sums up to
/// its ends. It does not defend against forged hashes, but neither do the files' own names.
struct VersionSum: Hashable, Sendable {
  /// Of `PartitionVersion.id`.
  var id = HashSum()
  /// Of `PartitionVersion.identity`.
  var identity = HashSum()
  /// Of `PartitionVersion.stamps`.
  var stamps = HashSum()

  init() {}

  /// The sum of one member.
  init(_ member: PartitionVersion.Member) {
    func hash(_ name: String) -> HashSum { HashSum(hashing: "\(member.path)\0\(name)\0") }
    id = hash(member.version.id)
    let isPlain = member.version.identity == member.version.stamps
    stamps = hash(member.version.stamps)
    identity = isPlain ? stamps : hash(member.version.identity)
  }

  static func += (sum: inout VersionSum, other: VersionSum) {
    sum.id &+= other.id
    sum.identity &+= other.identity
    sum.stamps &+= other.stamps
  }

  static func - (sum: VersionSum, other: VersionSum) -> VersionSum {
    var difference = sum
    difference.id &-= other.id
    difference.identity &-= other.identity
    difference.stamps &-= other.stamps
    return difference
  }
}

/// A sum of SHA-256 digests modulo 2 to the power of 256.
struct HashSum: Hashable, Sendable {
  /// The higher half and the lower one.
  private var high: UInt128 = 0
  private var low: UInt128 = 0

  /// Zero.
  init() {}

  /// The digest of one text.
  init(hashing text: String) {
    let digits = SHA256.hash(text).utf8
    func half(_ digits: some Sequence<UInt8>) -> UInt128 {
      digits.reduce(0) { $0 << 4 | UInt128($1 < UInt8(ascii: "a") ? $1 - 48 : $1 - 87) }
    }
    high = half(digits.prefix(32))
    low = half(digits.dropFirst(32))
  }

  static func &+= (sum: inout HashSum, other: HashSum) {
    let (low, carries) = sum.low.addingReportingOverflow(other.low)
    sum.low = low
    sum.high = sum.high &+ other.high &+ (carries ? 1 : 0)
  }

  static func &-= (sum: inout HashSum, other: HashSum) {
    let (low, borrows) = sum.low.subtractingReportingOverflow(other.low)
    sum.low = low
    sum.high = sum.high &- other.high &- (borrows ? 1 : 0)
  }

  /// 64 hexadecimal digits.
  var text: String {
    [high, low].map { half in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 32 - digits.count) + digits
    }.joined()
  }
}
