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
  /// Whether it was already written to standard error.
  private var isSaid = false

  /// Determines the status of the process from an error.
  init(_ error: any Error, run: RunID? = nil) {
    if let failure = error as? Failure {
      self = failure
      return
    }
    status = ExitStatus(of: error)
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
    default:
      isParsers
        ? CommandWords.explained(
          Dovetail.message(for: cause), of: Array(CommandLine.arguments.dropFirst()))
        : "\(cause)"
    }
  }

  /// Writes what went wrong to standard error, once.
  mutating func say() {
    guard !isSaid, let message else { return }
    isSaid = true
    switch cause {
    // Each mistake begins with its file and line, so that editors find the place.
    case WorkspaceError.invalid: StandardError.write(message)
    default:
      StandardError.write(
        isParsers
          ? CommandWords.explained(
            Dovetail.fullMessage(for: cause), of: Array(CommandLine.arguments.dropFirst()))
          : "dovetail: \(message)")
    }
  }

  /// The JSON of it; nil when the answer already says what is wrong.
  var row: FailureJSON? { message.map { FailureJSON(status: status.code, message: $0) } }

  /// Whether it is a mistake in the arguments, which the parser shows with the usage.
  private var isParsers: Bool { ExitStatus.isParsers(cause) }
}

extension ExitStatus {
  /// The status of an error.
  fileprivate init(of error: any Error) {
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
    default: self = Self.isParsers(error) ? .definition : .failed
    }
  }

  /// Whether the argument parser has the words for an error.
  fileprivate static func isParsers(_ error: any Error) -> Bool {
    switch error {
    case is ValidationError, is ExitCode: true
    default: ![.failure, .success].contains(Dovetail.exitCode(for: error))
    }
  }
}

/// The error when an operator did not agree, or when a command itself refuses.
struct Refusal: CategorizedError, CustomStringConvertible {
  var category: ErrorCategory { .refused }
  let description: String

  init(_ description: String) { self.description = description }
}
