import ArgumentParser
import DuckDBEngine
import Foundation
import IncrementalJoin
import Ledger
import Workspace

/// What the process tells its caller.
enum ExitStatus: Int32, Error {
  /// Done, or nothing to do.
  case done = 0
  case failed = 1
  /// Wrong usage, or a wrong definition in `dovetail.yaml`.
  case definition = 2
  /// Some partitions failed, or some data was left out, while others were committed.
  case partial = 3
  /// Refused before anything ran: lock, plan out of date, removals.
  case refused = 4
  case interrupted = 130

  /// Says on standard error what went wrong and chooses the status.
  static func report(_ error: any Error) -> ExitStatus {
    switch error {
    case let status as ExitStatus:
      return status
    case WorkspaceError.invalid:
      // Each mistake begins with its file and line, so that editors find the place.
      StandardError.write("\(error)")
      return .definition
    case let error as WorkspaceError:
      return say(error, .definition)
    case let error as UsageError:
      return say(error, .definition)
    case let error as PartitionError:
      return say(error, .definition)
    case let error as PushdownPredicateError:
      return say(error, .definition)
    case let error as PredicateDialectError:
      return say(error, .failed)
    case let error as PlanError:
      return say(error, error.isRefusal ? .refused : error.isUsage ? .definition : .failed)
    case let error as BookmarkChangeError:
      if case .outOfDate = error { return say(error, .refused) }
      return say(error, .definition)
    case let error as UndoError:
      return say(error, error.isUsage ? .definition : .refused)
    case let error as StagedRunError:
      return say(error, error.isUsage ? .definition : .refused)
    case is PartitionChoiceError, is WindowError, is FileAccountError, is WideningError:
      return say(error, .definition)
    case EngineError.definition(let reason):
      return say(reason, .definition)
    case let error as PublishError:
      return say(error, error.isRefusal ? .refused : .failed)
    case is CancellationError:
      return .interrupted
    case is CleanExit, is ValidationError, is ExitCode:
      return parserSays(error)
    default:
      return Dovetail.exitCode(for: error) == .failure
        ? say(error, .failed) : parserSays(error)
    }
  }

  private static func say(_ error: Any, _ status: ExitStatus) -> ExitStatus {
    StandardError.write("dovetail: \(error)")
    return status
  }

  /// Help and versions go to standard output with status 0, usage errors to standard error with 2.
  private static func parserSays(_ error: any Error) -> ExitStatus {
    let message = Dovetail.fullMessage(for: error)
    guard Dovetail.exitCode(for: error) != .success else {
      print(message)
      return .done
    }
    StandardError.write(message)
    return .definition
  }
}

extension PlanError {
  /// Whether the operator or the definition has to change, rather than the data.
  fileprivate var isUsage: Bool {
    switch self {
    case .definition, .unknownPartition: true
    case .listing, .outOfDate, .removals, .emptied, .notOurs, .outputMissing, .outputMoved,
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
