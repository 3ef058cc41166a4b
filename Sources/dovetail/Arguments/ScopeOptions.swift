import ArgumentParser
import Foundation
import Operations
import PartitionPredicate
import Workspace

/// Chooses the keys and partitions that a predicate applies to.
struct ScopeOptions: ParsableArguments {
  @OptionGroup var choice: OneJobOption

  @Option(help: "The job's input; by default its first one.")
  var input: String?

  @Option(help: "A table, or a job's output by the job's name, instead of a job's input.")
  var table: String?

  @OptionGroup var clock: ClockOption

  func validate() throws {
    if table != nil, input != nil || choice.job != nil {
      throw ValidationError("--table is a choice of its own: leave --job and --input out.")
    }
  }

  /// Lists what the options choose.
  func scope(_ session: Session) async throws -> PredicateScope {
    if let table {
      return try await PredicateScope(
        session, table: session.workspace.table(named: table), clock.days)
    }
    let job = try session.job(choice)
    let chosen = try Workspace.inputs(named: input, of: [job])[0].input
    let report = try await session.report(of: job)
    try session.refuseUnseen([report])
    return PredicateScope(report, input: chosen, clock.days)
  }
}

/// Says which day `current_date` is.
struct ClockOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The day that current_date means; by default this day in UTC.", valueName: "yyyy-mm-dd"),
    transform: { text in
      guard case .date(let days)? = PartitionValue(raw: text, type: .date) else {
        throw ValidationError("\"\(text)\" is not a day: write it as 2013-01-31.")
      }
      return days
    })
  var today: Int?
}

extension ClockOption {
  /// Days since 1970-01-01.
  var days: Int { today ?? Int((Date().timeIntervalSince1970 / 86_400).rounded(.down)) }
}
