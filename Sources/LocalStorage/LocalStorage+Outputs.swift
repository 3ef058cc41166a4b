import CSystem
import Foundation
public import IncrementalJoin
public import PartitionPredicate

extension LocalStorage {
  /// Who holds the lock of an output at this moment; nil when nobody does.
  public func holder(of output: OutputDefinition) -> LockHolder? {
    OutputLock.holder(OutputPlaces(output))
  }

  /// Whether anything but hidden names and folders lies below an output's location.
  ///
  /// A folder that cannot be read counts as data: nobody may write over what nobody could see.
  public func hasData(_ output: OutputDefinition) -> Bool {
    hasData(OutputPlaces(output).location, keys: output.keys.map(\.name))
  }

  private func hasData(_ path: String, keys: [String]) -> Bool {
    do throws(SystemError) {
      let folder = try FolderStream(path)
      while let entry = try folder.next() {
        if isHidden(entry.name, keys: keys) { continue }
        guard entry.isText else { return true }
        let kind = try folder.facts(of: entry.name, following: false).kind
        if kind != .folder || hasData("\(path)/\(entry.name)", keys: keys) { return true }
      }
      return false
    } catch {
      return !error.isAbsence
    }
  }

  /// The replaced versions of an output that are kept for undo, by run, newest first.
  ///
  /// Reads without the lock: what a writer removes meanwhile is left out.
  ///
  /// - Throws: `PublishError.system` when a folder cannot be read; that there is none is no error.
  public func kept(of output: OutputDefinition) throws(PublishError) -> [KeptRun] {
    try OutputPlaces(output).keptRuns()
  }

  /// The full paths of the data files that a run has staged for a partition, in order; empty without any.
  ///
  /// - Throws: `PublishError.system` when the folder cannot be read.
  public func stagedFiles(
    of output: OutputDefinition, run: RunID, partition: Partition
  ) throws(PublishError) -> [String] {
    let places = OutputPlaces(output)
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
  ) throws(PublishError) -> any OutputStore {
    let places = OutputPlaces(output)
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
      return LocalOutputStore(places: places, lock: lock, exchanges: exchanges)
    } catch {
      throw error.cannot("use the folder", places.hidden)
    }
  }

  /// Renaming stays within one file system, so the location may not be where one is mounted.
  private func checkFileSystem(_ places: OutputPlaces) throws(PublishError) {
    let parent = FileSystem.parent(of: places.location)
    guard let inner = try? FileSystem.facts(places.location, following: true),
      let outer = try? FileSystem.facts(parent, following: true),
      inner.device != outer.device
    else { return }  // What does not exist yet is created in place.
    throw .system(
      operation: "publish to", path: places.location,
      reason: "it is on another file system than \(parent), where the staged files lie "
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
