public import Foundation
import PartitionPredicate

/// The environment variables of a process, as the tools of AWS read them.
public struct AWSEnvironment: Sendable {
  let variables: [String: String]  // characters: names are ASCII

  /// Takes variables: those of this process, or others in a test.
  ///
  /// - Parameter variables: `HOME` is where `~/.aws` is looked for.
  public init(
    // characters: names are ASCII
    _ variables: [String: String] = ProcessInfo.processInfo.environment
  ) {
    self.variables = variables
  }

  /// The value of a variable; nil where it is not set or empty.
  subscript(name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Whether a variable says `true`.
  func isTrue(_ name: String) -> Bool { self[name]?.exact.lowercased == "true" }

  /// A path whose `~` is the home folder.
  func path(_ text: String) -> String {
    guard text.exact.begins(with: "~/") else { return text }
    return (self["HOME"] ?? NSHomeDirectory()) + text.dropFirst()
  }
}

extension AWSEnvironment: CustomStringConvertible, CustomReflectable {
  /// Nothing of the values, which may be secret.
  public var description: String { "\(variables.count) variables" }

  /// What a dump shows.
  public var customMirror: Mirror { Mirror(self, children: ["count": variables.count]) }
}
