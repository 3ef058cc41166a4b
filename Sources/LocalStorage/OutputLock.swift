import CPOSIX
import Foundation
import IncrementalJoin
import Synchronization

/// The kernel's lock on an output's lock file: it ends with its holder, however that ends, and a
/// stopped holder keeps it.
final class OutputLock: Sendable {
  private let descriptor: Mutex<Int32?>
  private let path: String

  /// Takes the lock and writes down who holds it.
  ///
  /// - Throws: `PublishError.locked` when it is held.
  init(_ places: OutputLocations, location: Location, holder: LockHolder) throws(PublishError) {
    path = places.lock
    descriptor = Mutex(try Self.acquire(places, location: location))
    do throws(SystemError) {
      try write(JSONEncoder().encode(holder))
    } catch {
      release()
      throw error.cannot("write the lock file", places.lock)
    }
  }

  deinit { release() }

  /// Whether the lock was not given up yet, and nobody removed its file: then another writer may
  /// hold a new one.
  var isHeld: Bool {
    descriptor.withLock { descriptor in
      guard let descriptor else { return false }
      return (try? Self.isCurrent(descriptor, at: path)) ?? false
    }
  }

  /// Gives up the lock.
  ///
  /// Repeating it does nothing.
  func release() {
    descriptor.withLock { descriptor in
      guard let open = descriptor else { return }
      // Else a reader could take this holder for the next one, which has not written itself down yet.
      _ = system_replace_content(open, nil, 0)
      // A process that is being started holds copies of all descriptors until it runs its program.
      system_unlock(open)
      system_close(open)
      descriptor = nil
    }
  }

  /// Who holds the lock at this moment; nil when nobody does.
  static func holder(_ places: OutputLocations) -> LockHolder? {
    var descriptor: Int32 = -1
    guard system_open_lock(places.lock, false, &descriptor) == 0 else { return nil }
    defer { system_close(descriptor) }
    // A holder writes itself down right after it took the lock: worth a moment's patience.
    for _ in 0..<100 {
      guard system_lock(descriptor, false) == EWOULDBLOCK else { return nil }
      if let content = FileManager.default.contents(atPath: places.lock),
        let holder = try? JSONDecoder().decode(LockHolder.self, from: content)
      {
        return holder
      }
      usleep(1000)
    }
    return LockHolder(
      user: "an unknown user", host: ProcessInfo.processInfo.hostName, process: 0,
      workspace: "unknown", since: Date())
  }

  private func write(_ text: @autoclosure () throws -> Data) throws(SystemError) {
    guard let text = try? text() else { throw SystemError(code: EINVAL) }
    let code = descriptor.withLock { descriptor in
      text.withUnsafeBytes { bytes in
        system_replace_content(descriptor ?? -1, bytes.baseAddress, bytes.count)
      }
    }
    try FileSystem.check(code)
  }

  private static func acquire(
    _ places: OutputLocations, location: Location
  ) throws(PublishError) -> Int32 {
    while true {
      var descriptor: Int32 = -1
      do throws(SystemError) {
        try FileSystem.check(system_open_lock(places.lock, true, &descriptor))
      } catch {
        throw error.cannot("open the lock file", places.lock)
      }
      do throws(SystemError) {
        try lock(descriptor)
        if try isCurrent(descriptor, at: places.lock) { return descriptor }
        system_close(descriptor)
      } catch {
        system_close(descriptor)
        guard error.code == EWOULDBLOCK else {
          throw error.cannot("lock", places.lock)
        }
        throw .locked(location: location, by: holder(places))
      }
    }
  }

  /// Takes the exclusive lock.
  ///
  /// A reader that only looks who holds it, with a shared lock for a moment, is no holder.
  private static func lock(_ descriptor: Int32) throws(SystemError) {
    while true {
      let code = system_lock(descriptor, true)
      guard code == EWOULDBLOCK else { return try FileSystem.check(code) }
      try FileSystem.check(system_lock(descriptor, false))
      sched_yield()
    }
  }

  /// Whether an open lock file still has its name: else somebody removed it, and another writer could
  /// lock a new one.
  static func isCurrent(_ descriptor: Int32, at path: String) throws(SystemError) -> Bool {
    var locked = SystemFacts()
    try FileSystem.check(system_facts_of(descriptor, &locked))
    do throws(SystemError) {
      let named = try FileSystem.facts(path, following: true)
      return (named.device, named.inode) == (locked.device, locked.inode)
    } catch let error where error.isAbsence {
      return false
    }
  }
}
