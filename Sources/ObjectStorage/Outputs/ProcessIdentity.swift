import Foundation
import PartitionPredicate

/// A process, so that others on its machine can tell whether it has ended.
struct ProcessIdentity: Hashable, Sendable, Codable {
  /// Of the machine's start.
  let boot: ExactText
  /// In which the process number counts: containers have their own.
  let namespace: ExactText
  let process: Int32
  /// In ticks since the machine's start.
  let started: ExactText

  /// This process; nil on a system that does not tell.
  static let current: ProcessIdentity? = {
    let process = ProcessInfo.processInfo.processIdentifier
    guard
      let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8),
      let namespace = try? FileManager.default.destinationOfSymbolicLink(
        atPath: "/proc/self/ns/pid"),
      let started = start(of: process)
    else { return nil }
    return ProcessIdentity(
      boot: ExactText(boot.trimmingCharacters(in: .newlines)), namespace: namespace.exact,
      process: process, started: started)
  }()

  /// Whether the process ran on this machine and has surely ended.
  var hasEnded: Bool {
    guard let here = Self.current, boot == here.boot, namespace == here.namespace else {
      return false
    }
    if kill(process, 0) != 0 { return errno == ESRCH }
    // Another process may have got its number.
    return Self.start(of: process).map { $0 != started } ?? false
  }

  private static func start(of process: Int32) -> ExactText? {
    guard let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8).exact,
      let name = line.range(ofLast: ")")
    else { return nil }
    // The second field, a name in parentheses, may hold anything; the start is the 22nd.
    let fields = ExactText(line.text[name.upperBound...]).parts(separatedBy: " ")
    return fields.count > 19 ? fields[19] : nil
  }
}
