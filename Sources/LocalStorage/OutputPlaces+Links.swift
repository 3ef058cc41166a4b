import CSystem
import IncrementalJoin
import PartitionPredicate

extension OutputPlaces {
  /// Refuses to write through symbolic links: the hidden folder, and what is made in it, must be folders.
  func checkLinks() throws(PublishError) {
    for path in [hidden, staging, kept, probe] { try Self.check(path) }
  }

  /// Refuses a partition that is reached through a symbolic link inside the output.
  ///
  /// The location itself may be one, or lie behind one: that is where the output was put.
  func checkLinks(to partition: Partition) throws(PublishError) {
    var path = location
    for folder in partition.path.parts(separatedBy: "/") {
      path = FileSystem.joined(path, folder.text)
      try Self.check(path)
    }
  }

  private static func check(_ path: String) throws(PublishError) {
    var isLink = false
    do throws(SystemError) {
      isLink = try FileSystem.facts(path, following: false).kind == .link
    } catch let error where error.isAbsence {
      return
    } catch {
      throw error.cannot("look up the folder", path)
    }
    if isLink { throw .linked(path: path) }
  }
}
