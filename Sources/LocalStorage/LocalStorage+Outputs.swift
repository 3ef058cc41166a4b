import CPOSIX
import Foundation
public import IncrementalJoin
public import PartitionPredicate

extension LocalStorage: OutputStore {
  /// Who holds the lock of an output at this moment; nil when nobody does.
  public func holder(of output: OutputDefinition) -> LockHolder? {
    OutputLock.holder(OutputLocations(output))
  }

  /// Whose an output is by the marker in its hidden folder; nil without a marker.
  ///
  /// - Throws: `PublishError.system` when there is one that cannot be read, `.damagedMarker` when it says nothing.
  public func owner(of output: OutputDefinition) throws(PublishError) -> OutputOwner? {
    let path = OutputLocations(output).owner
    do throws(SystemError) {
      _ = try FileSystem.facts(path, following: false)
    } catch let error where error.isAbsence || error.code == ENOTDIR {
      return nil
    } catch {
      throw error.cannot("read the marker", path)
    }
    let content: Data
    do {
      content = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .system(
        operation: "read the marker", path: path, reason: error.localizedDescription)
    }
    guard let owner = try? JSONDecoder().decode(OutputOwner.self, from: content) else {
      throw .damagedMarker(path: path)
    }
    return owner
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
  public func files(
    published partition: Partition, of output: OutputDefinition
  ) throws(PublishError) -> [DataFile] {
    try OutputLocations(output).files(published: partition)
  }

  /// The replaced versions of an output that are kept for undo, by run, newest first.
  ///
  /// Reads without the lock: what a writer removes meanwhile is left out.
  ///
  /// - Throws: `PublishError.system` when a folder cannot be read; that there is none is no error.
  public func kept(of output: OutputDefinition) throws(PublishError) -> [KeptRun] {
    try OutputLocations(output).keptRuns()
  }

  /// The files of a partition that a run replaced or removed and that are kept for undo; nil when it kept none.
  ///
  /// - Throws: `PublishError.system` when the folder cannot be read.
  public func keptFiles(
    of output: OutputDefinition, run: RunID, partition: Partition
  ) throws(PublishError) -> KeptFiles? {
    let places = OutputLocations(output)
    let files = try places.files(kept: run, partition: partition)
    return files.isEmpty
      ? nil : KeptFiles(location: Location("\(places.kept)/\(run)"), files: files)
  }

  /// The full paths of the data files that a run has staged for a partition, in order; empty without any.
  ///
  /// - Throws: `PublishError.system` when the folder cannot be read.
  public func stagedFiles(
    of output: OutputDefinition, run: RunID, partition: Partition
  ) throws(PublishError) -> [String] {
    let places = OutputLocations(output)
    return try places.files(staged: run, partition: partition)
      .map { "\(places.staging)/\(run)/\($0.path)" }
  }

  /// Takes the lock of an output and gives access to its staging area, for one writer.
  ///
  /// The hidden folder beside the location is created, with the folders above it; the location is not.
  ///
  /// - Throws: `PublishError`: `.locked` when somebody else holds the lock, `.linked` when the hidden folder is
  ///   a symbolic link, `.system` when the folder cannot be written or when the location is a file system of its own, into which nothing can be renamed.
  public func open(
    _ output: OutputDefinition, as holder: LockHolder
  ) throws(PublishError) -> any OutputLease {
    let places = OutputLocations(output)
    try checkFileSystem(places)
    try places.checkLinks()
    do throws(SystemError) {
      _ = try FileSystem.createFolders(places.hidden)
    } catch {
      throw error.cannot("create the folder", places.hidden)
    }
    let lock = try OutputLock(places, location: output.location, holder: holder)
    do throws(SystemError) {
      let exchanges = if let exchanges { exchanges } else { try canExchange(in: places.probe) }
      return LocalOutputLease(places: places, lock: lock, exchanges: exchanges)
    } catch {
      throw error.cannot("use the folder", places.hidden)
    }
  }

  /// Renaming stays within one file system, so the location may not be where one is mounted.
  private func checkFileSystem(_ places: OutputLocations) throws(PublishError) {
    let parent = FileSystem.parent(of: places.location)
    guard let inner = try? FileSystem.facts(places.location, following: true),
      let outer = try? FileSystem.facts(parent, following: true),
      inner.device != outer.device
    else { return }  // What does not exist yet is created in place.
    throw .system(
      operation: "publish to", path: places.location,
      reason: "it is on another file system than \(parent), where the staged files are "
        + "(use a folder inside it as `location:`)")
  }

  /// Tries on two new folders whether the file system exchanges them.
  private func canExchange(in folder: String) throws(SystemError) -> Bool {
    let (first, second) = ("\(folder)/first", "\(folder)/second")
    _ = try FileSystem.createFolders(first)
    _ = try FileSystem.createFolders(second)
    do throws(SystemError) {
      try FileSystem.exchange(first, second)
    } catch let error where error.code == ENOTSUP {
      try FileSystem.removeTree(folder)
      return false
    }
    try FileSystem.removeTree(folder)
    return true
  }
}
