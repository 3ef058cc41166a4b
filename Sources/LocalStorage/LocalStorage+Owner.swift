import CSystem
import Foundation
public import IncrementalJoin

extension LocalStorage {
  /// Whose an output is by the marker in its hidden folder; nil without a marker.
  ///
  /// - Throws: `PublishError.system` when there is one that cannot be read.
  public func owner(of output: OutputDefinition) throws(PublishError) -> OutputOwner? {
    let path = OutputPlaces(output).owner
    do throws(SystemError) {
      _ = try FileSystem.facts(path, following: false)
    } catch let error where error.isAbsence || error.code == ENOTDIR {
      return nil
    } catch {
      throw error.cannot("read the marker", path)
    }
    guard let content = FileManager.default.contents(atPath: path),
      let owner = try? JSONDecoder().decode(OutputOwner.self, from: content)
    else {
      throw .system(
        operation: "read the marker", path: path,
        reason: "it does not say whose the output is (removed, it is written anew)")
    }
    return owner
  }

  /// An output's location without symbolic links.
  public func resolved(_ output: OutputDefinition) -> Location {
    Location(OutputPlaces(output).location)
  }

  /// Whether there is a folder of this path, and it is another one than the second.
  public func isOtherFolder(_ path: String, than other: String) -> Bool {
    guard let first = try? FileSystem.facts(path, following: true), first.kind == .folder,
      let second = try? FileSystem.facts(other, following: true)
    else { return false }
    return (first.device, first.inode) != (second.device, second.inode)
  }

  /// The published data files of a partition.
  ///
  /// - Throws: `PublishError.system` when the folder cannot be read.
  public func publishedFiles(
    of output: OutputDefinition, partition: Partition
  ) throws(PublishError) -> [DataFile] {
    try OutputPlaces(output).files(published: partition)
  }
}

extension LocalOutputStore {
  func claim(_ owner: OutputOwner) throws(PublishError) {
    try checkLock()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      try encoder.encode(owner).write(
        to: URL(fileURLWithPath: places.owner), options: .atomic)
    } catch {
      throw .system(
        operation: "write the marker", path: places.owner, reason: error.localizedDescription)
    }
    do throws(SystemError) {
      try FileSystem.sync(places.owner)
    } catch {
      throw error.cannot("write to disk the marker", places.owner)
    }
    unsynced.insert(places.hidden)
  }
}
