import CPOSIX
import Foundation
import IncrementalJoin

/// Tells which files a listing saw so shortly after their last write that another write could leave the same
/// times: those are not final, as entries of git's index are "racily clean".
///
/// The grain of a file system's clock shows in the times themselves. Where they have fractions of a second,
/// the kernel stamps with its last tick, at most 10 ms ago (CONFIG_HZ of 100). Where they are whole seconds
/// (ext4 with inodes of 128 bytes, HFS+, some servers of NFS; two seconds on FAT), the grain is up to two
/// seconds. A file whose time happens to be a whole second is only looked at once more than it had to be.
struct FileClock {
  /// Twice the longest tick.
  static let fineGrain = Duration.milliseconds(20)
  /// The two seconds of FAT, and one for the clock of a server that is not quite ours.
  static let coarseGrain = Duration.seconds(3)
  /// When the listing began.
  let listedAt: Date
  /// The clock, asked for the rare file that may have been written since.
  let now: () -> Date

  /// Whether a later write would leave other times than these.
  func isFinal(_ facts: SystemFacts) -> Bool {
    !mayComeAgain(facts.changed) && !mayComeAgain(facts.modified)
  }

  /// Whether a file that is written after it was listed may get this time, in nanoseconds since 1970.
  private func mayComeAgain(_ time: Int64) -> Bool {
    let grain = time.isMultiple(of: 1_000_000_000) ? Self.coarseGrain : Self.fineGrain
    let seconds = Double(time) / 1e9
    return seconds > listedAt.timeIntervalSince1970 - grain / .seconds(1)
      // What is dated far ahead gets another time by any write.
      && seconds < now().timeIntervalSince1970 + DataFile.clockTolerance / .seconds(1)
  }
}
