import Foundation

/// A folder of the user's own for Dovetail, as XDG's "Base Directory" specification names it.
enum UserFolder {
  /// What the user writes: settings.
  case configuration
  /// What a program keeps from one time to the next.
  case state

  /// Its path; a relative one in the environment counts as none.
  func path(
    _ environment: [String: String] = ProcessInfo.processInfo.environment  // characters: ASCII
  ) -> String {
    let (variable, usual) =
      switch self {
      case .configuration: ("XDG_CONFIG_HOME", ".config")
      case .state: ("XDG_STATE_HOME", ".local/state")
      }
    let folder = environment[variable].flatMap { $0.utf8.first == UInt8(ascii: "/") ? $0 : nil }
    return "\(folder ?? "\(environment["HOME"] ?? NSHomeDirectory())/\(usual)")/dovetail"
  }
}
