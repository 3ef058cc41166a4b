import ArgumentParser
import DuckDBEngine
import Foundation
import IncrementalJoin
import Ledger
import PartitionPredicate
import Workspace

/// What the process tells its caller.
struct ExitStatus: Error, Hashable {
  let code: Int32

  /// Done, or nothing to do.
  static let done = ExitStatus(code: 0)
  static let failed = ExitStatus(code: 1)
  /// Wrong usage, or a wrong definition in `dovetail.yaml`.
  static let definition = ExitStatus(code: 2)
  /// Some partitions failed, would be emptied and are held, or some data was left out, while others were
  /// committed.
  static let partial = ExitStatus(code: 3)
  /// Refused before anything ran: lock, plan out of date, inputs that vanished.
  static let refused = ExitStatus(code: 4)
  static let interrupted = ExitStatus(code: 130)

  /// Nothing was to be done, said by a status that the operator chose.
  static func nothing(_ code: Int32) -> ExitStatus { ExitStatus(code: code) }

  /// Whether the command did what it was asked for.
  var isSuccess: Bool {
    ![Self.failed, .definition, .partial, .refused, .interrupted].contains(self)
  }
}

/// Why a command, or the work on one job, ended otherwise than well.
struct Failure: Error {
  let status: ExitStatus
  /// What was thrown.
  let cause: any Error
  /// The run that it ended, if one was recorded.
  var run: RunID?
  /// Whether standard error has it already.
  private var isSaid = false

  /// What an error means for the status of the process.
  init(_ error: any Error, run: RunID? = nil) {
    if let failure = error as? Failure {
      self = failure
      return
    }
    status = ExitStatus(of: error)
    cause = error
    self.run = run
  }

  /// The sentence for people; nil when the answer says already what is wrong.
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

  /// Says on standard error, once, what went wrong.
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

  /// The JSON of it; nil when the answer says already what is wrong.
  var shape: FailureShape? { message.map { FailureShape(status: status.code, message: $0) } }

  /// Whether it is a mistake in the arguments, which the parser shows with the usage.
  private var isParsers: Bool { ExitStatus.isParsers(cause) }
}

extension ExitStatus {
  /// The status of an error.
  fileprivate init(of error: any Error) {
    switch error {
    case let status as ExitStatus: self = status
    case let error as PlanError:
      self = error.isRefusal ? .refused : error.isUsage ? .definition : .failed
    case let error as BookmarkChangeError:
      if case .outOfDate = error { self = .refused } else { self = .definition }
    case let error as UndoError: self = error.isUsage ? .definition : .refused
    case let error as StagedRunError: self = error.isUsage ? .definition : .refused
    case let error as PublishError: self = error.isRefusal ? .refused : .failed
    case is Refusal: self = .refused
    case is WorkspaceError, is UsageError, is PartitionError, is PushdownPredicateError,
      is PartitionChoiceError, is WindowError, is FileAccountError, is WideningError,
      EngineError.definition:
      self = .definition
    case is CancellationError: self = .interrupted
    default: self = Self.isParsers(error) ? .definition : .failed
    }
  }

  /// Whether the parser of the arguments knows how to say an error.
  fileprivate static func isParsers(_ error: any Error) -> Bool {
    switch error {
    case is ValidationError, is ExitCode: true
    default: ![.failure, .success].contains(Dovetail.exitCode(for: error))
    }
  }
}

/// What an operator was asked and did not agree to, or what is refused in a command itself.
struct Refusal: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

extension PlanError {
  /// Whether the operator or the definition has to change, rather than the data.
  fileprivate var isUsage: Bool {
    switch self {
    case .definition, .unknownPartition: true
    case .listing, .outOfDate, .lost, .emptied, .notOurs, .outputMissing, .outputMoved,
      .otherOwner, .sharedOutput, .unknownRun, .otherKeys, .ceiling, .boundTooSmall, .sourceChanged,
      .mixedTypes, .stagedSwitch:
      false
    }
  }
}

extension PublishError {
  /// Whether nothing ran, since the output is not to be written now.
  fileprivate var isRefusal: Bool {
    switch self {
    case .locked, .linked: true
    default: false
    }
  }
}

extension UndoError {
  /// Whether the operator named what does not exist, rather than what cannot be taken back any more.
  fileprivate var isUsage: Bool {
    switch self {
    case .unknownRun, .runOfAnotherJob, .neverBuilt: true
    case .nothing, .overwritten, .notKept, .keptChanged, .adopted, .publishedChanged,
      .alreadyUndone, .mixedTypes, .outOfDate:
      false
    }
  }
}

extension StagedRunError {
  /// Whether the operator named what does not exist.
  fileprivate var isUsage: Bool {
    switch self {
    case .unknownRun, .runOfAnotherJob, .notStaged: true
    case .nothingStaged, .published, .moved, .definitionChanged, .mixedTypes, .vanished: false
    }
  }
}
