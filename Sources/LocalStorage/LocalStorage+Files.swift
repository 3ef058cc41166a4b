import CPOSIX
import Foundation
public import IncrementalJoin
import PartitionPredicate

extension LocalStorage: FileStore {
  /// Shows a visitor what lies below a folder, a level at a time; symbolic links are followed where it asks for it.
  ///
  /// A folder that was unmounted, moved or replaced meanwhile cannot be listed: what seemed to vanish was not deleted.
  public func list<Visitor: FolderVisitor>(
    _ location: Location, _ visitor: inout Visitor
  ) throws(FileStoreError) {
    let path = location.description
    let walk = FolderWalk(clock: FileClock(listedAt: clock(), now: clock))
    let (before, after): (SystemFacts, SystemFacts)
    do throws(SystemError) {
      before = try FileSystem.facts(path, following: true)
      try walk.read(path, in: SystemWorkingFolder, at: "", &visitor)
      after = try FileSystem.facts(path, following: true)
    } catch {
      throw FileStoreError(error)
    }
    guard (after.device, after.inode) == (before.device, before.inode) else {
      throw .unreadable(reason: "the folder was replaced while it was listed")
    }
  }

  /// The location without symbolic links, `.` and `..`, as far as it exists.
  public func resolved(_ location: Location) -> Location {
    Location(FileSystem.resolved(location.description))
  }
}

/// The walk over a folder and those in it that a visitor wants to enter.
private struct FolderWalk {
  let clock: FileClock

  /// Reads a folder whose path is relative to one that is open; the paths of its entries begin with the prefix.
  func read<Visitor: FolderVisitor>(
    _ path: String, in parent: Int32, at prefix: String, _ visitor: inout Visitor
  ) throws(SystemError) {
    let folder = try FolderStream(path, in: parent)
    let descriptor = folder.descriptor
    while let name = try folder.next() {
      let entry = FolderEntry(
        path: "\(prefix)\(name.name)", isText: name.isText, kind: FolderEntry.Kind(name.kind))
      let isWanted = visitor.visit(entry) { () throws(FileStoreError) in
        do throws(SystemError) {
          return try target(of: name.name, in: descriptor, path: entry.path)
        } catch {
          throw FileStoreError(error)
        }
      }
      guard isWanted else { continue }
      do throws(SystemError) {
        try read(name.name, in: descriptor, at: "\(entry.path)/", &visitor)
      } catch let error where error.isAbsence {
        continue
      } catch {
        visitor.fail(entry.path, FileStoreError(error))
      }
    }
  }

  /// What an entry leads to.
  ///
  /// - Throws: ENOENT when the entry itself vanished.
  private func target(
    of name: String, in folder: Int32, path: ExactText
  ) throws(SystemError) -> FolderEntry.Target {
    let facts: SystemFacts
    do throws(SystemError) {
      facts = try FileSystem.facts(name, in: folder, following: true)
    } catch let error where error.isAbsence {
      _ = try FileSystem.facts(name, in: folder, following: false)
      return .missing
    }
    switch facts.kind {
    case .file: return .file(DataFile(path: path, facts: facts, isFinal: clock.isFinal(facts)))
    case .folder: return .folder
    case .link, .other: return .other
    }
  }
}

extension FolderEntry.Kind {
  fileprivate init(_ kind: SystemKind) {
    self =
      switch kind {
      case .file: .file
      case .folder: .folder
      case .link, .other: .other
      }
  }
}

extension FileStoreError {
  fileprivate init(_ error: SystemError) {
    self =
      switch error.code {
      case ENOENT: .absent
      case ENOTDIR: .notAFolder
      case _ where error.isRefusal: .notPermitted
      default: .unreadable(reason: error.reason)
      }
  }
}
