import ArgumentParser
import Foundation
import IncrementalJoin
import Workspace

/// What the process tells its caller.
struct ExitStatus: Error, Hashable {
  let code: Int32

  /// Done, or nothing to do.
  static let done = ExitStatus(code: 0)
  static let failed = ExitStatus(code: 1)
  /// Wrong usage, or a wrong definition in `dovetail.yaml`.
  static let definition = ExitStatus(code: 2)
  /// Some partitions failed, are held because they would be emptied, or had data left out, while others were committed.
  static let partial = ExitStatus(code: 3)
  /// Refused before anything ran: lock, plan out of date, inputs that vanished.
  static let refused = ExitStatus(code: 4)
  static let interrupted = ExitStatus(code: 130)

  /// Nothing needed to be done; the operator chose the status that says so.
  static func nothing(_ code: Int32) -> ExitStatus { ExitStatus(code: code) }

  /// Whether the command did what it was asked to do.
  var isSuccess: Bool {
    ![Self.failed, .definition, .partial, .refused, .interrupted].contains(self)
  }
}

/// Why a command, or the work on one job, did not end well.
struct Failure: Error {
  let status: ExitStatus
  /// The error that was thrown.
  let cause: any Error
  /// The run that it ended, if one was recorded.
  var run: RunID?
  /// How the parser of the arguments ends the process; nil for what did not come from it.
  private let parsers: ExitCode?
  /// Whether it was already written to standard error.
  private var isSaid = false

  /// Whether it is help, a version or a completion script, which the parser throws as well.
  var isAnswer: Bool { parsers == .success }

  /// Determines the status of the process from an error.
  init(_ error: any Error, run: RunID? = nil) {
    if let failure = error as? Failure {
      self = failure
      return
    }
    parsers = ExitCode.ofParser(error)
    status = ExitStatus(of: error, isParsers: parsers != nil)
    cause = error
    self.run = run
  }

  /// The sentence for people; nil when the answer already says what is wrong.
  var message: String? {
    switch cause {
    case is ExitStatus: nil
    case is CancellationError: "Interrupted; what is not committed stays pending."
    case EngineError.definition(let reason): reason
    case is CleanExit, is ValidationError, is ExitCode: Dovetail.message(for: cause)
    default: parsers == nil ? "\(cause)" : explained(Dovetail.message(for: cause))
    }
  }

  /// Writes what went wrong to standard error, once.
  mutating func say() {
    guard !isSaid else { return }
    isSaid = true
    guard parsers == nil else {
      return StandardError.write(explained(Dovetail.fullMessage(for: cause)))
    }
    guard let message else { return }
    // Each mistake begins with its file and line, so that editors find the place.
    if case WorkspaceError.invalid = cause {
      StandardError.write(message)
    } else {
      StandardError.write("dovetail: \(message)")
    }
  }

  private func explained(_ message: String) -> String {
    CommandWords.explained(message, of: Array(CommandLine.arguments.dropFirst()))
  }

  /// The JSON of it; nil when the answer already says what is wrong.
  var row: FailureJSON? { message.map { FailureJSON(status: status.code, message: $0) } }
}

extension ExitStatus {
  /// The status of an error.
  fileprivate init(of error: any Error, isParsers: Bool) {
    switch error {
    case let status as ExitStatus: self = status
    case let error as any CategorizedError:
      self =
        switch error.category {
        case .usage: .definition
        case .refused: .refused
        case .failed: .failed
        }
    case is CancellationError: self = .interrupted
    default: self = isParsers ? .definition : .failed
    }
  }
}

extension ExitCode {
  /// How the parser ends the process for an error of its own; nil for any other error.
  ///
  /// The parser knows its errors only by composing the help of all commands, which takes longer than most commands do.
  fileprivate static func ofParser(_ error: any Error) -> ExitCode? {
    switch error {
    case is any CategorizedError, is ExitStatus, is CancellationError: return nil
    case let code as ExitCode: return code
    default:
      let code = Dovetail.exitCode(for: error)
      return code == .failure ? nil : code
    }
  }
}

/// The error when an operator did not agree, or when a command itself refuses.
struct Refusal: CategorizedError, CustomStringConvertible {
  var category: ErrorCategory { .refused }
  let description: String

  init(_ description: String) { self.description = description }
}
