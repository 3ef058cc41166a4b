import CPOSIX
import Foundation
import IncrementalJoin

/// A program of the operator's that uses the terminal: the editor or the pager.
struct OutsideProgram {
  /// What it is to people, such as `editor`.
  let noun: String
  /// A command of `/bin/sh`, which may have arguments, such as `code --wait`.
  let command: String
  /// The folder that it starts in.
  let folder: String

  /// What `$VISUAL` or `$EDITOR` names; `vi` where they name nothing.
  static func editor(in folder: String) -> OutsideProgram {
    OutsideProgram(
      noun: "editor", command: variable("VISUAL") ?? variable("EDITOR") ?? "vi", folder: folder)
  }

  /// What `$PAGER` names; `less` where it names nothing.
  static func pager(in folder: String) -> OutsideProgram {
    OutsideProgram(noun: "pager", command: variable("PAGER") ?? "less", folder: folder)
  }

  private static func variable(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { value in
      value.utf8.allSatisfy { $0 == UInt8(ascii: " ") } ? nil : value
    }
  }

  /// Starts the program and waits for its end; the terminal has to be lent to it.
  ///
  /// - Parameters:
  ///   - file: A path that follows the command's own arguments; nil for none.
  ///   - input: Bytes for its standard input; nil for the terminal.
  /// - Throws: `ProgramError` when it could not be started or did not end with status 0.
  func run(file: String? = nil, input: String? = nil) throws(ProgramError) {
    var descriptor = STDIN_FILENO
    if let input {
      var text = input
      try check(text.withUTF8 { system_memory_file($0.baseAddress, $0.count, &descriptor) })
    }
    defer { if descriptor != STDIN_FILENO { system_close(descriptor) } }
    var process: Int32 = 0
    let arguments = ["/bin/sh", "-c", "\(command) \"$@\"", command] + (file.map { [$0] } ?? [])
    let variables = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }
    try check(
      arguments.withCStrings { arguments in
        variables.withCStrings { variables in
          system_start_beside(arguments, variables, folder, descriptor, &process)
        }
      })
    var status: Int32 = 0
    var signal: Int32 = 0
    try check(system_await(process, &status, &signal))
    if signal != 0 { throw ProgramError("\(sentenceBegin) was ended by signal \(signal)") }
    guard status == 0 else {
      // What a shell says of a command that it does not find.
      let hint = status == 127 ? "; is it installed?" : ""
      throw ProgramError("\(sentenceBegin) ended with status \(status)\(hint)")
    }
  }

  private var sentenceBegin: String {
    "The \(noun) (\(command.printable))"
  }

  private func check(_ code: Int32) throws(ProgramError) {
    if code != 0 {
      throw ProgramError("\(sentenceBegin) cannot be started: \(String(cString: strerror(code)))")
    }
  }
}

/// Why a program of the operator's did not do its work, without a full stop.
struct ProgramError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

extension [String] {
  /// Lends the texts as C has them, with NULL at the end.
  func withCStrings<Result>(
    _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    let copies = map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies.map { $0.map { UnsafePointer($0) } } + [nil])
  }
}
