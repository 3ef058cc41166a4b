import Foundation

/// Acts without the rights of the superuser, which no permission stops.
///
/// The tests' other threads keep their rights: on Linux the user of file access belongs to the thread.
enum OrdinaryUser {
  /// Whether the rights cannot be laid down, so that nothing can be refused.
  static var isImpossible: Bool { geteuid() == 0 && setUser == nil }

  static func act(_ body: () throws -> Void) rethrows {
    guard geteuid() == 0, let setUser else { return try body() }
    _ = setUser(65_534)
    defer { _ = setUser(0) }
    return try body()
  }

  /// Acts so while it does not wait for another thread.
  static func act(_ body: () async throws -> Void) async rethrows {
    guard geteuid() == 0, let setUser else { return try await body() }
    _ = setUser(65_534)
    defer { _ = setUser(0) }
    return try await body()
  }

  /// Linux's `setfsuid`, which Glibc's module does not show.
  private static var setUser: (@convention(c) (UInt32) -> Int32)? {
    guard let symbol = dlsym(dlopen(nil, RTLD_NOW), "setfsuid") else { return nil }
    return unsafeBitCast(symbol, to: (@convention(c) (UInt32) -> Int32).self)
  }
}
